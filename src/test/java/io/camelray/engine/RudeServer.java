package io.camelray.engine;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

/** A server on loopback that reads whole requests and answers each with the next of its behaviours. */
final class RudeServer implements AutoCloseable {

    /** What to do with a connection after a whole request was read. */
    interface Behaviour {
        void answer(Socket connection) throws IOException;

        static Behaviour reply(String raw) {
            return connection -> connection.getOutputStream().write(raw.getBytes(StandardCharsets.UTF_8));
        }

        static Behaviour hangUp() {
            return Socket::close;
        }

        /** Sends a TCP reset. */
        static Behaviour reset() {
            return connection -> {
                connection.setSoLinger(true, 0);
                connection.close();
            };
        }

        /** Says nothing until the client gives up. */
        static Behaviour silence() {
            return connection -> connection.getInputStream().read();
        }
    }

    private final ServerSocket server = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final Behaviour behaviour;

    RudeServer(Behaviour behaviour) throws IOException {
        this.behaviour = behaviour;
        threads.execute(this::accept);
    }

    URI base() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort() + "/v1");
    }

    /** Every whole request that was read, heads and bodies. */
    List<String> requests() {
        return requests;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket connection = server.accept();
                threads.execute(() -> serve(connection));
            } catch (IOException | RejectedExecutionException e) {
                return;
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            String request = read(connection.getInputStream());
            while (!request.isEmpty()) {
                requests.add(request);
                behaviour.answer(connection);
                request = connection.isClosed() ? "" : read(connection.getInputStream());
            }
        } catch (IOException e) {
            // The client went away, or we did.
        }
    }

    private static String read(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0; next = in.read()) {
            head.write(next);
            String text = head.toString(StandardCharsets.ISO_8859_1);
            if (text.endsWith("\r\n\r\n")) {
                int length = text.lines()
                        .filter(line -> line.toLowerCase().startsWith("content-length:"))
                        .mapToInt(line -> Integer.parseInt(line.substring(15).trim()))
                        .findFirst()
                        .orElse(0);
                return text + new String(in.readNBytes(length), StandardCharsets.UTF_8);
            }
        }
        return "";
    }

    @Override
    public void close() throws IOException {
        server.close();
        threads.shutdownNow();
    }
}

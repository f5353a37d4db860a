package io.camelray.assets;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** An HTTP server that says exactly what a test tells it to, however wrong, and hangs up afterwards. */
public final class RudeServer implements AutoCloseable {

    private final ServerSocket socket;
    private final List<Answer> answers;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final AtomicInteger next = new AtomicInteger();

    /** Writes one raw reply. */
    @FunctionalInterface
    public interface Answer {
        void write(OutputStream out) throws IOException;
    }

    private RudeServer(List<Answer> answers) throws IOException {
        this.answers = answers;
        this.socket = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        Thread acceptor = new Thread(this::accept, "rude-server");
        acceptor.setDaemon(true);
        acceptor.start();
    }

    /** The first connection gets the first answer, and so on; the last one is repeated. */
    public static RudeServer answering(Answer... answers) throws IOException {
        return new RudeServer(List.of(answers));
    }

    /** A reply of this head, one header a line, and this body. */
    public static Answer reply(String head, byte[] body) {
        return out -> {
            out.write((head.strip().replace("\n", "\r\n") + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
            out.write(body);
        };
    }

    public static Answer reply(String head, String body) {
        return reply(head, body.getBytes(StandardCharsets.UTF_8));
    }

    public String url(String pathAndQuery) {
        return "http://127.0.0.1:" + socket.getLocalPort() + pathAndQuery;
    }

    public int port() {
        return socket.getLocalPort();
    }

    /** The heads of all requests so far. */
    public List<String> requests() {
        return requests;
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                Thread thread = new Thread(() -> serve(connection), "rude-connection");
                thread.setDaemon(true);
                thread.start();
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            String head = head(connection.getInputStream());
            if (head.isEmpty()) {
                return;
            }
            requests.add(head);
            Answer answer = answers.get(Math.min(next.getAndIncrement(), answers.size() - 1));
            answer.write(connection.getOutputStream());
            connection.getOutputStream().flush();
            connection.shutdownOutput();
        } catch (IOException e) {
            // the client hung up first
        }
    }

    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        for (int b = in.read(); b >= 0; b = in.read()) {
            head.write(b);
            if (head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
                return head.toString(StandardCharsets.ISO_8859_1);
            }
        }
        return "";
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

package io.camelray.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Stands between a program and its PostgreSQL server, and breaks the connection when it likes. */
public abstract class BreakableLine implements AutoCloseable {

    private final ServerSocket door;
    private final URI server;
    private final Queue<Socket> open = new ConcurrentLinkedQueue<>();

    /** @param url of the server itself */
    BreakableLine(String url) {
        try {
            this.server = URI.create(url.substring("jdbc:".length()));
            this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        thread(this::accept);
    }

    /** Where the program is to connect to; each question will be legible, and say what it asks. */
    public final String url() {
        return "jdbc:postgresql://127.0.0.1:" + door.getLocalPort() + server.getPath()
                + "?sslmode=disable&gssEncMode=disable&prepareThreshold=0";
    }

    /** Passes on what the program asks; when this returns, the connection breaks. */
    void ask(InputStream program, OutputStream database) throws IOException {
        program.transferTo(database);
    }

    /** Passes on what the server answers; when this returns, the connection breaks. */
    void answer(InputStream database, OutputStream program) throws IOException {
        database.transferTo(program);
    }

    private static void thread(Runnable work) {
        Thread thread = new Thread(work, "breakable-line");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket program = keep(door.accept());
                Socket database = keep(new Socket(server.getHost(), server.getPort()));
                thread(() -> pass(program, database, this::ask));
                thread(() -> pass(database, program, this::answer));
            } catch (IOException e) {
                // Closed, or the server is not there: then nobody is connected.
            }
        }
    }

    private Socket keep(Socket socket) {
        open.add(socket);
        return socket;
    }

    private interface Passing {
        void pass(InputStream from, OutputStream to) throws IOException;
    }

    private void pass(Socket from, Socket to, Passing passing) {
        try (from;
                to) {
            to.setTcpNoDelay(true);
            passing.pass(from.getInputStream(), to.getOutputStream());
        } catch (IOException e) {
            // One of them has gone, and so has the other now.
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    @Override
    public final void close() throws IOException {
        door.close();
        for (Socket socket : open) {
            socket.close();
        }
    }
}

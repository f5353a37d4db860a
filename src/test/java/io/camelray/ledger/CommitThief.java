package io.camelray.ledger;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/**
 * Stands between a program and its PostgreSQL server, and now and then takes away the reply to a commit of something
 * written, and the connection with it: it is committed, and nobody here knows.
 */
public final class CommitThief implements AutoCloseable {

    private static final byte COMMAND_COMPLETE = 'C';

    private final ServerSocket door;
    private final URI server;
    private final BooleanSupplier takes;
    private final AtomicInteger taken = new AtomicInteger();
    private final Queue<Socket> open = new ConcurrentLinkedQueue<>();

    /** @param url of the server itself @param takes asked at each commit of something written, by any thread */
    public CommitThief(String url, BooleanSupplier takes) {
        try {
            this.server = URI.create(url.substring("jdbc:".length()));
            this.takes = takes;
            this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        thread(this::accept);
    }

    /** Where the program is to connect to. */
    public String url() {
        return "jdbc:postgresql://127.0.0.1:" + door.getLocalPort() + server.getPath()
                + "?sslmode=disable&gssEncMode=disable";
    }

    /** How many replies were taken away. */
    public int taken() {
        return taken.get();
    }

    private static void thread(Runnable work) {
        Thread thread = new Thread(work, "commit-thief");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket program = keep(door.accept());
                Socket database = keep(new Socket(server.getHost(), server.getPort()));
                thread(() -> pass(program, database, this::copy));
                thread(() -> pass(database, program, this::copyReplies));
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

    private void copy(InputStream from, OutputStream to) throws IOException {
        from.transferTo(to);
    }

    /** A reply is a type of one byte, a length that counts itself, and a body. */
    private void copyReplies(InputStream from, OutputStream to) throws IOException {
        DataInputStream replies = new DataInputStream(from);
        DataOutputStream program = new DataOutputStream(to);
        boolean written = false;
        while (true) {
            byte type = replies.readByte();
            int length = replies.readInt();
            byte[] body = replies.readNBytes(length - Integer.BYTES);
            if (type == COMMAND_COMPLETE) {
                String tag = new String(body, 0, body.length - 1, StandardCharsets.US_ASCII);
                if (tag.equals("COMMIT") && written && takes.getAsBoolean()) {
                    taken.incrementAndGet();
                    return;
                }
                written = !tag.equals("COMMIT") && !tag.equals("ROLLBACK") && (written || isOfWriting(tag));
            }
            program.writeByte(type);
            program.writeInt(length);
            program.write(body);
            if (replies.available() == 0) {
                program.flush();
            }
        }
    }

    private static boolean isOfWriting(String tag) {
        return tag.matches("(UPDATE|DELETE|INSERT 0|COPY) [1-9][0-9]*");
    }

    @Override
    public void close() throws IOException {
        door.close();
        for (Socket socket : open) {
            socket.close();
        }
    }
}

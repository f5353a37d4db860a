package io.camelray.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Sends answers that a well-behaved HTTP server would not: bodies that end before their last chunk, or without saying how
 * long they are, or that go on after their announced end. Each is offered at a URL of its own, to which storage redirects.
 */
final class RawOrigin implements AutoCloseable {

    private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Type: %s\r\nETag: %s\r\nConnection: close\r\n";
    private static final byte[] SURPLUS =
            "and more, which nobody announced".repeat(32).getBytes(StandardCharsets.US_ASCII);
    private static final int LONGEST_REQUEST = 64 * 1024;

    private final ServerSocket server;
    private final Map<String, Offer> offers = new ConcurrentHashMap<>();
    private final AtomicInteger number = new AtomicInteger();

    private record Offer(FailureAction how, Artefact artefact) {}

    RawOrigin() {
        try {
            server = new ServerSocket(0, 64, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
        } catch (IOException e) {
            throw new SandboxException("the sandbox cannot open a port", e);
        }
        daemon(this::accept, "sandbox-raw");
    }

    private static void daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Where the artefact can be had, spoilt. */
    URI offer(FailureAction how, Artefact artefact) {
        String path = "/raw/" + number.incrementAndGet();
        offers.put(path, new Offer(how, artefact));
        return URI.create("http://127.0.0.1:" + server.getLocalPort() + path);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                daemon(() -> serve(socket), "sandbox-raw-answer");
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            String request = head(socket.getInputStream());
            String[] words = request.split(" ", 3);
            Offer offer = words.length == 3 ? offers.get(words[1]) : null;
            if (offer != null) {
                answer(socket.getOutputStream(), offer);
            }
        } catch (IOException e) {
            // The client has heard enough.
        }
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.length() < LONGEST_REQUEST && head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                break;
            }
            head.append((char) next);
        }
        return head.toString();
    }

    private static void answer(OutputStream out, Offer offer) throws IOException {
        Artefact artefact = offer.artefact();
        String head = String.format(HEAD, artefact.contentType(), artefact.etag());
        long half = artefact.length() / 2;
        switch (offer.how()) {
            case CHUNKED_CUT -> {
                text(out, head + "Transfer-Encoding: chunked\r\n\r\n" + Long.toHexString(half) + "\r\n");
                artefact.writeTo(out, 0, half);
                text(out, "\r\n");
            }
            case CLOSED_EARLY -> {
                text(out, head + "\r\n");
                artefact.writeTo(out, 0, half);
            }
            case LONGER_THAN_ANNOUNCED -> {
                text(out, head + "Content-Length: " + artefact.length() + "\r\n\r\n");
                artefact.writeTo(out, 0, artefact.length());
                out.write(SURPLUS);
            }
            default -> throw new IllegalStateException("no way to send " + offer.how());
        }
        out.flush();
    }

    private static void text(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}

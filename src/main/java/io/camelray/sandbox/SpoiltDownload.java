package io.camelray.sandbox;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.zip.GZIPOutputStream;

/** Sends an output the way a failure plan wants it: cut, empty, wrong or slow. */
final class SpoiltDownload {

    private static final int TRICKLE_PIECES = 8;
    private static final String PAGE = "<html><body><h1>Sign in to the network</h1></body></html>";

    private SpoiltDownload() {}

    static void send(HttpExchange exchange, Artefact artefact, FailureRule rule) throws IOException {
        StorageRoutes.describe(exchange.getResponseHeaders(), artefact);
        switch (rule.action()) {
            case TRUNCATED_WITH_LENGTH -> {
                exchange.sendResponseHeaders(200, artefact.length());
                artefact.writeTo(exchange.getResponseBody(), 0, artefact.length() / 2);
                exchange.getResponseBody().flush();
            }
            case TRUNCATED_WITHOUT_LENGTH -> {
                exchange.sendResponseHeaders(200, 0);
                artefact.writeTo(exchange.getResponseBody(), 0, artefact.length() / 2);
            }
            case ZERO_BYTES -> exchange.sendResponseHeaders(200, -1);
            case HTML_WITH_200 -> {
                byte[] page = PAGE.getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().set("Content-Type", "text/html");
                exchange.sendResponseHeaders(200, page.length);
                exchange.getResponseBody().write(page);
            }
            case GZIPPED -> {
                exchange.getResponseHeaders().set("Content-Encoding", "gzip");
                exchange.sendResponseHeaders(200, 0);
                try (OutputStream packed = new GZIPOutputStream(exchange.getResponseBody())) {
                    artefact.writeTo(packed, 0, artefact.length());
                }
            }
            case ENDLESS_BODY -> {
                exchange.sendResponseHeaders(200, 0);
                while (true) {
                    artefact.writeTo(exchange.getResponseBody(), 0, artefact.length());
                }
            }
            case DRIP -> {
                exchange.sendResponseHeaders(200, artefact.length());
                for (long sent = 0; sent < artefact.length(); sent++) {
                    artefact.writeTo(exchange.getResponseBody(), sent, 1);
                    exchange.getResponseBody().flush();
                    pause(rule.delay());
                }
            }
            case SLOW_TRICKLE -> trickle(exchange, artefact, rule.delay());
            default -> throw new IllegalStateException("no way to send " + rule.action());
        }
    }

    private static void trickle(HttpExchange exchange, Artefact artefact, Duration pause) throws IOException {
        exchange.sendResponseHeaders(200, artefact.length());
        OutputStream out = exchange.getResponseBody();
        long sent = 0;
        for (int piece = 1; piece <= TRICKLE_PIECES; piece++) {
            long upTo = artefact.length() * piece / TRICKLE_PIECES;
            artefact.writeTo(out, sent, upTo - sent);
            out.flush();
            sent = upTo;
            if (piece < TRICKLE_PIECES) {
                pause(pause);
            }
        }
    }

    static void pause(Duration pause) throws IOException {
        try {
            Thread.sleep(pause.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the sandbox is closing");
        }
    }
}

package io.camelray.sandbox;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;

/** Sends what wants to hurt who reads it, in constant memory, for as long as the reader bears it. */
final class HostileReply {

    private static final int DEPTH = 10_000;
    private static final int HUGE = 200_000_000;
    /** Still within what a reader must take for the echo of a request. */
    private static final int CROWDED = 8_000_000;

    private static final int HEADERS = 1_000;
    private static final int HEADER_LENGTH = 8_000;
    private static final int CHUNK = 60_000;

    private HostileReply() {}

    static void send(HttpExchange exchange, Answer.Hostile answer) throws IOException {
        Reply reply = answer.reply();
        reply.headers().forEach(exchange.getResponseHeaders()::set);
        switch (answer.how()) {
            case GZIP_BOMB -> bomb(exchange, reply.status());
            case HUGE_HEADERS -> {
                pad(exchange.getResponseHeaders());
                whole(exchange, reply.status(), reply.body());
            }
            case INVALID_UTF8 -> whole(exchange, reply.status(), invalid(reply.body()));
            case OTHER_JOB -> whole(exchange, reply.status(), aboutAnother(reply.body()));
            default -> {
                exchange.sendResponseHeaders(reply.status(), 0);
                OutputStream out = exchange.getResponseBody();
                // All but the brace at the end: a reader that believes in beginnings finds the id here.
                out.write(reply.body(), 0, reply.body().length - 1);
                goOn(out, answer.how(), answer.pause());
            }
        }
    }

    private static void goOn(OutputStream out, FailureAction how, Duration pause) throws IOException {
        switch (how) {
            case ENDLESS_BODY -> {
                write(out, ",\"x\":\"");
                repeat(out, "a", Long.MAX_VALUE);
            }
            case HUGE_JSON -> {
                write(out, ",\"x\":\"");
                repeat(out, "a", HUGE);
                write(out, "\"}");
            }
            case CROWDED_JSON -> {
                write(out, ",\"x\":[{}");
                repeat(out, ",{}", CROWDED);
                write(out, "]}");
            }
            case DEEP_JSON -> {
                write(out, ",\"x\":");
                write(out, "[".repeat(DEPTH) + "]".repeat(DEPTH) + "}");
            }
            case DRIP -> {
                while (true) {
                    SpoiltDownload.pause(pause);
                    write(out, " ");
                    out.flush();
                }
            }
            default -> throw new IllegalStateException("no way to send " + how);
        }
    }

    /** Zeros, packed a thousandfold; whatever the reader said about packing. */
    static void bomb(HttpExchange exchange, int status) throws IOException {
        exchange.getResponseHeaders().set("Content-Encoding", "gzip");
        exchange.sendResponseHeaders(status, 0);
        try (OutputStream packed = new GZIPOutputStream(exchange.getResponseBody())) {
            repeat(packed, "\0", HUGE);
        }
    }

    static void pad(Headers headers) {
        String padding = "x".repeat(HEADER_LENGTH);
        for (int i = 0; i < HEADERS; i++) {
            headers.set("X-Padding-" + i, padding);
        }
    }

    private static byte[] invalid(byte[] body) {
        byte[] spoilt = body.clone();
        byte[] field = "id\":\"".getBytes(StandardCharsets.US_ASCII);
        int at = new String(body, StandardCharsets.ISO_8859_1).indexOf(new String(field, StandardCharsets.US_ASCII));
        // The lead byte of two, without the second.
        Arrays.fill(spoilt, at + field.length, at + field.length + 1, (byte) 0xC3);
        return spoilt;
    }

    private static byte[] aboutAnother(byte[] body) {
        return new String(body, StandardCharsets.UTF_8)
                .replaceFirst("id\":\"[^\"]*\"", "id\":\"another-job\"")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static void whole(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    private static void repeat(OutputStream out, String piece, long bytes) throws IOException {
        byte[] chunk = piece.repeat(CHUNK / piece.length()).getBytes(StandardCharsets.US_ASCII);
        for (long sent = 0; sent < bytes; sent += chunk.length) {
            out.write(chunk);
        }
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }
}

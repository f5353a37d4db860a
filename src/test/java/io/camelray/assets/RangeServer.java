package io.camelray.assets;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** A well-behaved web server with one file, which honours ranges and counts what it sends. */
final class RangeServer implements AutoCloseable {

    private final HttpServer server;
    private final byte[] body;
    private final String contentType;
    private final List<String> ranges = new CopyOnWriteArrayList<>();
    private final AtomicLong sent = new AtomicLong();

    private RangeServer(byte[] body, String contentType) throws IOException {
        this.body = body;
        this.contentType = contentType;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        server.createContext("/", this::serve);
        server.start();
    }

    static RangeServer of(byte[] body, String contentType) throws IOException {
        return new RangeServer(body, contentType);
    }

    private void serve(HttpExchange exchange) throws IOException {
        String range = exchange.getRequestHeaders().getFirst("Range");
        ranges.add(range == null ? "" : range);
        exchange.getResponseHeaders().set("Content-Type", contentType);
        byte[] answer = body;
        int status = 200;
        if (range != null && range.matches("bytes=0-\\d+")) {
            int end = Math.min(body.length, Integer.parseInt(range.substring("bytes=0-".length())) + 1);
            answer = Arrays.copyOf(body, end);
            exchange.getResponseHeaders().set("Content-Range", "bytes 0-" + (end - 1) + "/" + body.length);
            status = 206;
        }
        sent.addAndGet(answer.length);
        exchange.sendResponseHeaders(status, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    String url(String pathAndQuery) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + pathAndQuery;
    }

    /** Of every request; empty where it asked for everything. */
    List<String> ranges() {
        return ranges;
    }

    long sent() {
        return sent.get();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}

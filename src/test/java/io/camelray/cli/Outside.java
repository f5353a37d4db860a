package io.camelray.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Who hears of the program over HTTP: a chat service that digests go to, and a collector of traces that speaks OTLP. */
final class Outside implements AutoCloseable {

    private final HttpServer server;
    private final List<Digest> digests = new CopyOnWriteArrayList<>();
    private final List<String> spans = new CopyOnWriteArrayList<>();

    /** What came. @param address path and query */
    record Digest(String address, String headers, String body) {}

    Outside() throws IOException {
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/hooks/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            digests.add(new Digest(
                    exchange.getRequestURI().toString(),
                    exchange.getRequestHeaders().entrySet().toString(),
                    body));
            answer(exchange, 204);
        });
        server.createContext("/v1/traces", exchange -> {
            // Protobuf holds its texts as they are.
            spans.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1));
            answer(exchange, 200);
        });
        server.start();
    }

    private static void answer(HttpExchange exchange, int status) throws IOException {
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    String address(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    List<Digest> digests() {
        return digests;
    }

    /** All that the collector got. */
    String spans() {
        return String.join("\n", spans);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}

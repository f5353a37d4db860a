package io.camelray.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A source that makes its files up, and a store that keeps nothing of what it is given. */
final class FileServers implements AutoCloseable {

    private static final byte[] BLOCK = new byte[64 * 1024];

    private final HttpServer source;
    private final HttpServer sink;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Kept> kept = new ConcurrentHashMap<>();

    private record Kept(String length, String sha256, String checksum) {}

    /** @param files of the source, called {@code f0.bin} and so on @param bytes of each */
    FileServers(int files, long bytes) throws IOException {
        for (int i = 0; i < BLOCK.length; i++) {
            BLOCK[i] = (byte) (i * 31 + i / 7);
        }
        source = server(exchange -> serve(exchange, files, bytes));
        sink = server(this::swallow);
    }

    private HttpServer server(com.sun.net.httpserver.HttpHandler handler) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", handler);
        server.start();
        return server;
    }

    URI source() {
        return address(source);
    }

    URI sink() {
        return address(sink);
    }

    private static URI address(HttpServer server) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    private static void serve(HttpExchange exchange, int files, long bytes) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            if (path.equals("/")) {
                StringBuilder page = new StringBuilder("<html><body>");
                for (int i = 0; i < files; i++) {
                    page.append("<a href=\"f")
                            .append(i)
                            .append(".bin\">f")
                            .append(i)
                            .append(".bin</a>\n");
                }
                byte[] text = page.append("</body></html>").toString().getBytes();
                exchange.getResponseHeaders().set("Content-Type", "text/html");
                exchange.sendResponseHeaders(200, text.length);
                exchange.getResponseBody().write(text);
                return;
            }
            exchange.getResponseHeaders().set("Content-Type", "video/mp4");
            exchange.getResponseHeaders().set("Last-Modified", "Wed, 01 Jul 2026 08:00:00 GMT");
            if (exchange.getRequestMethod().equals("HEAD")) {
                exchange.getResponseHeaders().set("Content-Length", String.valueOf(bytes));
                exchange.sendResponseHeaders(200, -1);
                return;
            }
            exchange.sendResponseHeaders(200, bytes);
            OutputStream out = exchange.getResponseBody();
            for (long left = bytes; left > 0; left -= BLOCK.length) {
                out.write(BLOCK, 0, (int) Math.min(BLOCK.length, left));
            }
        }
    }

    private void swallow(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            var asked = exchange.getRequestHeaders();
            var answered = exchange.getResponseHeaders();
            if (exchange.getRequestMethod().equals("PUT")) {
                try (InputStream in = exchange.getRequestBody()) {
                    byte[] buffer = new byte[BLOCK.length];
                    while (in.read(buffer) >= 0) {
                        continue;
                    }
                }
                kept.put(
                        path,
                        new Kept(
                                Optional.ofNullable(asked.getFirst("x-amz-decoded-content-length"))
                                        .orElseGet(() -> asked.getFirst("Content-Length")),
                                Optional.ofNullable(asked.getFirst("x-amz-meta-sha256"))
                                        .orElse(""),
                                Optional.ofNullable(asked.getFirst("x-amz-checksum-sha256"))
                                        .orElse("")));
                answered.set("ETag", "\"kept-nowhere-1\"");
                exchange.sendResponseHeaders(200, -1);
                return;
            }
            Kept known = kept.get(path);
            if (exchange.getRequestMethod().equals("HEAD") && known != null) {
                answered.set("ETag", "\"kept-nowhere-1\"");
                answered.set("Content-Length", known.length());
                answered.set("Content-Type", "video/mp4");
                answered.set("Last-Modified", "Wed, 01 Jul 2026 08:00:00 GMT");
                answered.set("x-amz-meta-sha256", known.sha256());
                if (!known.checksum().isEmpty()) { // as S3 does, which would have checked it
                    answered.set("x-amz-checksum-sha256", known.checksum());
                }
                exchange.sendResponseHeaders(200, -1);
                return;
            }
            if (exchange.getRequestMethod().equals("GET")) {
                byte[] empty =
                        "<ListBucketResult><IsTruncated>false</IsTruncated><KeyCount>0</KeyCount></ListBucketResult>"
                                .getBytes();
                answered.set("Content-Type", "application/xml");
                exchange.sendResponseHeaders(200, empty.length);
                exchange.getResponseBody().write(empty);
                return;
            }
            exchange.sendResponseHeaders(404, -1);
        }
    }

    @Override
    public void close() {
        source.stop(0);
        sink.stop(0);
        threads.shutdownNow();
    }
}

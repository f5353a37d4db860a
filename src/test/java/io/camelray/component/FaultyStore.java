package io.camelray.component;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;

/**
 * Stands before a real S3 store, hands requests on byte for byte, so that signatures hold, and spoils those uploads whose
 * key contains a word. What came in is kept for tests to look at.
 */
final class FaultyStore implements AutoCloseable {

    private static final Set<String> OUR_HOPS =
            Set.of("content-length", "transfer-encoding", "connection", "expect", "keep-alive", "date");

    private final URI store;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "faulty-store");
        thread.setDaemon(true);
        return thread;
    });
    private final CloseableHttpClient client = HttpClients.custom()
            .disableAutomaticRetries()
            .disableRedirectHandling()
            .disableContentCompression()
            .disableCookieManagement()
            .useSystemProperties()
            .setConnectionReuseStrategy((request, response, context) -> false)
            .build();
    private final List<Fault> faults = new CopyOnWriteArrayList<>();
    private final List<Sent> sent = new CopyOnWriteArrayList<>();
    private final CountDownLatch speaking = new CountDownLatch(1);

    /** What becomes of a request. */
    enum What {
        /** 503 when half of the body is there; the rest is not read. */
        BUSY_IN_THE_MIDDLE,
        /** The whole body is taken and thrown away, and the connection closed. */
        RESET_AFTER_LAST_BYTE,
        /** The store does what is asked, and nobody hears its answer. */
        REPLY_LOST,
        /** The whole body is taken, and nothing is done or said before {@link #speak}. */
        SILENT,
        DENIED,
        EXPIRED_CREDENTIALS
    }

    /** @param part of the upload in parts that is spoilt; 0 for an upload in one request */
    private record Fault(String word, int part, What what, AtomicInteger left) {}

    /** @param headers names in lower case */
    record Sent(String method, String uri, Map<String, String> headers) {}

    FaultyStore(URI store) throws IOException {
        this.store = store;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    void spoil(String word, int part, What what, int times) {
        faults.add(new Fault(word, part, what, new AtomicInteger(times)));
    }

    /** Answers whoever waits for {@link What#SILENT}. */
    void speak() {
        speaking.countDown();
    }

    List<Sent> sent() {
        return sent;
    }

    private What fault(HttpExchange exchange) {
        String uri = exchange.getRequestURI().toString();
        if (!exchange.getRequestMethod().equals("PUT") || uri.contains("tagging") || uri.contains(".json")) {
            return null;
        }
        for (Fault fault : faults) {
            boolean fits = uri.contains(fault.word())
                    && (fault.part() == 0
                            ? !uri.contains("partNumber=")
                            : uri.matches(".*[?&]partNumber=" + fault.part() + "(&.*)?"));
            if (fits && fault.left().getAndDecrement() > 0) {
                return fault.what();
            }
        }
        return null;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Map<String, String> headers = new java.util.TreeMap<>();
            exchange.getRequestHeaders().forEach((name, values) -> headers.put(name.toLowerCase(), values.get(0)));
            sent.add(new Sent(
                    exchange.getRequestMethod(), exchange.getRequestURI().toString(), headers));
            What fault = fault(exchange);
            if (fault == What.BUSY_IN_THE_MIDDLE) {
                exchange.getRequestBody().readNBytes(Integer.parseInt(headers.get("content-length")) / 2);
                refuse(exchange, 503, "SlowDown");
                return;
            }
            byte[] body = exchange.getRequestBody().readAllBytes();
            if (fault == What.SILENT && !isSpeaking()) {
                return;
            }
            if (fault == What.DENIED) {
                refuse(exchange, 403, "AccessDenied");
            } else if (fault == What.EXPIRED_CREDENTIALS) {
                refuse(exchange, 400, "ExpiredToken");
            } else if (fault != What.RESET_AFTER_LAST_BYTE) {
                handOn(exchange, body, fault != What.REPLY_LOST);
            }
        }
    }

    /** @return false if the store is closed before it speaks */
    private boolean isSpeaking() {
        try {
            speaking.await();
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void refuse(HttpExchange exchange, int status, String code) throws IOException {
        byte[] body =
                ("<Error><Code>" + code + "</Code><Message>no</Message></Error>").getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/xml");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    private void handOn(HttpExchange exchange, byte[] body, boolean answer) throws IOException {
        HttpUriRequestBase request = new HttpUriRequestBase(
                exchange.getRequestMethod(),
                URI.create(store + exchange.getRequestURI().toString()));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!OUR_HOPS.contains(name.toLowerCase())) {
                values.forEach(value -> request.addHeader(name, value));
            }
        });
        if (body.length > 0 || exchange.getRequestMethod().matches("PUT|POST")) {
            request.setEntity(new ByteArrayEntity(body, (ContentType) null));
        }
        try (ClassicHttpResponse response = client.executeOpen(null, request, null)) {
            byte[] said = response.getEntity() == null ? new byte[0] : EntityUtils.toByteArray(response.getEntity());
            if (!answer) {
                return;
            }
            boolean head = exchange.getRequestMethod().equals("HEAD");
            for (var header : response.getHeaders()) {
                if (head || !OUR_HOPS.contains(header.getName().toLowerCase())) {
                    exchange.getResponseHeaders().add(header.getName(), header.getValue());
                }
            }
            exchange.sendResponseHeaders(response.getCode(), head || said.length == 0 ? -1 : said.length);
            if (!head && said.length > 0) {
                exchange.getResponseBody().write(said);
            }
        }
    }

    @Override
    public void close() throws IOException {
        server.stop(0);
        threads.shutdownNow();
        client.close();
    }
}

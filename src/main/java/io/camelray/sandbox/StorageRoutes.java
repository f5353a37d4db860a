package io.camelray.sandbox;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The storage origin: serves outputs to whoever has a signed URL, and notices who sends an API key or a cookie. */
final class StorageRoutes implements HttpHandler, AutoCloseable {

    private static final Pattern RANGE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

    private final Clock clock;
    private final OutputUrls urls;
    private final int gmiExpired;
    private final JobBook jobs;
    private final ArtefactStore artefacts;
    private final FailureInjector failures;
    private final GroundTruth truth;
    private final RawOrigin raw = new RawOrigin();
    private final Set<String> expiredEarly = ConcurrentHashMap.newKeySet();

    StorageRoutes(
            SandboxOptions options,
            OutputUrls urls,
            JobBook jobs,
            ArtefactStore artefacts,
            FailureInjector failures,
            GroundTruth truth) {
        this.clock = options.clock();
        this.gmiExpired = options.gmi().expiredStatus();
        this.urls = urls;
        this.jobs = jobs;
        this.artefacts = artefacts;
        this.failures = failures;
        this.truth = truth;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            truth.log("storage", exchange, new byte[0]);
            serve(exchange);
        }
    }

    private void serve(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        Instant now = clock.instant();
        exchange.getResponseHeaders().set("Set-Cookie", "sandbox=storage; Path=/");
        if (exchange.getRequestHeaders().containsKey("Cookie")) {
            truth.authorizationLeaked();
            refuse(exchange, 400, "InvalidArgument", "Nobody has given you a cookie to bring along", "");
            return;
        }
        if (exchange.getRequestHeaders().containsKey("Authorization")) {
            truth.authorizationLeaked();
            refuse(exchange, 400, "InvalidArgument", "Only one auth mechanism allowed", "");
            return;
        }
        Optional<StoragePath> asked = StoragePath.parse(path);
        Provider provider = asked.map(StoragePath::provider).orElse(Provider.LUMA);
        if (!exchange.getRequestMethod().equals("GET")) {
            refuse(exchange, 403, "SignatureDoesNotMatch", "The URL is good for GET alone", "");
            return;
        }
        UrlSigner.Verdict verdict =
                urls.judge(provider, path, exchange.getRequestURI().getRawQuery(), now);
        if (verdict instanceof UrlSigner.Verdict.Altered) {
            refuse(exchange, 403, "SignatureDoesNotMatch", "The signature does not match the request", "");
        } else if (verdict instanceof UrlSigner.Verdict.Expired expired) {
            refuseExpired(exchange, provider, expired.at(), now);
        } else if (verdict instanceof UrlSigner.Verdict.Good good) {
            download(exchange, asked, good.signature(), now);
        }
    }

    private void download(HttpExchange exchange, Optional<StoragePath> asked, String signature, Instant now)
            throws IOException {
        Optional<Job> job = asked.flatMap(path -> jobs.find(path.jobId()))
                .filter(found -> found.isAt(asked.get().provider()) && urls.isKept(found, now));
        if (job.isEmpty()) {
            refuse(exchange, 404, "NoSuchKey", "The specified key does not exist.", "");
            return;
        }
        Provider provider = asked.get().provider();
        if (expiredEarly.contains(signature)) {
            refuseExpired(exchange, provider, now, now);
            return;
        }
        Artefact artefact = artefacts.file(job.get(), asked.get().file());
        Optional<FailureRule> failure =
                failures.next(FailureStage.DOWNLOAD, job.get().subject());
        if (failure.isEmpty()) {
            send(exchange, artefact, exchange.getRequestHeaders().getFirst("Range"));
            return;
        }
        switch (failure.get().action()) {
            case EXPIRED_FIRST_URL -> {
                expiredEarly.add(signature);
                refuseExpired(exchange, provider, now, now);
            }
            case UNAVAILABLE -> refuse(exchange, 503, "SlowDown", "Please reduce your request rate.", "");
            case ERROR_500 -> refuse(exchange, 500, "InternalError", "We encountered an internal error.", "");
            case NOT_FOUND -> refuse(exchange, 404, "NoSuchKey", "The specified key does not exist.", "");
            case REDIRECT_LOOP -> redirect(exchange, exchange.getRequestURI().toString());
            case REDIRECT_TO_PRIVATE -> redirect(exchange, "https://169.254.169.254/latest/meta-data/");
            case REDIRECT_TO_FILE -> redirect(exchange, "file:///etc/hostname");
            case REDIRECT_TO_HTTP ->
                redirect(
                        exchange,
                        "http://localhost:" + exchange.getLocalAddress().getPort() + exchange.getRequestURI());
            case CHUNKED_CUT, CLOSED_EARLY, LONGER_THAN_ANNOUNCED ->
                redirect(exchange, raw.offer(failure.get().action(), artefact).toString());
            case HUGE_HEADERS -> {
                HostileReply.pad(exchange.getResponseHeaders());
                send(exchange, artefact, exchange.getRequestHeaders().getFirst("Range"));
            }
            case GZIP_BOMB -> HostileReply.bomb(exchange, 200);
            case RANGE_IGNORED -> send(exchange, artefact, null);
            case SLOW_HEADERS -> {
                SpoiltDownload.pause(failure.get().delay());
                send(exchange, artefact, exchange.getRequestHeaders().getFirst("Range"));
            }
            default -> SpoiltDownload.send(exchange, artefact, failure.get());
        }
    }

    private static void redirect(HttpExchange exchange, String target) throws IOException {
        exchange.getResponseHeaders().set("Location", target);
        exchange.sendResponseHeaders(302, -1);
    }

    @Override
    public void close() throws IOException {
        raw.close();
    }

    private static void send(HttpExchange exchange, Artefact artefact, String range) throws IOException {
        Headers headers = exchange.getResponseHeaders();
        describe(headers, artefact);
        Matcher asked = RANGE.matcher(range == null ? "" : range);
        if (!asked.matches() || asked.group().equals("bytes=-")) {
            exchange.sendResponseHeaders(200, artefact.length());
            artefact.writeTo(exchange.getResponseBody(), 0, artefact.length());
            return;
        }
        long length = artefact.length();
        boolean suffix = asked.group(1).isEmpty();
        long first = suffix ? Math.max(0, length - Long.parseLong(asked.group(2))) : Long.parseLong(asked.group(1));
        long last =
                suffix || asked.group(2).isEmpty() ? length - 1 : Math.min(length - 1, Long.parseLong(asked.group(2)));
        if (first > last) {
            headers.set("Content-Range", "bytes */" + length);
            refuse(exchange, 416, "InvalidRange", "The requested range is not satisfiable", "");
            return;
        }
        headers.set("Content-Range", "bytes " + first + "-" + last + "/" + length);
        exchange.sendResponseHeaders(206, last - first + 1);
        artefact.writeTo(exchange.getResponseBody(), first, last - first + 1);
    }

    static void describe(Headers headers, Artefact artefact) {
        headers.set("Content-Type", artefact.contentType());
        headers.set("ETag", artefact.etag());
        headers.set("Accept-Ranges", "bytes");
    }

    private void refuseExpired(HttpExchange exchange, Provider provider, Instant at, Instant now) throws IOException {
        switch (provider) {
            case LUMA -> refuse(exchange, 403, "AccessDenied", "Request has expired", expiry(at, now));
            case GMI ->
                refuse(exchange, gmiExpired, "ExpiredToken", "The provided token has expired.", expiry(at, now));
            case REPLICATE -> refuse(exchange, 404, "NoSuchKey", "The specified key does not exist.", "");
        }
    }

    private static String expiry(Instant at, Instant now) {
        return "<Expires>" + at + "</Expires><ServerTime>" + now + "</ServerTime>";
    }

    private static void refuse(HttpExchange exchange, int status, String code, String message, String more)
            throws IOException {
        String xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>" + code + "</Code><Message>" + message
                + "</Message>" + more + "</Error>";
        byte[] body = xml.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/xml");
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, head ? -1 : body.length);
        if (!head) {
            exchange.getResponseBody().write(body);
        }
    }
}

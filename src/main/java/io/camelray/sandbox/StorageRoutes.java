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

/** The storage origin: serves outputs to whoever has a signed URL, and notices who sends an API key along. */
final class StorageRoutes implements HttpHandler {

    private static final Pattern OBJECT = Pattern.compile("/outputs/([^/]+)\\.(mp4|exr|zip)");
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

    private final Clock clock;
    private final UrlSigner signer;
    private final JobBook jobs;
    private final ArtefactStore artefacts;
    private final FailureInjector failures;
    private final GroundTruth truth;
    private final Set<String> expiredEarly = ConcurrentHashMap.newKeySet();

    StorageRoutes(
            Clock clock,
            UrlSigner signer,
            JobBook jobs,
            ArtefactStore artefacts,
            FailureInjector failures,
            GroundTruth truth) {
        this.clock = clock;
        this.signer = signer;
        this.jobs = jobs;
        this.artefacts = artefacts;
        this.failures = failures;
        this.truth = truth;
    }

    static String clipPath(String jobId) {
        return "/outputs/" + jobId + ".mp4";
    }

    static String exrPath(String jobId) {
        return "/outputs/" + jobId + ".exr";
    }

    static String exrPackagePath(String jobId) {
        return "/outputs/" + jobId + ".zip";
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
        if (exchange.getRequestHeaders().containsKey("Authorization")) {
            truth.authorizationLeaked();
            refuse(exchange, 400, "InvalidArgument", "Only one auth mechanism allowed", "");
            return;
        }
        if (!exchange.getRequestMethod().equals("GET")) {
            refuse(exchange, 403, "SignatureDoesNotMatch", "The URL is signed for GET", "");
            return;
        }
        UrlSigner.Verdict verdict = signer.judge(path, exchange.getRequestURI().getRawQuery(), now);
        if (verdict instanceof UrlSigner.Verdict.Altered) {
            refuse(exchange, 403, "SignatureDoesNotMatch", "The signature does not match the request", "");
        } else if (verdict instanceof UrlSigner.Verdict.Expired expired) {
            refuseExpired(exchange, expired.at(), now);
        } else if (verdict instanceof UrlSigner.Verdict.Good good) {
            download(exchange, path, good.signature(), now);
        }
    }

    private void download(HttpExchange exchange, String path, String signature, Instant now) throws IOException {
        if (expiredEarly.contains(signature)) {
            refuseExpired(exchange, now, now);
            return;
        }
        Matcher object = OBJECT.matcher(path);
        Optional<Job> job = object.matches() ? jobs.find(object.group(1)) : Optional.empty();
        if (job.isEmpty()) {
            refuse(exchange, 404, "NoSuchKey", "The specified key does not exist.", "");
            return;
        }
        Artefact artefact =
                switch (object.group(2)) {
                    case "exr" -> artefacts.exr(job.get());
                    case "zip" -> artefacts.exrPackage(job.get());
                    default -> artefacts.clip(job.get());
                };
        Optional<FailureRule> failure =
                failures.next(FailureStage.DOWNLOAD, job.get().subject());
        if (failure.isEmpty()) {
            send(exchange, artefact, exchange.getRequestHeaders().getFirst("Range"));
            return;
        }
        switch (failure.get().action()) {
            case EXPIRED_FIRST_URL -> {
                expiredEarly.add(signature);
                refuseExpired(exchange, now, now);
            }
            case UNAVAILABLE -> refuse(exchange, 503, "SlowDown", "Please reduce your request rate.", "");
            case RANGE_IGNORED -> send(exchange, artefact, null);
            default -> SpoiltDownload.send(exchange, artefact, failure.get());
        }
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

    private static void refuseExpired(HttpExchange exchange, Instant at, Instant now) throws IOException {
        refuse(
                exchange,
                403,
                "AccessDenied",
                "Request has expired",
                "<Expires>" + at + "</Expires><ServerTime>" + now + "</ServerTime>");
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

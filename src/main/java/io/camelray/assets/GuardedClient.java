package io.camelray.assets;

import io.camelray.assets.DownloadResult.Forbidden;
import io.camelray.assets.DownloadResult.Transient;
import io.camelray.assets.DownloadResult.Unusable;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;

/**
 * Asks servers that others name. It never carries credentials or cookies, asks for the bytes as they are, repeats and
 * follows nothing by itself, and connects only to addresses that were checked; redirects are followed here, hop by hop,
 * under the same checks, and every exchange ends in bounded time.
 */
final class GuardedClient implements AutoCloseable {

    private static final int CONNECTIONS = 256;
    /** The client itself sets no bound to an answer's head, and keeps all of it in memory. */
    private static final Http1Config HEADER_LIMITS = Http1Config.custom()
            .setMaxHeaderCount(200)
            .setMaxLineLength(16 * 1024)
            .setMaxEmptyLineCount(10)
            .build();

    private final DownloadSettings settings;
    private final UrlGuard urls;
    private final LongSupplier nanoTime;
    private final CloseableHttpClient client;
    private final ScheduledExecutorService watchdog;

    GuardedClient(DownloadSettings settings, DnsResolver resolver, LongSupplier nanoTime) {
        this.settings = settings;
        this.urls = new UrlGuard(settings.allowPrivate());
        this.nanoTime = nanoTime;
        this.client = client(settings, resolver);
        this.watchdog = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "ray-download-watchdog");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** What is asked for, and what becomes of the answer. */
    interface Exchange {

        void prepare(HttpGet request);

        /** Takes a successful reply. @throws IOException if the connection breaks */
        DownloadResult take(ClassicHttpResponse response, String from, ThroughputGuard guard) throws IOException;

        /** The server does not have the range that was asked for. */
        void rangeRefused() throws IOException;

        long arrived();
    }

    private static CloseableHttpClient client(DownloadSettings settings, DnsResolver resolver) {
        Timeout idle = Timeout.of(settings.idleTimeout());
        return HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                                .http1Config(HEADER_LIMITS)
                                .build())
                        .setDnsResolver(resolver)
                        .setTlsSocketStrategy(settings.egress().tlsStrategy())
                        .setMaxConnTotal(CONNECTIONS)
                        .setMaxConnPerRoute(CONNECTIONS)
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(Timeout.of(settings.connectTimeout()))
                                .setSocketTimeout(idle)
                                .build())
                        .build())
                .setProxy(settings.egress().proxy().orElse(null))
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(idle)
                        .setResponseTimeout(idle)
                        .setAuthenticationEnabled(false)
                        .build())
                .setConnectionReuseStrategy((request, response, context) -> false)
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .setUserAgent("camel-ray")
                .build();
    }

    ThroughputGuard guard() {
        return new ThroughputGuard(settings, nanoTime);
    }

    /** Asks the URL, and where it redirects to. @throws UnwritableFileException if our own disk refuses */
    DownloadResult ask(URI url, Exchange exchange, ThroughputGuard guard) throws IOException {
        URI current = url;
        for (int hop = 0; hop <= settings.maxRedirects(); hop++) {
            Optional<Forbidden> refusal = urls.refusal(current);
            if (refusal.isPresent()) {
                return refusal.get();
            }
            if (settings.egress().proxy().isPresent()
                    && !settings.allowPrivate()
                    && !PublicName.isPlausible(current.getHost())) {
                return new Forbidden(
                        "The host of " + RedactedUrl.of(current) + " is not a public one, and the proxy is not asked"
                                + " for it",
                        UrlGuard.REMEDY);
            }
            Reply reply = askOne(current, exchange, guard);
            if (reply instanceof Ended ended) {
                return ended.result();
            }
            current = ((Moved) reply).to();
            Optional<Forbidden> detour = urls.detour(url, current);
            if (detour.isPresent()) {
                return detour.get();
            }
        }
        return new Unusable("More than " + settings.maxRedirects() + " redirects from " + RedactedUrl.of(url));
    }

    private Reply askOne(URI url, Exchange exchange, ThroughputGuard guard) throws IOException {
        String from = RedactedUrl.of(url);
        long left = guard.left().toNanos();
        if (left <= 0) {
            return ended("The download from " + from + " took longer than "
                    + settings.totalTimeout().toSeconds() + " s");
        }
        HttpGet request = new HttpGet(url);
        request.setHeader("Accept-Encoding", "identity");
        exchange.prepare(request);
        ScheduledFuture<?> deadline;
        try {
            deadline = watchdog.schedule(request::cancel, left, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            return ended("The download from " + from + " was broken off: the program is closing");
        }
        try {
            return run(request, url, from, exchange, guard);
        } catch (ForbiddenAddressException e) {
            return new Ended(new Forbidden(e.getMessage(), UrlGuard.REMEDY));
        } catch (UnwritableFileException e) {
            throw e;
        } catch (IOException e) {
            return ended("The download from " + from + " broke off after " + exchange.arrived() + " bytes: "
                    + message(e, url));
        } finally {
            deadline.cancel(false);
        }
    }

    private Reply run(HttpGet request, URI url, String from, Exchange exchange, ThroughputGuard guard)
            throws IOException {
        ClassicHttpResponse response = client.executeOpen(null, request, null);
        try {
            return switch (response.getCode()) {
                case 200, 206 -> new Ended(exchange.take(response, from, guard));
                case 301, 302, 303, 307, 308 -> moved(response, url, from);
                case 416 -> {
                    exchange.rangeRefused();
                    yield new Ended(StatusVerdict.on(response, from));
                }
                default -> new Ended(StatusVerdict.on(response, from));
            };
        } finally {
            request.cancel(); // without it, closing would read an unwanted body to its end
            closeQuietly(response);
        }
    }

    private static Reply moved(ClassicHttpResponse response, URI url, String from) {
        Optional<URI> target = UrlGuard.parse(BodyReceiver.header(response, "Location"));
        return target.isPresent() && !target.get().toString().isEmpty()
                ? new Moved(url.resolve(target.get()))
                : ended("The store redirects to nowhere at " + from);
    }

    private static Ended ended(String reason) {
        return new Ended(new Transient(reason, Optional.empty()));
    }

    /** What the exception says, without the secrets of the URL. */
    private static String message(IOException e, URI url) {
        String text = e.getMessage() == null || e.getMessage().isBlank()
                ? e.getClass().getSimpleName()
                : e.getMessage();
        return url.getRawQuery() == null ? text : text.replace(url.getRawQuery(), "…");
    }

    private static void closeQuietly(ClassicHttpResponse response) {
        try {
            response.close();
        } catch (IOException e) {
            // the connection is given up either way
        }
    }

    /** Breaks off what is under way. */
    @Override
    public void close() {
        watchdog.shutdownNow();
        client.close(CloseMode.IMMEDIATE);
    }

    private sealed interface Reply {}

    private record Moved(URI to) implements Reply {}

    private record Ended(DownloadResult result) implements Reply {}
}

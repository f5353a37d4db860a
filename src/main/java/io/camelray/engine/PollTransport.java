package io.camelray.engine;

import io.camelray.provider.WireReply;
import io.camelray.provider.WireRequest;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.async.methods.SimpleHttpRequest;
import org.apache.hc.client5.http.async.methods.SimpleRequestBuilder;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.nio.support.BasicRequestProducer;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/** Asks for statuses without a thread per question; connections are kept and shared. Thread-safe. */
final class PollTransport implements AutoCloseable {

    private static final TimeValue GOODBYE = TimeValue.ofSeconds(2);

    private final CloseableHttpAsyncClient client;
    private final Duration timeLimit;
    private final Semaphore longReplies = BoundedReplyConsumer.longRepliesAtOnce();

    PollTransport(HttpTimes times) {
        this.timeLimit = times.total();
        this.client = HttpAsyncClients.custom()
                .setIOReactorConfig(IOReactorConfig.custom().setIoThreadCount(1).build())
                .setConnectionManager(PoolingAsyncClientConnectionManagerBuilder.create()
                        .setTlsStrategy(times.egress().tlsStrategy())
                        .setMaxConnTotal(64)
                        .setMaxConnPerRoute(16)
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(Timeout.of(times.connect()))
                                .setSocketTimeout(Timeout.of(times.reply()))
                                .setValidateAfterInactivity(TimeValue.ofSeconds(2))
                                .build())
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setResponseTimeout(Timeout.of(times.reply()))
                        .build())
                .setHttp1Config(HeaderLimits.HTTP_1)
                .setH2Config(HeaderLimits.HTTP_2)
                .setProxy(times.egress().proxy().orElse(null))
                .setUserAgent("camel-ray")
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .build();
        client.start();
    }

    /**
     * The future ends in bounded time, on a thread of the transport's own: hand over before doing anything that takes
     * time.
     */
    CompletableFuture<WireReply> send(URI baseUrl, WireRequest request, String key) {
        SimpleHttpRequest question = SimpleRequestBuilder.create(request.method())
                .setUri(URI.create(baseUrl + request.path()))
                .setHeader("Authorization", "Bearer " + key)
                .setHeader("Accept", "application/json")
                .build();
        CompletableFuture<WireReply> reply = new CompletableFuture<>();
        FutureCallback<WireReply> whenDone = new FutureCallback<>() {
            @Override
            public void completed(WireReply result) {
                reply.complete(result);
            }

            @Override
            public void failed(Exception cause) {
                reply.completeExceptionally(cause);
            }

            @Override
            public void cancelled() {
                reply.cancel(false);
            }
        };
        Future<?> exchange = client.execute(
                new BasicRequestProducer(question, null), new BoundedReplyConsumer(longReplies), null, whenDone);
        return reply.orTimeout(timeLimit.toMillis(), TimeUnit.MILLISECONDS).whenComplete((result, failure) -> {
            if (failure != null) {
                exchange.cancel(true);
            }
        });
    }

    @Override
    public void close() {
        client.initiateShutdown();
        try {
            client.awaitShutdown(GOODBYE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        client.close(CloseMode.IMMEDIATE);
    }
}

package io.camelray.engine;

import io.camelray.model.AttemptToken;
import io.camelray.provider.WireReply;
import io.camelray.provider.WireRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.util.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends a submission exactly once: HTTP/1.1, a fresh connection each time (a stale pooled one makes losses that never
 * were), no retries, no redirects, no cookies. Thread-safe; a call takes as long as the provider does.
 */
final class SubmitTransport implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SubmitTransport.class);
    private static final int LONGEST_REPLY = 1 << 20;
    private static final String FIRST_BYTE = "camelray.first-byte";

    private final CloseableHttpClient client;
    private final Duration timeLimit;
    private final ScheduledExecutorService watchdog;

    SubmitTransport(HttpTimes times) {
        this.timeLimit = times.total();
        this.watchdog = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "ray-submit-watchdog");
            thread.setDaemon(true);
            return thread;
        });
        this.client = HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                                .http1Config(HeaderLimits.HTTP_1)
                                .build())
                        .setTlsSocketStrategy(times.egress().tlsStrategy())
                        .setMaxConnTotal(64)
                        .setMaxConnPerRoute(64)
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(Timeout.of(times.connect()))
                                .setSocketTimeout(Timeout.of(times.reply()))
                                .build())
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setResponseTimeout(Timeout.of(times.reply()))
                        .setConnectionRequestTimeout(Timeout.of(times.connect()))
                        .setExpectContinueEnabled(false)
                        .build())
                .setProxy(times.egress().proxy().orElse(null))
                .setConnectionReuseStrategy((request, response, context) -> false)
                .setUserAgent("camel-ray")
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .addExecInterceptorAfter(ChainElement.CONNECT.name(), "first-byte", SubmitTransport::beforeFirstByte)
                .build();
    }

    /** @param inTime asked when the connection stands, directly before the first byte goes out */
    PostOutcome post(URI baseUrl, WireRequest request, String key, AttemptToken token, BooleanSupplier inTime) {
        HttpPost post = new HttpPost(URI.create(baseUrl + request.path()));
        post.setHeader("Authorization", "Bearer " + key);
        post.setHeader("Accept", "application/json");
        post.setHeader("X-Request-Id", token.toString());
        post.setEntity(new ByteArrayEntity(request.body(), ContentType.APPLICATION_JSON));
        FirstByte firstByte = new FirstByte(inTime, new AtomicBoolean());
        HttpClientContext context = HttpClientContext.create();
        context.setAttribute(FIRST_BYTE, firstByte);
        ScheduledFuture<?> timeUp = watchdog.schedule(post::cancel, timeLimit.toMillis(), TimeUnit.MILLISECONDS);
        try {
            ClassicHttpResponse response = client.executeOpen(null, post, context);
            try {
                return new PostOutcome.Replied(read(response));
            } finally {
                post.cancel(); // without it, closing would read an endless body to its end
                drop(response);
            }
        } catch (DeadlinePassedException e) {
            return new PostOutcome.NeverSent("the attempt's time was over before the first byte");
        } catch (IOException | RuntimeException e) {
            return firstByte.passed().get()
                    ? new PostOutcome.Lost(Causes.describe(e))
                    : new PostOutcome.NeverSent(Causes.describe(e));
        } finally {
            timeUp.cancel(false);
        }
    }

    private static ClassicHttpResponse beforeFirstByte(
            ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain) throws IOException, HttpException {
        FirstByte firstByte = (FirstByte) scope.clientContext.getAttribute(FIRST_BYTE);
        if (!firstByte.inTime().getAsBoolean()) {
            throw new DeadlinePassedException();
        }
        firstByte.passed().set(true);
        return chain.proceed(request, scope);
    }

    /** The connection is not used again, and what is left of the answer says nothing more. */
    private static void drop(ClassicHttpResponse response) {
        try {
            response.close();
        } catch (IOException e) {
            LOG.debug("Closing a connection failed: {}", e.getMessage());
        }
    }

    private static WireReply read(ClassicHttpResponse response) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (Header header : response.getHeaders()) {
            headers.put(header.getName(), header.getValue());
        }
        byte[] body = {};
        boolean truncated = false;
        if (response.getEntity() != null) {
            try {
                InputStream in = response.getEntity().getContent();
                body = in.readNBytes(LONGEST_REPLY);
                truncated = body.length == LONGEST_REPLY;
            } catch (IOException e) {
                // The status line already says what it proves; without a whole body there is no id.
                truncated = true;
            }
        }
        return new WireReply(response.getCode(), headers, body, truncated);
    }

    @Override
    public void close() {
        watchdog.shutdown();
        client.close(org.apache.hc.core5.io.CloseMode.GRACEFUL);
    }

    private record FirstByte(BooleanSupplier inTime, AtomicBoolean passed) {}

    private static final class DeadlinePassedException extends IOException {
        private static final long serialVersionUID = 1L;
    }
}

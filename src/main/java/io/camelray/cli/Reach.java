package io.camelray.cli;

import io.camelray.engine.HttpTimes;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import org.apache.hc.client5.http.classic.methods.HttpHead;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.util.Timeout;

/** Whether an address answers at all, on the way that requests take. */
final class Reach {

    private static final Timeout PATIENCE = Timeout.ofSeconds(5);

    private Reach() {}

    /** @return why not; empty when anything answers, whatever it says */
    static Optional<String> of(URI address, HttpTimes times) {
        try (CloseableHttpClient client = HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setTlsSocketStrategy(times.egress().tlsStrategy())
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(PATIENCE)
                                .setSocketTimeout(PATIENCE)
                                .build())
                        .build())
                .setDefaultRequestConfig(
                        RequestConfig.custom().setResponseTimeout(PATIENCE).build())
                .setProxy(times.egress().proxy().orElse(null))
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .setUserAgent("camel-ray")
                .build()) {
            client.execute(new HttpHead(address), response -> response.getCode());
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(Sentences.of(e));
        }
    }
}

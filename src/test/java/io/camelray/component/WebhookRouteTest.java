package io.camelray.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.camelray.ledger.RenderRecord;
import io.camelray.model.RenderState;
import io.camelray.sandbox.FailurePlan;
import io.camelray.sandbox.SandboxLedger.Generation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Properties;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Replicate calls when a prediction has ended. The program asks for it then, and believes nothing else. */
class WebhookRouteTest {

    /** Asking by itself would take an hour. */
    abstract static class Slow_polling extends RayRouteTest {

        private int port;

        @Override
        void configure(Properties properties) {
            port = freePort();
            properties.put("ray.provider", "replicate");
            properties.put("camel.component.ray.replicate-api-token", "r8_test");
            properties.put(
                    "camel.component.ray.replicate-base-url",
                    sandbox().replicateBaseUrl().toString());
            properties.put("camel.component.ray.initial-poll-delay", "3600000");
            properties.put("camel.component.ray.poll-interval", "3600000");
            properties.put("ray.webhook.enabled", "true");
            properties.put("ray.webhook.port", String.valueOf(port));
            properties.put("ray.webhook.url", "http://127.0.0.1:" + port + "/");
        }

        private static int freePort() {
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        URI address(String account) {
            return URI.create("http://127.0.0.1:" + port + "/webhooks/replicate/" + account);
        }

        /** How often the program has asked for a prediction. */
        long asked() {
            return sandbox().requests().stream()
                    .filter(request ->
                            request.method().equals("GET") && request.path().startsWith("/v1/predictions/"))
                    .count();
        }

        void dropOne() {
            drop("clip.yaml", oneClip("clip").replace("360p", "540p"));
        }
    }

    @Nested
    class A_prediction_that_ends extends Slow_polling {

        @Override
        FailurePlan failures() {
            return FailurePlan.parse("rules: [{on: webhook, do: duplicate, times: 0}]");
        }

        @Test
        void is_asked_for_once_when_its_webhook_comes_and_delivered() {
            dropOne();

            assertThat(settled("clip").count(RenderState.DELIVERED)).isEqualTo(1);
            Generation job = sandbox().ledger().generations().get(0);
            assertThat(job.body().path("webhook").asText())
                    .isEqualTo(address("replicate").toString());
            assertThat(job.body().path("webhook_events_filter")).hasSize(1);
            assertThat(sandbox().ledger().posts()).isEqualTo(1);
            assertThat(asked()).isEqualTo(1);
        }
    }

    @Nested
    class A_call_from_anybody extends Slow_polling {

        private final HttpClient http = HttpClient.newHttpClient();

        @Override
        FailurePlan failures() {
            return FailurePlan.parse("rules: [{on: webhook, do: lost, times: 0}]");
        }

        @Test
        void does_nothing_unless_it_is_genuine_fresh_and_new() throws Exception {
            dropOne();
            await().atMost(LONG_ENOUGH).until(() -> onlyRender("clip")
                    .filter(render -> render.state() == RenderState.RENDERING)
                    .isPresent());
            String job =
                    onlyRender("clip").flatMap(RenderRecord::job).orElseThrow().value();
            await().atMost(LONG_ENOUGH)
                    .until(() -> sandbox().ledger().generations().get(0).state().equals("completed"));
            String secret = secret();
            String now = seconds(Instant.now());
            String body = "{\"id\":\"" + job + "\",\"status\":\"failed\",\"error\":\"believe me\"}";
            String signature = sign(secret, "m1", now, body);

            assertThat(call("replicate", "m1", now, sign("whsec_AAAA", "m1", now, body), body))
                    .isEqualTo(401);
            assertThat(call("replicate", "m1", now, "v1, v1,nonsense v2," + signature, body))
                    .isEqualTo(401);
            assertThat(call("replicate", "m1", now, signature, body + " ")).isEqualTo(401);
            assertThat(call("replicate", "m2", now, signature, body)).isEqualTo(401);
            assertThat(call("luma", "m1", now, signature, body)).isEqualTo(401);
            assertThat(call("nobody", "m1", now, signature, body)).isEqualTo(401);
            for (Duration far : new Duration[] {Duration.ofMinutes(6), Duration.ofMinutes(-6)}) {
                String then = seconds(Instant.now().plus(far));
                assertThat(call("replicate", "m1", then, sign(secret, "m1", then, body), body))
                        .isEqualTo(400);
            }
            assertThat(call("replicate", "m1", "yesterday", signature, body)).isEqualTo(400);
            assertThat(call("replicate", "", now, signature, body)).isEqualTo(400);
            String large = body + " ".repeat(5 << 20);
            assertThat(call("replicate", "m1", now, sign(secret, "m1", now, large), large))
                    .isEqualTo(413);
            assertThat(http.send(HttpRequest.newBuilder(address("replicate")).build(), BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(405);
            assertThat(asked()).isZero();
            assertThat(onlyRender("clip").orElseThrow().state()).isEqualTo(RenderState.RENDERING);

            assertThat(call("replicate", "m1", now, "v1,bm9wZQ== " + signature, body))
                    .isEqualTo(200);
            assertThat(call("replicate", "m1", now, signature, body)).isEqualTo(409);
            assertThat(settled("clip").count(RenderState.DELIVERED)).isEqualTo(1);
            assertThat(asked()).isEqualTo(1);
        }

        private int call(String account, String id, String timestamp, String signature, String body)
                throws IOException, InterruptedException {
            HttpResponse<String> response = http.send(
                    HttpRequest.newBuilder(address(account))
                            .header("Content-Type", "application/json")
                            .header("webhook-id", id)
                            .header("webhook-timestamp", timestamp)
                            .header("webhook-signature", signature)
                            .header("X-Anything", "is not sent back")
                            .POST(BodyPublishers.ofString(body))
                            .build(),
                    BodyHandlers.ofString());
            assertThat(response.body()).isEmpty();
            assertThat(response.headers().map()).doesNotContainKeys("x-anything", "webhook-id", "webhook-signature");
            return response.statusCode();
        }

        private String secret() throws IOException, InterruptedException {
            HttpRequest question = HttpRequest.newBuilder(
                            URI.create(sandbox().replicateBaseUrl() + "/webhooks/default/secret"))
                    .header("Authorization", "Bearer r8_test")
                    .build();
            return new ObjectMapper()
                    .readTree(http.send(question, BodyHandlers.ofString()).body())
                    .path("key")
                    .asText();
        }

        private static String seconds(Instant instant) {
            return String.valueOf(instant.getEpochSecond());
        }

        private static String sign(String secret, String id, String timestamp, String body)
                throws GeneralSecurityException {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.substring("whsec_".length())), "HmacSHA256"));
            byte[] signed = (id + "." + timestamp + "." + body).getBytes(StandardCharsets.UTF_8);
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed));
        }
    }
}

package io.camelray.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.camelray.assets.LocalS3;
import io.camelray.model.RenderState;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Registry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Manifests come in through a bucket, from other routes and from any endpoint: the same plan, the same errors. */
class IntakesRouteTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String BAD = "campaign: bad\nprompt: a mug\nresolution: 4k\n";
    private static final String WITH_DATA =
            """
            campaign: rows
            resolution: 360p
            aspectRatio: "1:1"
            matrix: { sku: { from: skus.csv } }
            prompt: "{{sku.name}}"
            """;

    @Nested
    class A_bucket extends RayRouteTest {

        private LocalS3 store;

        @Override
        protected CamelContext createCamelContext() throws Exception {
            store = LocalS3.start(Files.createDirectories(home.resolve("s3")));
            return super.createCamelContext();
        }

        @Override
        protected void bindToRegistry(Registry registry) {
            registry.bind("s3Client", S3Client.class, store.client());
        }

        @Override
        void configure(Properties properties) {
            try {
                Path templates = Files.createDirectories(home.resolve("campaigns"));
                Files.writeString(
                        templates.resolve("weekly.yaml"),
                        WITH_DATA.replace("rows", "weekly").replace("skus", "weekly"));
                properties.put("ray.campaigns", templates.toString());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            properties.put("ray.intake.s3.bucket", LocalS3.BUCKET);
            properties.put("ray.intake.s3.prefix", "shop");
            properties.put("ray.intake.s3.delay", "200ms");
        }

        @AfterEach
        void stopStore() {
            store.close();
        }

        private void put(String name, String content) {
            store.client()
                    .putObject(
                            request -> request.bucket(LocalS3.BUCKET).key("shop/inbox/" + name),
                            RequestBody.fromString(content));
        }

        private List<String> keys() {
            return store.client().listObjectsV2(request -> request.bucket(LocalS3.BUCKET)).contents().stream()
                    .map(S3Object::key)
                    .toList();
        }

        private String content(String key) {
            return store.client()
                    .getObjectAsBytes(request -> request.bucket(LocalS3.BUCKET).key(key))
                    .asUtf8String();
        }

        @Test
        void is_an_inbox_whose_manifests_are_filed_below_accepted_and_rejected_with_data_and_errors() throws Exception {
            put("skus.csv", "id,name\nm1,a mug\nm2,a cup\n");
            put("rows.yaml", WITH_DATA);
            put("bad.yaml", BAD);
            put("large.yaml", "#".repeat(6 << 20));
            put("weekly.csv", "id,name\nm3,a bowl\n");

            assertThat(settled("rows").count(RenderState.DELIVERED)).isEqualTo(2);
            assertThat(settled("weekly").count(RenderState.DELIVERED)).isEqualTo(1);
            await().atMost(LONG_ENOUGH).untilAsserted(() -> assertThat(keys())
                    .containsExactlyInAnyOrder(
                            "shop/accepted/rows/r1/rows.yaml",
                            "shop/accepted/rows/r1/skus.csv",
                            "shop/accepted/weekly/r1/weekly.csv",
                            "shop/inbox/skus.csv",
                            "shop/rejected/bad.yaml",
                            "shop/rejected/bad.yaml.errors.json",
                            "shop/rejected/large.yaml",
                            "shop/rejected/large.yaml.errors.json"));
            JsonNode errors = JSON.readTree(content("shop/rejected/bad.yaml.errors.json"));
            assertThat(errors.at("/errors/0/pointer").asText()).isEqualTo("/resolution");
            assertThat(content("shop/rejected/large.yaml")).hasSize(6 << 20);
            assertThat(content("shop/rejected/large.yaml.errors.json")).contains("larger than 5 MB");
            assertThat(files("accepted")).contains("rows/r1/rows.yaml", "rows/r1/skus.csv", "weekly/r1/weekly.csv");
            assertThat(files("rejected")).contains("bad.yaml", "bad.yaml.errors.json");

            // The same again: a duplicate is known by its digest.
            put("again.yaml", WITH_DATA);
            await().atMost(LONG_ENOUGH).until(() -> keys().contains("shop/accepted/rows/r1/again.yaml"));
            assertThat(sandbox().ledger().generations()).hasSize(3);
            await().atMost(LONG_ENOUGH)
                    .until(((PendingIntake) context().getRoute("intake-s3").getConsumer())::isIdle);
            await().atMost(LONG_ENOUGH).until(() -> files("spool").isEmpty());
            assertThat(keys()).doesNotContain("shop/inbox/again.yaml");
        }
    }

    /** What an endpoint gets, whichever it is. */
    abstract static class An_endpoint extends RayRouteTest {

        JsonNode json(Object body) throws IOException {
            byte[] bytes = body instanceof byte[] read ? read : body.toString().getBytes(StandardCharsets.UTF_8);
            return JSON.readTree(bytes);
        }

        void accepted(JsonNode answer, String campaign) {
            assertThat(answer.path("outcome").asText()).isEqualTo("accepted");
            assertThat(answer.path("campaign").asText()).isEqualTo(campaign);
            assertThat(answer.path("revision").asInt()).isEqualTo(1);
            assertThat(answer.at("/renders/new").asInt()).isEqualTo(1);
            assertThat(answer.at("/dollars/expected").decimalValue()).isEqualByComparingTo("0.06");
            assertThat(settled(campaign).count(RenderState.DELIVERED)).isEqualTo(1);
            assertThat(home.resolve("accepted/" + campaign + "/r1/manifest.yaml"))
                    .hasContent(oneClip(campaign));
        }

        void rejected(JsonNode answer) {
            assertThat(answer.path("outcome").asText()).isEqualTo("rejected");
            assertThat(answer.path("campaign").asText()).isEqualTo("bad");
            assertThat(answer.path("manifest").asText()).isEqualTo(BAD);
            assertThat(answer.at("/errors/0/pointer").asText()).isEqualTo("/resolution");
            assertThat(answer.at("/errors/0/line").asInt()).isEqualTo(3);
        }
    }

    @Nested
    class A_queue_and_another_route extends An_endpoint {

        private EmbeddedActiveMQ broker;

        @Override
        protected CamelContext createCamelContext() throws Exception {
            broker = new EmbeddedActiveMQ();
            broker.setConfiguration(new ConfigurationImpl()
                    .setPersistenceEnabled(false)
                    .setSecurityEnabled(false)
                    .setJMXManagementEnabled(false)
                    .setJournalDirectory(home.resolve("broker").toString())
                    .addAcceptorConfiguration("in-vm", "vm://18"));
            broker.start();
            return super.createCamelContext();
        }

        @Override
        void configure(Properties properties) {
            properties.put(
                    "camel.beans.connections",
                    "#class:org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory('vm://18')");
            properties.put("ray.intake.uri", "jms:queue:manifests");
            properties.put("ray.channel.rejected", "jms:queue:rejected");
        }

        @AfterEach
        void stopBroker() throws Exception {
            context().stop();
            broker.stop();
        }

        @Test
        void are_answered_with_the_plan_or_the_errors_and_who_does_not_wait_reads_the_rejected_channel()
                throws Exception {
            var sender = context().createProducerTemplate();
            accepted(json(sender.requestBody("jms:queue:manifests", oneClip("asked"))), "asked");
            rejected(json(sender.requestBody("jms:queue:manifests", BAD)));
            assertThat(files("rejected")).isEmpty();

            sender.sendBody("jms:queue:manifests", BAD);
            rejected(json(context()
                    .createConsumerTemplate()
                    .receiveBody("jms:queue:rejected", LONG_ENOUGH.toMillis(), String.class)));
            assertThat(home.resolve("rejected/manifest.yaml")).hasContent(BAD);
            sender.sendBody("jms:queue:manifests", oneClip("told"));
            await().atMost(LONG_ENOUGH).until(() -> ledger().campaign("told").isPresent());

            // Nothing of ours can be named by a header.
            Files.writeString(home.resolve("secret.csv"), "id,name\nm1,a secret\n");
            JsonNode nosy = json(sender.requestBodyAndHeader(
                    "direct:ray-manifest",
                    WITH_DATA.replace("skus.csv", "secret.csv"),
                    "CamelFileParent",
                    home.toString()));
            assertThat(nosy.path("outcome").asText()).isEqualTo("rejected");

            accepted(json(sender.requestBody("direct:ray-manifest", oneClip("routed"))), "routed");
            JsonNode again = json(sender.requestBody("direct:ray-manifest", oneClip("routed")));
            assertThat(again.path("outcome").asText()).isEqualTo("repeated");
            assertThat(again.path("revision").asInt()).isEqualTo(1);
            rejected(json(sender.requestBody("direct:ray-manifest", BAD)));
            assertThat(json(sender.requestBody("direct:ray-manifest", (Object) null))
                            .path("outcome")
                            .asText())
                    .isEqualTo("rejected");
        }
    }

    @Nested
    class HTTP extends An_endpoint {

        private int port;

        @Override
        void configure(Properties properties) {
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                port = socket.getLocalPort();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            properties.put("camel.server.enabled", "true");
            properties.put("camel.server.host", "127.0.0.1");
            properties.put("camel.server.port", String.valueOf(port));
            properties.put("ray.intake.uri", "platform-http:/manifests?httpMethodRestrict=POST&muteException=true");
        }

        private HttpResponse<byte[]> post(String manifest) throws IOException, InterruptedException {
            return HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/manifests"))
                                    .header("Content-Type", "application/yaml")
                                    .header("X-Anything", "is not sent back")
                                    .POST(BodyPublishers.ofString(manifest))
                                    .build(),
                            BodyHandlers.ofByteArray());
        }

        @Test
        void answers_200_with_the_plan_and_422_with_the_errors() throws Exception {
            HttpResponse<byte[]> good = post(oneClip("posted"));
            assertThat(good.statusCode()).isEqualTo(200);
            assertThat(good.headers().firstValue("Content-Type")).contains("application/json");
            assertThat(good.headers().map()).doesNotContainKey("x-anything");
            accepted(json(good.body()), "posted");

            HttpResponse<byte[]> bad = post(BAD);
            assertThat(bad.statusCode()).isEqualTo(422);
            rejected(json(bad.body()));
            assertThat(files("rejected")).isEmpty();
        }
    }
}

package io.camelray.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.camelray.ledger.PostgresServer;
import io.camelray.sandbox.FailurePlan;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.camel.CamelContext;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** One digest for a campaign, to a web hook and to a queue, by properties alone. */
class DigestRouteTest {

    private static final String FAILS = "rules: [{on: submit, match: {promptContains: blue}, do: 422-array}]";

    /** Two nodes on one ledger, each of which notices what there is to tell. */
    @Nested
    @ExtendWith(PostgresServer.class)
    class Over_HTTP extends RayRouteTest {

        private record Call(String contentType, String subject, String body, int headers) {}

        private final BlockingQueue<Call> calls = new LinkedBlockingQueue<>();
        private final PostgresServer.Database database;
        private final Main other = new Main();
        private HttpServer server;

        Over_HTTP(PostgresServer.Database database) {
            this.database = database;
        }

        @Override
        FailurePlan failures() {
            return FailurePlan.parse(FAILS);
        }

        @Override
        void configure(Properties properties) {
            try {
                server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
            server.createContext("/hook", exchange -> {
                calls.add(new Call(
                        exchange.getRequestHeaders().getFirst("Content-Type"),
                        exchange.getRequestHeaders().getFirst("subject"),
                        new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8),
                        exchange.getRequestHeaders().size()));
                exchange.sendResponseHeaders(204, -1);
                exchange.close();
            });
            server.start();
            properties.put(
                    "ray.notify.uri", "http://127.0.0.1:" + server.getAddress().getPort() + "/hook");
            properties.put("ray.notify.format", "json");
            properties.put("ray.ledger.url", database.url());
            properties.put("ray.ledger.username", "postgres");
            Properties others = new Properties();
            others.putAll(properties);
            others.put("ray.home", home.resolve("other").toString());
            other.setOverrideProperties(others);
            other.setPropertyPlaceholderLocations(getPropertyPlaceholderLocations());
            other.configure().withRoutesIncludePattern("file:routes/notify.camel.yaml");
        }

        @BeforeEach
        void startOther() {
            other.start();
        }

        @AfterEach
        void stopOther() {
            other.stop();
            server.stop(0);
        }

        private JsonNode digest() throws Exception {
            Call call = calls.poll(LONG_ENOUGH.toSeconds(), TimeUnit.SECONDS);
            assertThat(call).as("a digest").isNotNull();
            return new ObjectMapper().readTree(call.body());
        }

        @Test
        void a_campaign_that_needs_somebody_and_each_pause_are_told_of_by_one_of_the_nodes_and_nothing_that_went_well()
                throws Exception {
            drop("well.yaml", oneClip("well"));
            settled("well");
            await().atMost(LONG_ENOUGH)
                    .until(() -> files("").stream().anyMatch(file -> file.endsWith("reports/well/r1.json")));
            drop(
                    "mixed.yaml",
                    "campaign: mixed\nprompt: a {{colour}} mug\nresolution: 360p\naspectRatio: \"1:1\"\n"
                            + "matrix: {colour: [green, blue]}\n");

            Call call = calls.poll(LONG_ENOUGH.toSeconds(), TimeUnit.SECONDS);
            assertThat(call).as("a digest").isNotNull();
            assertThat(call.contentType()).isEqualTo("application/json");
            JsonNode digest = new ObjectMapper().readTree(call.body());
            assertThat(digest.path("subject").asText()).isEqualTo("camel-ray: mixed r1 needs attention");
            assertThat(digest.path("text").asText())
                    .contains("1 delivered, 1 failed")
                    .contains("is failed: rejected");
            assertThat(digest.path("renders").path("failed").asInt()).isEqualTo(1);
            assertThat(digest.path("dollars").path("confirmed").decimalValue()).isEqualByComparingTo("0.06");
            assertThat(digest.path("waiting")).hasSize(1);
            assertThat(call.body()).doesNotContain("luma-api-test").doesNotContain(" mug");
            for (String reason : List.of("no credit", "a wrong key")) {
                ledger().pauseAccount("luma", reason);
                assertThat(digest().path("reason").asText()).isEqualTo(reason);
                ledger().resumeAccount("luma");
                await().atMost(LONG_ENOUGH).until(() -> database.asSuperuser()
                        .withHandle(handle -> handle.select("SELECT name FROM ray_digest")
                                .mapTo(String.class)
                                .filter(name -> name.startsWith("account"))
                                .list()
                                .isEmpty()));
            }
            await().atMost(LONG_ENOUGH)
                    .until(() ->
                            files("notify").isEmpty() && files("other/notify").isEmpty());
            assertThat(calls).as("sent by both nodes").isEmpty();
        }
    }

    @Nested
    class Over_JMS extends RayRouteTest {

        private EmbeddedActiveMQ broker;

        @Override
        void configure(Properties properties) {
            properties.put(
                    "camel.beans.connections",
                    "#class:org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory('vm://18')");
            properties.put("ray.notify.uri", "jms:queue:digests");
            properties.put("ray.notify.when", "always");
        }

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

        @AfterEach
        void stopBroker() throws Exception {
            broker.stop();
        }

        @Test
        void a_campaign_that_went_well_is_told_of_too_when_that_is_asked_for() {
            drop("well.yaml", oneClip("well"));

            String text = context()
                    .createConsumerTemplate()
                    .receiveBody("jms:queue:digests", LONG_ENOUGH.toMillis(), String.class);

            assertThat(text).isNotNull();
            assertThat(List.of(text.split("\n"))).first().isEqualTo("well r1: 1 delivered");
            assertThat(text).contains("$0.06 confirmed, $0.00 at risk, of a budget of $50.00");
        }
    }
}

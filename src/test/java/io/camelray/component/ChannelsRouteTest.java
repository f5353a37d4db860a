package io.camelray.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.camelray.model.RenderState;
import io.camelray.sandbox.FailurePlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.camel.CamelContext;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** All channels at a message broker, by properties alone: everything that matters is in JSON bodies. */
class ChannelsRouteTest {

    abstract static class AtABroker extends RayRouteTest {

        private static final ObjectMapper JSON = new ObjectMapper();

        @Override
        FailurePlan failures() {
            return FailurePlan.parse("rules: [{on: submit, match: {promptContains: green}, do: 422-array, times: 1}]");
        }

        /** Properties that make the component of the queues usable, and its URI of a queue. */
        abstract String queue(Properties properties, String name);

        @Override
        void configure(Properties properties) {
            for (String channel : List.of("rejected", "dead-letter", "retry", "events")) {
                properties.put("ray.channel." + channel, queue(properties, channel));
            }
        }

        private String receive(String channel) {
            String uri = context().resolvePropertyPlaceholders("{{ray.channel." + channel + "}}");
            String body = context().createConsumerTemplate().receiveBody(uri, LONG_ENOUGH.toMillis(), String.class);
            assertThat(body).as("a message at %s", channel).isNotNull();
            return body;
        }

        private JsonNode json(String body) throws Exception {
            return JSON.readTree(body);
        }

        @Test
        void every_channel_is_a_queue_of_json_messages_and_a_dead_letter_that_is_moved_to_retry_goes_again()
                throws Exception {
            drop("bad.yaml", "campaign: bad\nprompt: a mug\nresolution: 4k\n");
            JsonNode rejected = json(receive("rejected"));
            assertThat(rejected.path("name").asText()).isEqualTo("bad.yaml");
            assertThat(rejected.path("manifest").asText()).startsWith("campaign: bad");
            assertThat(rejected.at("/errors/0/pointer").asText()).isEqualTo("/resolution");

            drop("clip.yaml", oneClip("clip"));
            String letter = receive("dead-letter");
            assertThat(json(letter).path("name").asText()).isEqualTo("r1.yaml");
            assertThat(json(letter).path("campaign").asText()).isEqualTo("clip");
            assertThat(json(letter).path("manifest").asText()).startsWith("retryOf: clip/r1");
            assertThat(json(letter).at("/failed/0/class").asText()).isEqualTo("rejected");

            String retry = context().resolvePropertyPlaceholders("{{ray.channel.retry}}");
            context().createProducerTemplate().sendBody(retry, letter);
            await().atMost(LONG_ENOUGH)
                    .until(() -> ledger().campaign("clip").orElseThrow().count(RenderState.DELIVERED) == 1);

            List<String> types = new ArrayList<>();
            while (!types.contains("io.camelray.render.delivered")) {
                JsonNode event = json(receive("events"));
                assertThat(event.path("specversion").asText()).isEqualTo("1.0");
                types.add(event.path("type").asText());
            }
            assertThat(types)
                    .containsSubsequence(
                            "io.camelray.render.submitting",
                            "io.camelray.render.failed",
                            "io.camelray.render.planned",
                            "io.camelray.render.rendered");

            context().createProducerTemplate().sendBody(retry, "[\"R999\"]");
            JsonNode refused = json(receive("rejected"));
            assertThat(refused.at("/errors/0/message").asText()).contains("R999");
            assertThat(refused.path("manifest").asText()).isEqualTo("[\"R999\"]");
        }
    }

    @Nested
    class Artemis_over_JMS extends AtABroker {

        private EmbeddedActiveMQ broker;

        @Override
        protected CamelContext createCamelContext() throws Exception {
            broker = new EmbeddedActiveMQ();
            broker.setConfiguration(new ConfigurationImpl()
                    .setPersistenceEnabled(false)
                    .setSecurityEnabled(false)
                    .setJMXManagementEnabled(false)
                    .setJournalDirectory(home.resolve("broker").toString())
                    .addAcceptorConfiguration("in-vm", "vm://17"));
            broker.start();
            return super.createCamelContext();
        }

        @Override
        String queue(Properties properties, String name) {
            properties.put(
                    "camel.beans.connections",
                    "#class:org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory('vm://17')");
            return "jms:queue:" + name;
        }

        @AfterEach
        void stopBroker() throws Exception {
            broker.stop();
        }
    }

    @Nested
    class Queues_of_SQS extends AtABroker {

        private SQSRestServer server;
        private int port;

        @Override
        protected CamelContext createCamelContext() throws Exception {
            server = SQSRestServerBuilder.withInterface("localhost")
                    .withDynamicPort()
                    .start();
            port = server.waitUntilStarted().localAddress().getPort();
            return super.createCamelContext();
        }

        @Override
        String queue(Properties properties, String name) {
            String component = "camel.component.aws2-sqs.";
            properties.put(component + "override-endpoint", "true");
            properties.put(component + "uri-endpoint-override", "http://localhost:" + port);
            properties.put(component + "region", "elasticmq");
            properties.put(component + "access-key", "x");
            properties.put(component + "secret-key", "x");
            properties.put(component + "auto-create-queue", "true");
            return "aws2-sqs:" + name;
        }

        @AfterEach
        void stopServer() {
            server.stopAndWait();
        }
    }
}

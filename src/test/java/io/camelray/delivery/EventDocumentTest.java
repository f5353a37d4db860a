package io.camelray.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.camelray.ledger.EventLedger.LedgerEvent;
import io.camelray.ledger.RenderRecord;
import io.camelray.model.AttemptToken;
import io.camelray.model.RenderState;
import java.io.IOException;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class EventDocumentTest {

    private final EventDocument document = new EventDocument();

    private JsonNode read(LedgerEvent event) throws IOException {
        return new ObjectMapper().readTree(document.write(event));
    }

    private static LedgerEvent event(RenderState to, String detail) {
        RenderRecord render = Renders.render(17, RenderState.DELIVERED);
        return new LedgerEvent(
                42,
                Renders.PLANNED,
                "render",
                Optional.of("main"),
                Optional.of("spring"),
                Optional.of(new AttemptToken(new UUID(0, 17))),
                Optional.of(RenderState.RENDERED),
                Optional.of(to),
                detail,
                Optional.of(render));
    }

    @Test
    void a_change_of_state_is_a_cloud_event_with_what_it_is_about() throws IOException {
        JsonNode event = read(event(RenderState.DELIVERED, "all outputs are stored"));

        assertThat(event.path("specversion").asText()).isEqualTo("1.0");
        assertThat(event.path("id").asText()).isEqualTo("42-" + Renders.PLANNED.toEpochMilli());
        assertThat(event.path("type").asText()).isEqualTo("io.camelray.render.delivered");
        assertThat(event.path("source").asText()).isEqualTo("/camel-ray/spring");
        assertThat(event.path("subject").asText()).isEqualTo("R17");
        assertThat(event.path("time").asText()).isEqualTo("2026-11-21T10:00:00Z");
        assertThat(event.path("datacontenttype").asText()).isEqualTo("application/json");
        JsonNode data = event.path("data");
        assertThat(data.path("from").asText()).isEqualTo("rendered");
        assertThat(data.path("to").asText()).isEqualTo("delivered");
        assertThat(data.path("variant").asText()).isEqualTo("lämp-17_16x9");
        assertThat(data.path("attempt").asInt()).isEqualTo(1);
        assertThat(data.at("/money/confirmedMicros").asLong()).isEqualTo(300_000);
        assertThat(data.at("/money/confirmed").asText()).isEqualTo("$0.30");
        assertThat(event.toString()).doesNotContain(new UUID(0, 17).toString());
    }

    @Test
    void a_failure_names_its_class_and_no_text_carries_the_query_of_a_url() throws IOException {
        JsonNode data = read(event(
                        RenderState.FAILED,
                        "delivery: https://cdn.example.test/a.mp4?X-Amz-Signature=secret#x cannot be read"))
                .path("data");

        assertThat(data.path("class").asText()).isEqualTo("delivery");
        assertThat(data.path("reason").asText()).isEqualTo("https://cdn.example.test/a.mp4 cannot be read");
    }

    @Test
    void what_concerns_a_campaign_or_an_account_says_so() throws IOException {
        LedgerEvent campaign = new LedgerEvent(
                1,
                Renders.PLANNED,
                "planned",
                Optional.empty(),
                Optional.of("spring"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "revision 1: 3 added",
                Optional.empty());
        LedgerEvent account = new LedgerEvent(
                2,
                Renders.PLANNED,
                "paused",
                Optional.of("main"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "no balance",
                Optional.empty());

        assertThat(read(campaign).path("type").asText()).isEqualTo("io.camelray.campaign.planned");
        assertThat(read(campaign).has("subject")).isFalse();
        assertThat(read(account).path("type").asText()).isEqualTo("io.camelray.account.paused");
        assertThat(read(account).path("source").asText()).isEqualTo("/camel-ray");
        assertThat(read(account).path("subject").asText()).isEqualTo("main");
        assertThat(read(account).at("/data/reason").asText()).isEqualTo("no balance");
    }
}

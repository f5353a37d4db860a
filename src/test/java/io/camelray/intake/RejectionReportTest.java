package io.camelray.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class RejectionReportTest {

    private static final Path SAMPLES = Path.of("src/test/resources/manifests");

    @Test
    void a_rejected_manifest_is_told_everything_with_rule_place_and_remedy() throws Exception {
        JsonNode report = report("impossible.yaml");

        assertThat(report.path("name").asText()).isEqualTo("impossible.yaml");
        assertThat(report.path("campaign").asText()).isEqualTo("autumn-mugs");
        assertThat(report.path("manifest").asText()).isEqualTo(Files.readString(SAMPLES.resolve("impossible.yaml")));
        assertThat(told(report))
                .containsExactly(
                        "unknown-field error /promt 8:1",
                        "R29 error /hdr 7:6",
                        "template error /prompt 9:9",
                        "key error /deliver/key 11:8",
                        "R44 warning /hdr 7:6");
        JsonNode length = report.at("/errors/1");
        assertThat(length.path("message").asText())
                .isEqualTo("A clip of 10s cannot be HDR; that exists for 5s only."
                        + " (in all 2 variants, the first is 'mug-01')");
        assertThat(length.path("remedy").asText()).isEqualTo("Set duration to 5s, or hdr to false.");
        assertThat(length.path("variant").asText()).isEmpty();
    }

    @Test
    void a_manifest_that_is_not_yaml_has_no_campaign_and_one_place() throws Exception {
        JsonNode report = report("not-yaml.yaml");

        assertThat(report.path("campaign").isNull()).isTrue();
        assertThat(told(report)).hasSize(1);
        assertThat(told(report).get(0)).startsWith("syntax error  ").doesNotEndWith("0:0");
    }

    @Test
    void a_json_manifest_is_told_its_places_too() throws Exception {
        assertThat(told(report("one-key.json"))).containsExactly("key error /deliver/key 5:23");
    }

    @Test
    void what_is_not_text_is_reported_all_the_same() throws Exception {
        ManifestSource source = new ManifestSource("photo.yaml", new byte[] {(byte) 0xFF, (byte) 0xD8, 0, 1});

        assertThat(told(report(source))).containsExactly("syntax error  1:1");
    }

    private static JsonNode report(String name) throws Exception {
        return report(ManifestSource.of(SAMPLES.resolve(name)));
    }

    private static JsonNode report(ManifestSource source) throws Exception {
        RecordingLedger ledger = new RecordingLedger();
        PlanResult result = Manifests.planner(ledger).plan(source);
        assertThat(result).isInstanceOf(PlanResult.Rejected.class);
        assertThat(ledger.drafts).isEmpty();
        return new ObjectMapper().readTree(new RejectionReport().write(source, (PlanResult.Rejected) result));
    }

    private static List<String> told(JsonNode report) {
        return report.path("errors")
                .valueStream()
                .map(error -> String.join(
                        " ",
                        error.path("rule").asText(),
                        error.path("severity").asText(),
                        error.path("pointer").asText(),
                        error.path("line").asInt() + ":" + error.path("column").asInt()))
                .toList();
    }
}

package io.camelray.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.camelray.ledger.LedgerViews.CampaignStatus;
import io.camelray.model.Money;
import io.camelray.model.RenderState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A manifest goes in at the inbox and comes out as files, or as every reason why not. */
class CampaignRouteTest extends RayRouteTest {

    private static final String MATRIX =
            """
            campaign: mugs
            resolution: 360p
            prompt: "A {{sku.name}} on a walnut table"
            matrix:
              sku: [{id: a, name: green mug}, {id: b, name: white cup}]
              aspectRatio: ["16:9", "9:16", "1:1"]
              exclude: [{sku: b, aspectRatio: "1:1"}]
            deliver:
              key: "{{campaign}}/{{sku.id}}/{{aspectRatio}}.{{ext}}"
            """;

    @Test
    void every_variant_of_the_matrix_becomes_a_video_and_a_sidecar_paid_for_once() throws IOException {
        drop("mugs.yaml", MATRIX);

        CampaignStatus status = settled("mugs");

        assertThat(status.count(RenderState.DELIVERED)).isEqualTo(5);
        assertThat(status.confirmed()).isEqualTo(Money.dollars("0.30"));
        assertThat(status.reserved()).isEqualTo(Money.ZERO);
        assertThat(sandbox().ledger().generations()).hasSize(5);
        assertThat(sandbox().ledger().posts()).isEqualTo(5);
        assertThat(sandbox().ledger().leakedAuthorization()).isZero();
        assertThat(files("outputs"))
                .containsExactly(
                        "mugs/a/16x9.mp4",
                        "mugs/a/16x9.mp4.json",
                        "mugs/a/1x1.mp4",
                        "mugs/a/1x1.mp4.json",
                        "mugs/a/9x16.mp4",
                        "mugs/a/9x16.mp4.json",
                        "mugs/b/16x9.mp4",
                        "mugs/b/16x9.mp4.json",
                        "mugs/b/9x16.mp4",
                        "mugs/b/9x16.mp4.json");
        spoolEmpties();
    }

    @Test
    void the_report_and_the_sidecar_say_what_was_asked_paid_and_stored() throws IOException {
        drop("one.yaml", oneClip("one"));

        JsonNode report =
                new ObjectMapper().readTree(appears("reports/one/r1.json").toFile());
        JsonNode sidecar = new ObjectMapper()
                .readTree(appears("outputs/one/generate.mp4.json").toFile());

        assertThat(report.toString()).contains("delivered").contains("generate.mp4");
        assertThat(sidecar.toString())
                .contains("a sage green mug")
                .contains("trainedAlgorithmicMedia")
                .contains(sandbox().ledger().generations().get(0).id())
                .doesNotContain("X-Amz-Signature")
                .doesNotContain("luma-api-test");
    }

    @Test
    void an_accepted_manifest_is_filed_under_its_revision() {
        drop("one.yaml", oneClip("one"));

        assertThat(appears("accepted/one/r1/one.yaml"))
                .hasContent(oneClip("one").strip());
    }

    @Test
    void the_same_manifest_again_costs_nothing() {
        drop("one.yaml", oneClip("one"));
        settled("one");
        drop("again.yaml", oneClip("one"));

        appears("accepted/one/r1/again.yaml");
        assertThat(sandbox().ledger().posts()).isEqualTo(1);
        assertThat(settled("one").revision()).isEqualTo(1);
    }

    @Test
    void a_changed_manifest_renders_only_what_is_new() {
        drop("one.yaml", MATRIX);
        settled("mugs");
        drop("two.yaml", MATRIX.replace("white cup", "blue cup"));
        appears("accepted/mugs/r2/two.yaml");

        CampaignStatus status = settled("mugs");

        assertThat(status.revision()).isEqualTo(2);
        assertThat(status.count(RenderState.DELIVERED)).isEqualTo(5);
        assertThat(sandbox().ledger().generations()).hasSize(7);
    }

    @Test
    void one_bad_manifest_does_not_keep_the_next_from_its_renders() throws IOException {
        drop("bad.yaml", "campaign: [");
        drop("good.yaml", oneClip("good"));

        assertThat(settled("good").count(RenderState.DELIVERED)).isEqualTo(1);
        appears("rejected/bad.yaml");
    }

    @Test
    void a_rejected_manifest_lies_beside_every_violation_with_its_place() throws IOException {
        String manifest =
                """
                campaign: wrong
                promt: hello
                prompt: "a {{colour}} mug"
                hdr: true
                duration: 10s
                """;
        drop("wrong.yaml", manifest);

        Path errors = appears("rejected/wrong.yaml.errors.json");
        JsonNode document = new ObjectMapper().readTree(errors.toFile());

        assertThat(home.resolve("rejected/wrong.yaml")).hasContent(manifest.strip());
        assertThat(document.path("name").asText()).isEqualTo("wrong.yaml");
        assertThat(document.path("manifest").asText()).isEqualTo(manifest);
        assertThat(document.path("errors")).anySatisfy(error -> {
            assertThat(error.path("pointer").asText()).isEqualTo("/promt");
            assertThat(error.path("line").asInt()).isEqualTo(2);
            assertThat(error.path("message").asText() + error.path("remedy").asText())
                    .contains("prompt");
        });
        assertThat(document.path("errors"))
                .anySatisfy(error -> assertThat(error.path("rule").asText()).isEqualTo("R29"))
                .anySatisfy(error -> assertThat(error.path("message").asText()).contains("colour"));
        await().atMost(LONG_ENOUGH).until(() -> !Files.exists(home.resolve("inbox/wrong.yaml")));
        nothingWasPosted();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "not YAML                        | campaign: 'x",
                "nothing at all                  | # empty",
                "no campaign                     | prompt: hello",
                "an impossible combination       | {campaign: x, prompt: p, hdr: true, resolution: 540p}",
                "a name that resolves to nothing | {campaign: x, prompt: 'a {{nothing}}'}",
                "two variants with one key       | {campaign: x, prompt: p, matrix: {aspectRatio: ['1:1', '9:16']}, deliver: {key: 'same.{{ext}}'}}",
                "keys that differ only in case   | {campaign: x, prompt: p, matrix: {take: [a, A]}, deliver: {key: '{{take}}.{{ext}}'}}",
                "a key that leaves the folder    | {campaign: x, prompt: p, deliver: {key: '../../x.{{ext}}'}}",
                "a destination that is not ours  | {campaign: x, prompt: p, deliver: {to: 'file:/etc'}}",
                "a bucket that is not ours       | {campaign: x, prompt: p, deliver: {to: 's3://somebody/else'}}",
                "more than the budget of words   | {campaign: x, prompt: p, budget: much}",
                "a Camel expression as a name    | {campaign: '${header.x}', prompt: p}"
            })
    void what_cannot_run_is_rejected_before_it_costs_anything(String what, String manifest) throws IOException {
        drop("bad.yaml", manifest);

        JsonNode document = new ObjectMapper()
                .readTree(appears("rejected/bad.yaml.errors.json").toFile());

        assertThat(document.path("errors")).as(what).isNotEmpty();
        nothingWasPosted();
    }

    /** A list may be the data of a manifest that is still to come. */
    @Test
    void a_list_that_no_manifest_has_named_for_a_while_is_rejected() throws IOException {
        Path list = Files.writeString(home.resolve("list.yaml"), "[1, 2]");
        Files.setLastModifiedTime(list, FileTime.from(Instant.now().minus(Duration.ofMinutes(2))));
        Files.move(list, Files.createDirectories(home.resolve("inbox")).resolve("list.yaml"));

        appears("rejected/list.yaml.errors.json");
        nothingWasPosted();
    }

    @Test
    void a_name_that_is_taken_gets_a_suffix_and_nothing_is_lost() throws IOException {
        drop("bad.yaml", "first: [");
        appears("rejected/bad.yaml.errors.json");
        await().atMost(LONG_ENOUGH).until(() -> !Files.exists(home.resolve("inbox/bad.yaml")));
        drop("bad.yaml", "second: [");
        appears("rejected/bad-2.yaml.errors.json");
        appears("rejected/bad-2.yaml");

        assertThat(home.resolve("rejected/bad.yaml")).hasContent("first: [");
        assertThat(home.resolve("rejected/bad-2.yaml")).hasContent("second: [");
    }

    @Test
    void values_of_a_manifest_are_never_taken_for_expressions() throws IOException {
        drop(
                "sly.yaml",
                """
                campaign: sly
                resolution: 360p
                prompt: "${exchangeProperty.CamelRayHandover} {{who.name}} ${env:HOME}"
                matrix:
                  who: [{id: "${sys.user.home}", name: "#{1+1}"}]
                """);

        assertThat(settled("sly").count(RenderState.DELIVERED)).isEqualTo(1);
        assertThat(sandbox().ledger().generations().get(0).prompt())
                .isEqualTo("${exchangeProperty.CamelRayHandover} #{1+1} ${env:HOME}");
    }

    @Test
    void a_campaign_that_costs_more_than_its_budget_is_held_whole() {
        drop("dear.yaml", MATRIX.replace("campaign: mugs", "campaign: mugs\nbudget: 0.29"));

        CampaignStatus status = settled("mugs");

        assertThat(status.count(RenderState.HELD)).isEqualTo(5);
        nothingWasPosted();
    }
}

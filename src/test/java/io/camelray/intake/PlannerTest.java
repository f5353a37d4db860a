package io.camelray.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.camelray.ledger.PlanningLedger.NewRevision;
import io.camelray.ledger.PlanningLedger.PlannedOutput;
import io.camelray.ledger.PlanningLedger.PlannedRender;
import io.camelray.model.AspectRatio;
import io.camelray.model.Money;
import io.camelray.model.OutputKind;
import io.camelray.model.Price;
import io.camelray.model.Priority;
import io.camelray.model.ProviderName;
import io.camelray.model.Violation;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlannerTest {

    private final RecordingLedger ledger = new RecordingLedger();
    private final Planner planner = Manifests.planner(ledger);

    @Test
    void the_sample_campaign_becomes_six_renders_with_their_keys_and_prices() throws Exception {
        PlanResult result = planner.plan(ManifestSource.of(Path.of("config/campaigns/spring-mugs.yaml")));

        assertThat(result).isInstanceOfSatisfying(PlanResult.Accepted.class, accepted -> {
            assertThat(accepted.revision().campaign()).isEqualTo("spring-mugs");
            assertThat(accepted.price()).isEqualTo(Price.of(Money.dollars("1.80")));
            assertThat(accepted.warnings()).isEmpty();
        });
        assertThat(ledger.renders())
                .flatExtracting(PlannedRender::outputs)
                .extracting(PlannedOutput::key)
                .containsExactly(
                        "spring-mugs/mug-01/mug-01_16x9_720p.mp4",
                        "spring-mugs/mug-01/mug-01_9x16_720p.mp4",
                        "spring-mugs/mug-01/mug-01_1x1_720p.mp4",
                        "spring-mugs/mug-02/mug-02_16x9_720p.mp4",
                        "spring-mugs/mug-02/mug-02_9x16_720p.mp4",
                        "spring-mugs/mug-02/mug-02_1x1_720p.mp4");
        assertThat(ledger.renders()).extracting(PlannedRender::ordinal).containsExactly(0, 1, 2, 3, 4, 5);
        PlannedRender first = ledger.renders().get(0);
        assertThat(first.step()).isEqualTo("generate");
        assertThat(first.cell()).isEqualTo("{\"sku\":\"mug-01\",\"aspectRatio\":\"16:9\"}");
        assertThat(first.label()).isEqualTo("mug-01_16x9");
        assertThat(first.generation()).isEqualTo(1);
        assertThat(first.line()).isEqualTo(11);
        assertThat(first.price()).isEqualTo(Price.of(Money.dollars("0.30")));
        assertThat(first.request().aspectRatio()).contains(AspectRatio.R16X9);
        assertThat(first.request().prompt())
                .startsWith("Slow dolly around a sage green stoneware mug on a walnut table, first light")
                .doesNotContain("\n");
    }

    @Test
    void steps_cannot_go_on_at_another_account_than_they_began_at() {
        String steps = "steps:\n  - {id: hero, operation: generate, prompt: A mug, aspectRatio: \"1:1\"}\n"
                + "  - {id: fit, operation: reframe, source: hero, prompt: Wider, aspectRatio: \"16:9\"}\n";
        Planner steppy = Manifests.stepPlanner(ledger, Manifests.settings());

        assertThat(steppy.plan(Manifests.source("campaign: spring\n" + steps))).isInstanceOf(PlanResult.Accepted.class);
        assertThat(steppy.plan(Manifests.source("campaign: spring\nprovider: gmi\n" + steps)))
                .isInstanceOfSatisfying(PlanResult.Rejected.class, rejected -> assertThat(rejected.violations())
                        .extracting(Violation::rule)
                        .contains("R111"));
        assertThat(steppy.plan(Manifests.source("campaign: autumn\nprovider: gmi\n" + steps)))
                .isInstanceOf(PlanResult.Accepted.class);
    }

    @Test
    void the_revision_carries_what_the_manifest_says() {
        String text =
                """
                campaign: spring
                budget: 12.5
                priority: rush
                stopAfterFailures: 3
                prompt: A mug
                """;
        planner.plan(Manifests.source(text));

        assertThat(ledger.drafts)
                .containsExactly(new NewRevision(
                        "spring",
                        ProviderName.LUMA,
                        "luma",
                        Money.dollars("12.50"),
                        Priority.RUSH,
                        3,
                        ManifestDigest.of(Manifests.source(text)),
                        "test.yaml",
                        text));
        assertThat(ledger.closed).isEqualTo(1);
    }

    @Test
    void the_same_manifest_again_is_answered_from_the_ledger() {
        ManifestSource source = Manifests.source("campaign: spring\nprompt: A mug\n");
        planner.plan(source);

        assertThat(planner.plan(source)).isEqualTo(new PlanResult.Repeated(ledger.accepted.get(0)));
        assertThat(ledger.drafts).hasSize(1);
    }

    @Test
    void a_further_generation_is_planned_although_the_manifest_is_known() {
        ManifestSource source = Manifests.source("campaign: spring\nprompt: A mug\n");
        planner.plan(source);

        assertThat(planner.plan(source, 2)).isInstanceOf(PlanResult.Accepted.class);
        assertThat(ledger.renders()).extracting(PlannedRender::generation).containsExactly(1, 2);
        assertThatThrownBy(() -> planner.plan(source, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0");
    }

    @Test
    void nothing_reaches_the_ledger_of_a_manifest_with_one_error() {
        PlanResult result =
                planner.plan(Manifests.source("campaign: spring\nprompt: A mug\nmatrix: { take: [1, 1] }\n"));

        assertThat(result).isInstanceOfSatisfying(PlanResult.Rejected.class, rejected -> {
            assertThat(rejected.campaign()).contains("spring");
            assertThat(rejected.violations()).hasSize(1);
        });
        assertThat(ledger.drafts).isEmpty();
    }

    @Test
    void large_plans_are_written_in_batches() {
        String takes = IntStream.rangeClosed(1, 7500).mapToObj(String::valueOf).collect(Collectors.joining(", "));
        planner.plan(Manifests.source("campaign: many\nprompt: A mug {{take}}\nmatrix: { take: [" + takes + "] }\n"));

        assertThat(ledger.batches).extracting(List::size).containsExactly(5000, 2500);
        assertThat(ledger.renders()).extracting(PlannedRender::fingerprint).doesNotHaveDuplicates();
    }

    @Test
    void an_exr_reserves_both_of_the_names_that_it_may_take() {
        planner.plan(Manifests.source("campaign: spring\nprompt: A mug\nhdr: true\nexrExport: true\n"));

        assertThat(ledger.renders().get(0).outputs())
                .containsExactly(
                        new PlannedOutput(OutputKind.VIDEO, Manifests.RENDERS, "spring/generate.mp4", ""),
                        new PlannedOutput(
                                OutputKind.EXR, Manifests.RENDERS, "spring/generate.exr", "spring/generate.zip"));
    }
}

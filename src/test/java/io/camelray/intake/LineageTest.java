package io.camelray.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelray.ledger.PlanningLedger.Parent;
import io.camelray.ledger.PlanningLedger.PlannedRender;
import io.camelray.model.Violation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class LineageTest {

    private static final String CHAIN =
            """
            campaign: spring
            matrix: { sku: [a, b] }
            steps:
              - { id: hero, operation: generate, prompt: "Mug {{sku}}" }
              - { id: mood, operation: edit, source: hero, prompt: Rain, edit: { autoControls: true } }
              - { id: fit, operation: reframe, source: mood, prompt: Wider, aspectRatio: "1:1" }
            """;

    @Test
    void a_fingerprint_changes_with_whatever_comes_before_it_and_with_nothing_else() {
        Map<String, String> before = fingerprints(CHAIN);
        Map<String, String> after =
                fingerprints(CHAIN.replace("Mug {{sku}}", "{{sku}}").replace("sku: [a, b]", "sku: [a, Mug b]"));

        assertThat(before.values()).doesNotHaveDuplicates().hasSize(6);
        assertThat(List.of("hero a", "mood a", "fit a"))
                .allSatisfy(render -> assertThat(after.get(render)).isNotEqualTo(before.get(render)));
        assertThat(after.get("hero Mug-b")).isEqualTo(before.get("hero b"));
        assertThat(after.get("fit Mug-b")).isEqualTo(before.get("fit b"));
        assertThat(fingerprints(CHAIN.replace("Rain", "Snow")))
                .containsEntry("hero a", before.get("hero a"))
                .doesNotContainEntry("mood a", before.get("mood a"))
                .doesNotContainEntry("fit a", before.get("fit a"));
    }

    @Test
    void equal_requests_that_start_from_different_clips_are_not_the_same() {
        assertThat(warnings(CHAIN)).isEmpty();
        assertThat(warnings(CHAIN.replace("Mug {{sku}}", "Mug"))).contains("R110");
    }

    @Test
    void a_step_may_go_between_two_others_and_each_is_a_parent() {
        List<PlannedRender> renders = Manifests.renders(
                """
                campaign: spring
                provider: gmi
                steps:
                  - { id: one, operation: generate, prompt: A mug }
                  - { id: two, operation: generate, prompt: A cup }
                  - { id: morph, operation: generate, prompt: Between, startFrame: one, endFrame: two }
                  - { id: same, operation: generate, prompt: Between, startFrame: one, endFrame: one }
                """);

        assertThat(renders.get(2).parents()).containsExactly(new Parent("one", "{}"), new Parent("two", "{}"));
        assertThat(renders.get(3).parents()).containsExactly(new Parent("one", "{}"));
    }

    @Test
    @Timeout(30)
    void many_steps_that_each_start_from_two_others_are_planned_in_no_time() {
        StringBuilder text = new StringBuilder("campaign: spring\nprovider: gmi\nbudget: 1000\nmatrix: { take: ["
                + IntStream.range(0, 20).mapToObj(String::valueOf).collect(Collectors.joining(", "))
                + "] }\nsteps:\n");
        for (int i = 0; i < 50; i++) {
            text.append("  - { id: s" + i + ", operation: generate, prompt: '{{take}}'"
                    + (i < 2 ? "" : ", startFrame: s" + (i - 1) + ", endFrame: s" + (i - 2)) + " }\n");
        }

        List<PlannedRender> renders = Manifests.renders(text.toString());
        assertThat(renders).hasSize(1000);
        assertThat(renders.subList(20, 1000))
                .extracting(PlannedRender::fingerprint)
                .doesNotHaveDuplicates();
        assertThat(renders.get(999).parents())
                .containsExactly(new Parent("s48", "{\"take\":\"19\"}"), new Parent("s47", "{\"take\":\"19\"}"));
    }

    @Test
    void provider_and_account_belong_together() {
        PlanningSettings settings = Manifests.settings();
        String head = "campaign: spring\nprompt: A mug\n";

        assertThat(Manifests.errors(Manifests.source(head + "provider: gmi\n"), settings))
                .isEmpty();
        assertThat(Manifests.errors(Manifests.source(head + "provider: gmi\naccount: cloud\n"), settings))
                .isEmpty();
        assertThat(Manifests.errors(Manifests.source(head + "provider: gmi\naccount: luma\n"), settings))
                .extracting(Violation::message)
                .containsExactly("Account 'luma' is not one at provider 'gmi'.");
        assertThat(Manifests.errors(Manifests.source(head + "provider: replicate\n"), settings))
                .extracting(Violation::message)
                .containsExactly("There is no account for provider 'replicate'.");
    }

    private static Map<String, String> fingerprints(String text) {
        Map<String, String> fingerprints = new LinkedHashMap<>();
        Manifests.renders(text)
                .forEach(render -> fingerprints.put(render.step() + " " + render.label(), render.fingerprint()));
        return fingerprints;
    }

    private static List<String> warnings(String text) {
        return Manifests.stepPlanner(new RecordingLedger(), Manifests.settings())
                .preview(Manifests.source(text))
                .violations()
                .stream()
                .filter(violation -> !violation.refuses())
                .map(Violation::rule)
                .toList();
    }
}

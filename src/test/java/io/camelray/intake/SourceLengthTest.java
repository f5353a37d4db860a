package io.camelray.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelray.model.SourceLength;
import io.camelray.pricing.TestPrices;
import io.camelray.rules.RuleBook;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SourceLengthTest {

    private static final String STEPS =
            """
            campaign: spring
            provider: %s
            steps:
              - { id: hero, operation: generate, prompt: A mug, duration: 10s }
              - { id: more, operation: extend, source: hero, prompt: On }
              - { id: again, operation: edit, source: hero, prompt: Rain, edit: { autoControls: true } }
              - { id: fit, operation: reframe, source: again, prompt: Wider, aspectRatio: "1:1" }
              - { id: long, operation: edit, source: more, prompt: Rain, edit: { autoControls: true } }
              - { id: old, operation: edit, source: "generation:x", prompt: Rain, edit: { autoControls: true } }
              - { id: other, operation: reframe, source: "generation:x", prompt: Wider, aspectRatio: "1:1" }
            """;

    @Test
    void an_edit_and_a_reframe_are_as_long_as_the_step_that_they_start_from() {
        List<SourceLength> lengths = lengths("luma");
        double frame = 1.0 / 24;

        assertThat(lengths.get(0)).isEqualTo(SourceLength.NONE);
        assertThat(lengths.get(1)).isEqualTo(SourceLength.nominal(10));
        assertThat(lengths.get(2)).isEqualTo(SourceLength.nominal(10));
        assertThat(lengths.get(3)).isEqualTo(SourceLength.nominal(10));
        assertThat(lengths.get(4)).isEqualTo(new SourceLength(5, 10 + frame + 5, true));
    }

    @Test
    void a_source_from_elsewhere_is_as_long_as_it_may_be() {
        assertThat(lengths("luma").subList(5, 7)).containsExactly(SourceLength.unknown(18), SourceLength.unknown(30));
        assertThat(lengths("gmi").subList(5, 7)).containsExactly(SourceLength.unknown(30), SourceLength.unknown(30));
    }

    private static List<SourceLength> lengths(String provider) {
        PlanCheck.Plan plan = plan(STEPS.formatted(provider));
        return plan.campaign().steps().stream()
                .map(step -> plan.variants().read(step, new Cell(0, new int[0]), new Violations()))
                .map(variant -> variant.origin().length())
                .toList();
    }

    private static PlanCheck.Plan plan(String text) {
        try {
            return new PlanCheck(Manifests.settings(), RuleBook.standard(), TestPrices.everyOperation(), PlanMedia.NONE)
                    .check(ManifestReader.read(Manifests.source(text)), Optional.empty())
                    .plan()
                    .orElseThrow();
        } catch (UnreadableManifestException e) {
            throw new AssertionError(e);
        }
    }
}

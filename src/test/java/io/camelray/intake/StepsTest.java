package io.camelray.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelray.ledger.PlanningLedger.Parent;
import io.camelray.ledger.PlanningLedger.PlannedOutput;
import io.camelray.ledger.PlanningLedger.PlannedRender;
import io.camelray.model.AspectRatio;
import io.camelray.model.Direction;
import io.camelray.model.EditControls;
import io.camelray.model.MediaRef;
import io.camelray.model.Money;
import io.camelray.model.Operation;
import io.camelray.model.Place;
import io.camelray.model.Violation;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StepsTest {

    private static final String CHAIN =
            """
            campaign: spring
            matrix:
              sku: [a, b]
              aspectRatio: ["16:9", "1:1"]
            steps:
              - { id: hero, operation: generate, each: [sku], prompt: "Mug {{sku}}", aspectRatio: "16:9" }
              - { id: fit, operation: reframe, source: hero, prompt: Wider }
            """;

    @Test
    void the_sample_makes_one_hero_and_one_edit_per_mug_and_a_reframe_per_ratio() throws Exception {
        List<PlannedRender> renders = Manifests.renders(
                ManifestSource.of(Path.of("config/campaigns/spring-mugs-steps.yaml")), Manifests.settings());

        assertThat(renders)
                .extracting(render -> render.step() + " " + render.label())
                .containsExactly(
                        "hero mug-01",
                        "hero mug-02",
                        "mood mug-01",
                        "mood mug-02",
                        "fit mug-01_9x16",
                        "fit mug-01_1x1",
                        "fit mug-01_4x3",
                        "fit mug-02_9x16",
                        "fit mug-02_1x1",
                        "fit mug-02_4x3");
        assertThat(renders.subList(0, 2))
                .allMatch(render -> render.request().aspectRatio().equals(Optional.of(AspectRatio.R16X9)));
        assertThat(renders.get(2).request().edit()).contains(EditControls.AUTO);
        assertThat(renders.get(5).parents()).containsExactly(new Parent("mood", "{\"sku\":\"mug-01\"}"));
        assertThat(renders.get(9).parents()).containsExactly(new Parent("mood", "{\"sku\":\"mug-02\"}"));
        assertThat(renders.get(2).parents()).containsExactly(new Parent("hero", "{\"sku\":\"mug-01\"}"));
        assertThat(renders)
                .flatExtracting(PlannedRender::outputs)
                .extracting(PlannedOutput::key)
                .hasSize(6)
                .startsWith("spring-mugs-steps/mug-01/mug-01_9x16_720p.mp4");
    }

    @Test
    void a_child_is_joined_to_the_source_cell_with_the_same_values() {
        List<PlannedRender> renders = Manifests.renders(CHAIN);

        assertThat(renders).extracting(PlannedRender::ordinal).containsExactly(0, 1, 2, 3, 4, 5);
        assertThat(renders.subList(0, 2)).allMatch(render -> render.parents().isEmpty());
        assertThat(renders.subList(2, 6))
                .extracting(render -> render.cell() + " from " + render.parents())
                .containsExactly(
                        "{\"sku\":\"a\",\"aspectRatio\":\"16:9\"} from [Parent[step=hero, cell={\"sku\":\"a\"}]]",
                        "{\"sku\":\"a\",\"aspectRatio\":\"1:1\"} from [Parent[step=hero, cell={\"sku\":\"a\"}]]",
                        "{\"sku\":\"b\",\"aspectRatio\":\"16:9\"} from [Parent[step=hero, cell={\"sku\":\"b\"}]]",
                        "{\"sku\":\"b\",\"aspectRatio\":\"1:1\"} from [Parent[step=hero, cell={\"sku\":\"b\"}]]");
        assertThat(renders.get(2).request().operation()).isEqualTo(Operation.REFRAME);
        assertThat(renders.get(2).request().source()).contains(new MediaRef.Step("hero"));
        assertThat(renders).extracting(PlannedRender::line).containsExactly(6, 6, 7, 7, 7, 7);
    }

    @Test
    void a_step_over_no_axes_is_one_render_without_a_cell() {
        List<PlannedRender> renders = Manifests.renders(
                """
                campaign: spring
                matrix: { sku: [a, b] }
                steps:
                  - { id: stage, operation: generate, each: [], prompt: A table, deliver: true }
                  - { id: mug, operation: edit, source: stage, prompt: "A {{sku}} on it", edit: { strength: flex_1 } }
                """);

        assertThat(renders).extracting(PlannedRender::cell).containsExactly("{}", "{\"sku\":\"a\"}", "{\"sku\":\"b\"}");
        assertThat(renders.get(0).outputs()).extracting(PlannedOutput::key).containsExactly("spring/stage.mp4");
        assertThat(renders.get(2).outputs()).extracting(PlannedOutput::key).containsExactly("spring/b/mug.mp4");
        assertThat(renders.get(2).parents()).containsExactly(new Parent("stage", "{}"));
    }

    @ParameterizedTest(name = "hero delivers {0}, fit delivers {1}: {2} and {3}")
    @CsvSource({"'', '', 0, 4", "true, '', 2, 4", "'', false, 0, 0", "true, false, 2, 0"})
    void delivered_are_the_steps_that_no_other_uses_unless_a_step_says_otherwise(
            String hero, String fit, int heroes, int fits) {
        String text = CHAIN.replace("id: hero", "id: hero" + (hero.isEmpty() ? "" : ", deliver: " + hero))
                .replace("id: fit", "id: fit" + (fit.isEmpty() ? "" : ", deliver: " + fit));
        List<PlannedRender> renders = Manifests.renders(text);

        assertThat(renders.subList(0, 2).stream()
                        .mapToInt(render -> render.outputs().size())
                        .sum())
                .isEqualTo(heroes);
        assertThat(renders.subList(2, 6).stream()
                        .mapToInt(render -> render.outputs().size())
                        .sum())
                .isEqualTo(fits);
    }

    @Test
    void a_campaign_that_delivers_nothing_is_warned_of() {
        String text = CHAIN.replace("id: fit", "id: fit, deliver: false")
                .replace("aspectRatio: \"16:9\"", "aspectRatio: \"9:16\"");

        assertThat(Manifests.stepPlanner(new RecordingLedger(), Manifests.settings())
                        .preview(Manifests.source(text))
                        .violations())
                .singleElement()
                .satisfies(violation -> assertThat(violation.message()).startsWith("No step is delivered"));
    }

    @Test
    void two_renders_of_different_steps_cannot_have_one_key() {
        String text = CHAIN.replace("id: hero", "id: hero, deliver: true") + "deliver: { key: '{{sku}}.{{ext}}' }\n";

        assertThat(Manifests.onlyError(text)).satisfies(violation -> {
            assertThat(violation.rule()).isEqualTo("key");
            assertThat(violation.message())
                    .startsWith("'a' of step 'hero' and 'a_16x9' of step 'fit'")
                    .contains("'a.mp4'");
            assertThat(violation.remedy()).contains("{{step}}");
            assertThat(violation.place()).isEqualTo(new Place("/deliver/key", 8, 17));
        });
        assertThat(Manifests.errors(text.replace("{{sku}}.", "{{step}}/{{cell}}.")))
                .isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "source: herro  | There is no step 'herro', and no file of that name beside the manifest. | Did you mean 'hero'?",
                "source: fit    | Step 'fit' starts from itself: fit → fit.                      | Start from an earlier step.",
                "source: later  | Step 'fit' starts from 'later', which comes later: fit → later. | Move 'later' before 'fit'.",
                "source: round  | The steps go round in a circle: fit → round → fit.             | Start from an earlier step.",
                "source: takes  | Step 'takes' fans out over 'take' and 'fit' does not, so it cannot be told which result to start from. | Add 'take' to each of 'fit'."
            })
    void a_source_that_cannot_be_joined_is_told_where_it_stands(String source, String message, String remedy) {
        String text =
                """
                campaign: spring
                matrix: { sku: [a], take: [1, 2] }
                steps:
                  - { id: hero, operation: generate, each: [sku], prompt: "Mug {{sku}}" }
                  - { id: takes, operation: generate, prompt: "Mug {{sku}} {{take}}" }
                  - id: fit
                    operation: reframe
                    each: [sku]
                    %s
                    prompt: Wider
                    aspectRatio: "1:1"
                  - { id: later, operation: generate, each: [sku], prompt: "Cup {{sku}}" }
                %s
                """
                        .formatted(
                                source,
                                source.endsWith("round")
                                        ? "  - { id: round, operation: edit, each: [sku], source: fit, prompt: X, edit: { autoControls: true } }"
                                        : "");

        assertThat(Manifests.onlyError(text)).satisfies(violation -> {
            assertThat(violation.message()).isEqualTo(message);
            assertThat(violation.remedy()).isEqualTo(remedy);
            assertThat(violation.place()).isEqualTo(new Place("/steps/2/source", 9, 13));
        });
    }

    @Test
    void each_names_axes_that_there_are_and_each_once() {
        assertThat(Manifests.onlyError(
                        CHAIN.replace("each: [sku]", "each: [skuu]").replace("{{sku}}", "")))
                .satisfies(violation -> {
                    assertThat(violation.message()).isEqualTo("There is no axis 'skuu' to fan out over.");
                    assertThat(violation.remedy()).isEqualTo("Did you mean 'sku'?");
                    assertThat(violation.place()).isEqualTo(new Place("/steps/0/each/0", 6, 45));
                });
        assertThat(Manifests.onlyError(CHAIN.replace("each: [sku]", "each: [sku, sku]"))
                        .message())
                .isEqualTo("Axis 'sku' is named twice.");
    }

    @Test
    void a_template_cannot_name_an_axis_that_the_step_does_not_fan_out_over() {
        assertThat(Manifests.onlyError(CHAIN.replace("Mug {{sku}}", "Mug {{sku}} {{aspectRatio}} {{take}}")
                        .replace("sku: [a, b]", "sku: [a, b]\n  take: [1]")))
                .satisfies(violation -> assertThat(violation.message())
                        .isEqualTo("{{take}} resolves to nothing: step 'hero' does not fan out over axis 'take'."
                                + " (in 2 variants, the first is 'a')"));
    }

    @Test
    void the_fields_of_steps_do_not_stand_beside_them() {
        assertThat(Manifests.onlyError(CHAIN + "prompt: A mug\n")).satisfies(violation -> {
            assertThat(violation.rule()).isEqualTo("steps");
            assertThat(violation.place()).isEqualTo(new Place("/prompt", 8, 1));
        });
    }

    @Test
    void two_steps_cannot_have_one_id() {
        assertThat(Manifests.errors(CHAIN.replace("id: fit", "id: hero")))
                .extracting(violation -> violation.message())
                .contains("There are two steps called 'hero'.");
    }

    @Test
    void a_step_has_an_id_and_an_operation_and_no_fields_of_its_own_making() {
        assertThat(Manifests.onlyError(CHAIN.replace("operation: generate, ", ""))
                        .message())
                .isEqualTo("'operation' is missing in 'steps.0'.");
        assertThat(Manifests.onlyError(CHAIN.replace("operation: reframe, ", ""))
                        .message())
                .isEqualTo("'operation' is missing in 'steps.1'.");
        assertThat(Manifests.onlyError(CHAIN.replace("prompt: Wider", "prompt: Wider, eatch: [sku]")))
                .satisfies(violation -> {
                    assertThat(violation.rule()).isEqualTo("unknown-field");
                    assertThat(violation.remedy()).isEqualTo("Did you mean 'each'?");
                });
        assertThat(Manifests.onlyError(CHAIN.replace("operation: reframe", "operation: refraim"))
                        .remedy())
                .isEqualTo("Did you mean 'reframe'? Use one of generate, extend, edit, reframe.");
    }

    @Test
    void an_extension_goes_forward_unless_it_says_otherwise() {
        String text =
                """
                campaign: spring
                steps:
                  - { id: hero, operation: generate, prompt: A mug }
                  - { id: more, operation: extend, source: hero, prompt: On }
                  - { id: before, operation: extend, source: more, direction: backward, prompt: Before }
                """;

        assertThat(Manifests.renders(text))
                .extracting(render -> render.request().direction().orElse(null))
                .containsExactly(null, Direction.FORWARD, Direction.BACKWARD);
    }

    @Test
    void every_step_is_priced_and_shown_by_itself() {
        PlanPreview preview = Manifests.stepPlanner(new RecordingLedger(), Manifests.settings())
                .preview(Manifests.source(CHAIN));

        assertThat(preview.variants()).isEqualTo(4);
        assertThat(preview.renders()).isEqualTo(6);
        assertThat(preview.price().expected()).isEqualTo(Money.dollars("2.20"));
        assertThat(preview.lines())
                .extracting(line -> line.step() + " " + line.operation().label() + " " + line.renders() + " "
                        + line.price().expected())
                .containsExactly("hero generate 2 $0.60", "fit reframe 2 $0.80", "fit reframe 2 $0.80");
    }

    @Test
    void all_steps_together_count_against_the_limit() {
        assertThat(Manifests.onlyError(CHAIN + "maxRenders: 5\n").message())
                .isEqualTo("The matrix makes 6 renders, for about $2.20; at most 5 are allowed.");
        assertThat(Manifests.errors(CHAIN + "maxRenders: 6\n")).isEmpty();
    }

    @Test
    void axes_that_no_step_fans_out_over_make_no_renders_however_many_there_are() {
        StringBuilder text = new StringBuilder("campaign: spring\nmatrix:\n  sku: [a, b]\n");
        for (int i = 0; i < 18; i++) {
            text.append("  a").append(i).append(": [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]\n");
        }
        text.append("  exclude: [ { sku: a, a3: 1 }, { a4: 2 } ]\n");
        text.append("steps: [ { id: hero, operation: generate, each: [sku], prompt: '{{sku}}' } ]\n");

        assertThat(Manifests.renders(text.toString()))
                .extracting(PlannedRender::label)
                .containsExactly("a", "b");
    }

    @Test
    @Timeout(30)
    void excludes_that_are_a_riddle_are_refused_instead_of_being_pondered_for_ever() {
        StringBuilder text = new StringBuilder("campaign: spring\nmatrix:\n  sku: [a, b]\n");
        for (int i = 0; i < 18; i++) {
            text.append("  a").append(i).append(": [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]\n");
        }
        text.append("  exclude:\n");
        for (int i = 0; i < 10; i++) {
            text.append("    - { sku: b, a17: ").append(i).append(" }\n");
        }
        text.append("steps: [ { id: hero, operation: generate, each: [sku], prompt: '{{sku}}' } ]\n");
        String simple = text.toString();
        String riddle = simple.replace(
                "  exclude:\n",
                "  exclude:\n"
                        + IntStream.range(0, 17)
                                .mapToObj(i -> "    - { sku: b, a" + i + ": 0 }\n")
                                .collect(Collectors.joining()));

        assertThat(Manifests.renders(simple)).extracting(PlannedRender::label).containsExactly("a");
        assertThat(Manifests.errors(riddle))
                .extracting(Violation::message)
                .contains("The excludes are too intricate to tell what they leave for step 'hero'.");
    }
}

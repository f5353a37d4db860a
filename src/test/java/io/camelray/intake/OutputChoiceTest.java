package io.camelray.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.camelray.ledger.PlanningLedger.PlannedOutput;
import io.camelray.ledger.PlanningLedger.PlannedRender;
import io.camelray.model.OutputKind;
import io.camelray.model.Place;
import io.camelray.model.Severity;
import io.camelray.model.Violation;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a plan makes of {@code deliver.outputs}; what it refuses is among the bad manifests. */
class OutputChoiceTest {

    private static final String SDR = "campaign: spring\nprompt: A mug\n";
    private static final String EXR = SDR + "hdr: true\nexrExport: true\n";

    private static List<PlannedRender> renders(String text) {
        RecordingLedger ledger = new RecordingLedger();
        assertThat(Manifests.planner(ledger).plan(Manifests.source(text))).isInstanceOf(PlanResult.Accepted.class);
        return ledger.renders();
    }

    private static List<PlannedOutput> outputs(String text) {
        return renders(text).get(0).outputs();
    }

    @Test
    void without_a_choice_the_video_comes_and_the_exr_where_there_is_one_and_nothing_is_said() {
        assertThat(outputs(SDR)).extracting(PlannedOutput::kind).containsExactly(OutputKind.VIDEO);
        assertThat(outputs(EXR)).extracting(PlannedOutput::kind).containsExactly(OutputKind.VIDEO, OutputKind.EXR);
        assertThat(Manifests.violations(SDR)).isEmpty();
        assertThat(Manifests.violations(EXR))
                .noneMatch(violation -> violation.rule().equals("outputs"));
    }

    @Test
    void both_names_of_an_exr_and_of_a_thumbnail_are_reserved() {
        assertThat(outputs(EXR + "provider: gmi\ndeliver: { outputs: [thumbnail, exr] }\n"))
                .extracting(PlannedOutput::kind, PlannedOutput::key, PlannedOutput::alternateKey)
                .containsExactly(
                        tuple(OutputKind.EXR, "spring/generate.exr", "spring/generate.zip"),
                        tuple(OutputKind.THUMBNAIL, "spring/generate.jpg", "spring/generate.png"));
    }

    @Test
    void the_choice_is_no_part_of_what_a_render_is() {
        String chosen = SDR + "deliver: { outputs: [video, exr, thumbnail] }\n";

        assertThat(renders(chosen).get(0).fingerprint())
                .isEqualTo(renders(SDR).get(0).fingerprint());
    }

    @Test
    void an_exr_that_is_paid_for_and_not_delivered_is_a_warning() {
        Violation warning = onlyOfOutputs(EXR + "deliver: { outputs: [video] }\n");

        assertThat(warning.severity()).isEqualTo(Severity.WARNING);
        assertThat(warning.place()).isEqualTo(new Place("/deliver/outputs", 5, 21));
        assertThat(warning.message()).startsWith("An EXR is made and paid for, and not delivered");
        assertThat(warning.remedy()).contains("exrExport, which costs less");
    }

    @Test
    void an_exr_that_is_asked_for_and_never_made_is_a_warning() {
        Violation warning = onlyOfOutputs(SDR + "deliver: { outputs: [video, exr] }\n");

        assertThat(warning.severity()).isEqualTo(Severity.WARNING);
        assertThat(warning.place()).isEqualTo(new Place("/deliver/outputs/1", 3, 29));
        assertThat(warning.message()).isEqualTo("An EXR is asked for, and no render makes one.");
    }

    @Test
    void an_exr_that_only_some_variants_make_is_as_it_should_be() {
        assertThat(Manifests.violations(SDR
                        + "matrix: { take: [a, b], include: [{ take: a, hdr: true, exrExport: true }] }\n"
                        + "deliver: { outputs: [video, exr] }\n"))
                .noneMatch(violation -> violation.rule().equals("outputs"));
    }

    @Test
    void a_thumbnail_of_a_provider_that_is_not_known_to_give_any_is_a_warning() {
        String asked = SDR + "deliver: { outputs: [video, thumbnail] }\n";

        assertThat(onlyOfOutputs(asked).message()).startsWith("Provider 'luma' is not known to give thumbnails");
        assertThat(Manifests.violations(asked + "provider: gmi\n"))
                .noneMatch(violation -> violation.rule().equals("outputs"));
    }

    @Test
    void a_draft_always_delivers_its_video() {
        assertThat(renders(EXR + "resolution: 720p\ndraft: true\ndeliver: { outputs: [exr] }\n"))
                .extracting(PlannedRender::draft, render -> render.outputs().stream()
                        .map(PlannedOutput::key)
                        .toList())
                .containsExactly(
                        tuple(true, List.of("drafts/spring/generate.mp4")),
                        tuple(false, List.of("spring/generate.exr")));
    }

    @Test
    void steps_that_others_start_from_deliver_nothing_whatever_is_asked_for() {
        String steps =
                """
                campaign: spring
                steps:
                  - { id: base, operation: generate, prompt: A mug, aspectRatio: "16:9", hdr: true, exrExport: true }
                  - { id: cut, operation: edit, source: base, prompt: A cup, edit: { autoControls: true } }
                deliver: { outputs: [video] }
                """;

        assertThat(renders(steps)).extracting(render -> render.outputs().size()).containsExactly(0, 1);
        assertThat(Manifests.violations(steps))
                .noneMatch(violation -> violation.rule().equals("outputs"));
    }

    private static Violation onlyOfOutputs(String text) {
        List<Violation> told = Manifests.violations(text).stream()
                .filter(violation -> violation.rule().equals("outputs"))
                .toList();
        assertThat(told).hasSize(1);
        return told.get(0);
    }
}

package io.camelray.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelray.ledger.PlanningLedger.PlannedOutput;
import io.camelray.ledger.PlanningLedger.PlannedRender;
import io.camelray.model.Money;
import io.camelray.model.Resolution;
import io.camelray.model.Violation;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Drafts before the full renders, undo windows, and the sheets that approve. */
class DraftsTest {

    private static final String CHAIN =
            """
            campaign: spring
            draft: true
            defaults: { resolution: 1080p }
            matrix: { sku: [a, b] }
            steps:
              - { id: hero, operation: generate, prompt: "Mug {{sku}}", aspectRatio: "16:9", hdr: true, exrExport: true }
              - { id: fit, operation: reframe, source: hero, prompt: Wider, aspectRatio: "1:1" }
              - { id: on, operation: extend, source: hero, prompt: Further }
            """;

    @Test
    void every_step_is_planned_as_a_draft_first_at_the_least_quality_and_again_as_it_is_meant() {
        List<PlannedRender> renders = Manifests.renders(CHAIN.replace(", hdr: true, exrExport: true", ""));

        assertThat(renders)
                .extracting(render -> (render.draft() ? "draft " : "") + render.step() + " " + render.label() + " "
                        + render.request().resolution().label())
                .containsExactly(
                        "draft hero a 360p",
                        "draft hero b 360p",
                        "draft fit a 360p",
                        "draft fit b 360p",
                        "draft on a 540p",
                        "draft on b 540p",
                        "hero a 1080p",
                        "hero b 1080p",
                        "fit a 1080p",
                        "fit b 1080p",
                        "on a 1080p",
                        "on b 1080p");
        assertThat(renders).extracting(PlannedRender::fingerprint).doesNotHaveDuplicates();
        assertThat(renders)
                .flatExtracting(PlannedRender::outputs)
                .extracting(PlannedOutput::key)
                .startsWith("drafts/spring/a/fit.mp4")
                .endsWith("spring/b/on.mp4");
    }

    @Test
    void a_draft_has_no_wide_range_and_no_exr_and_is_priced_apart() {
        String text =
                "campaign: spring\ndraft: true\nhold: 5m\nprompt: A mug\nresolution: 720p\nhdr: true\nexrExport: true\n";
        PlanPreview preview = Manifests.preview(text);
        RecordingLedger ledger = new RecordingLedger();
        Manifests.planner(ledger).plan(Manifests.source(text));

        PlannedRender draft = ledger.renders().get(0);
        assertThat(draft.request().hdr() || draft.request().exrExport()).isFalse();
        assertThat(draft.outputs()).hasSize(1);
        assertThat(ledger.renders().get(1).outputs()).hasSize(2);
        assertThat(preview.draftPrice()).isEqualTo(draft.price());
        assertThat(preview.price())
                .isEqualTo(draft.price().plus(ledger.renders().get(1).price()));
        assertThat(preview.hold()).isEqualTo(Duration.ofMinutes(5));
        assertThat(ledger.drafts.get(0).draft()).isTrue();
        assertThat(ledger.drafts.get(0).hold()).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void where_there_are_no_drafts_of_360p_they_have_the_lowest_resolution_that_there_is() {
        RecordingLedger ledger = new RecordingLedger();
        Manifests.planner(ledger)
                .plan(Manifests.source("campaign: spring\nprovider: gmi\ndraft: true\nprompt: A mug\n"));

        assertThat(ledger.renders())
                .extracting(render -> render.request().resolution())
                .containsExactly(Resolution.P540, Resolution.P720);
    }

    @Test
    void the_budget_is_checked_for_drafts_and_all_that_could_be_approved() {
        Money both = Manifests.preview("campaign: spring\ndraft: true\nprompt: A mug\n")
                .price()
                .expected();
        String tight = "campaign: spring\ndraft: true\nprompt: A mug\nbudget: " + both.toDollars();

        assertThat(Manifests.preview(tight).violations()).isEmpty();
        assertThat(Manifests.preview(tight.replaceFirst("budget: .*", "budget: 0.01"))
                        .violations())
                .extracting(Violation::rule)
                .contains("R109");
    }

    @Test
    void a_draft_of_what_asks_for_no_more_is_a_warning() {
        assertThat(Manifests.preview("campaign: spring\ndraft: true\nprompt: A mug\nresolution: 360p\n")
                        .violations())
                .singleElement()
                .satisfies(warning -> assertThat(warning.message()).contains("draft", "exactly the same"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "5 m", "-5m", "5min", "8d", "99999999s", "1w"})
    void a_hold_that_is_no_time_or_too_long_is_refused(String hold) {
        assertThat(Manifests.preview("campaign: spring\nprompt: A mug\nhold: \"" + hold + "\"\n")
                        .violations())
                .filteredOn(Violation::refuses)
                .singleElement()
                .satisfies(refusal -> assertThat(refusal.message()).contains("hold"));
    }

    private static final String HEADER = "campaign,render,variant,step,state,price,object,draft object,approve";

    private static ApprovalSheet.Reading read(String text) {
        return ApprovalSheet.read(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void a_sheet_is_read_whatever_a_spreadsheet_made_of_it() {
        String text = "\uFEFF" + "Approve;campaign;render;variant;step;state;price;object;draft object\r\n"
                + "X;spring;R5;\"a;\nb\";hero;held;0,30;;\r\n ;spring;R6;c;hero;held;;;\r\nNO;spring;R7;;;;;;\r\n";

        assertThat(ApprovalSheet.isOne(text.getBytes(StandardCharsets.UTF_8))).isTrue();
        assertThat(read(text).violations()).isEmpty();
        assertThat(read(text).decisions())
                .extracting(decision -> decision.render() + " " + decision.approve())
                .containsExactly("R5 true", "R7 false");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    spring,R5,a,hero,held,1,,,perhaps           | neither yes nor no
                    spring,5,a,hero,held,1,,,yes                | is no render
                    Spring!,R5,a,hero,held,1,,,yes              | is no campaign
                    spring,R5,a,hero,held,1,,,                  | No line says
                    spring,R5,"a"b,hero,held,1,,,yes            | not CSV
                    """)
    void a_sheet_with_a_mistake_is_refused_with_its_place(String row, String message) {
        assertThat(read(HEADER + "\n" + row + "\n").violations())
                .singleElement()
                .satisfies(refusal -> {
                    assertThat(refusal.message()).contains(message);
                    assertThat(refusal.place().line()).isPositive();
                });
    }

    @Test
    void a_sheet_that_says_both_of_one_render_is_refused() {
        assertThat(read(HEADER + "\nspring,R5,,,,,,,yes\nspring,R5,,,,,,,no\n").violations())
                .singleElement()
                .satisfies(refusal -> {
                    assertThat(refusal.message()).contains("R5 is approved and rejected");
                    assertThat(refusal.place().line()).isEqualTo(3);
                });
    }
}

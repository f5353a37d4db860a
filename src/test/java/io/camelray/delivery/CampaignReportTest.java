package io.camelray.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.camelray.ledger.DeliveryLedger.FailedRevision;
import io.camelray.ledger.LedgerViews.CampaignStatus;
import io.camelray.model.Failure;
import io.camelray.model.FailureClass;
import io.camelray.model.HoldReason;
import io.camelray.model.Money;
import io.camelray.model.OutputKind;
import io.camelray.model.RenderState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CampaignReportTest {

    private static final Clock CLOCK = Clock.fixed(Renders.PLANNED.plusSeconds(600), ZoneOffset.UTC);

    @TempDir
    Path home;

    private final RecordingLedger ledger = new RecordingLedger();
    private CampaignReport report;

    @BeforeEach
    void room() {
        report = new CampaignReport(ledger, home, ObjectLinks.standard(), CLOCK);
        ledger.renders.add(Renders.render(
                1,
                RenderState.DELIVERED,
                Renders.stored(
                        OutputKind.VIDEO,
                        "s3://videos/spring/lamp-1.mp4",
                        "{\"flags\":[\"ratio: 1x1 instead of 16:9\"]}")));
        ledger.renders.add(Renders.render(
                2,
                RenderState.FAILED,
                Renders.REQUEST,
                Optional.empty(),
                Optional.of(new Failure(FailureClass.MODERATED, "The prompt was\nblocked", "Change the prompt.")),
                ""));
        ledger.renders.add(Renders.render(
                3, RenderState.UNKNOWN, Renders.REQUEST, Optional.empty(), Optional.empty(), "The reply was lost."));
        ledger.renders.add(Renders.render(
                4,
                RenderState.HELD,
                Renders.REQUEST,
                Optional.of(HoldReason.BUDGET),
                Optional.empty(),
                "The budget is used up."));
    }

    private CampaignStatus status(String campaign) {
        Map<RenderState, Integer> counts = new EnumMap<>(RenderState.class);
        ledger.renders.forEach(render -> counts.merge(render.state(), 1, Integer::sum));
        return new CampaignStatus(
                campaign,
                3,
                "digest0123",
                "inbox/spring.yaml",
                counts,
                Money.dollars("5"),
                Money.dollars("1.20"),
                Money.ZERO,
                Money.dollars("0.30"),
                Money.dollars("0.40"),
                Renders.PLANNED,
                9);
    }

    @Test
    void the_document_counts_every_state_and_tells_every_variant() throws IOException {
        CampaignStatus status = status("spring");
        assertThat(report.written(status)).as("before it is written").isEmpty();
        report.write(status);
        List<Path> written = report.written(status);
        assertThat(written)
                .containsExactly(
                        home.resolve("reports/spring/r3.json"),
                        home.resolve("reports/spring/r3.txt"),
                        home.resolve("reports/spring/report.csv"),
                        home.resolve("reports/spring/contact-sheet.html"));
        JsonNode json = new ObjectMapper().readTree(written.get(0).toFile());
        assertThat(json.at("/counts/total").asInt()).isEqualTo(4);
        assertThat(json.at("/counts/delivered").asInt()).isEqualTo(1);
        assertThat(json.at("/counts/planned").asInt()).isZero();
        assertThat(json.at("/money/confirmed").decimalValue()).isEqualByComparingTo("0.30");
        assertThat(json.at("/money/atRisk").decimalValue()).isEqualByComparingTo("0.40");
        assertThat(json.path("writtenAt").asText()).isEqualTo("2026-11-21T10:10:00Z");
        assertThat(json.path("variants")).hasSize(4);
        JsonNode delivered = json.at("/variants/0");
        assertThat(delivered.path("render").asText()).isEqualTo("R1");
        assertThat(delivered.path("state").asText()).isEqualTo("delivered");
        assertThat(delivered.at("/outputs/0/location").asText()).isEqualTo("s3://videos/spring/lamp-1.mp4");
        assertThat(delivered.at("/flags/0").asText()).isEqualTo("ratio: 1x1 instead of 16:9");
        assertThat(delivered.path("attempts").asInt()).isEqualTo(1);
        assertThat(json.at("/variants/1/failure/class").asText()).isEqualTo("content_moderated");
        assertThat(json.at("/variants/1/failure/remedy").asText()).isEqualTo("Change the prompt.");
        assertThat(json.at("/variants/2/note").asText()).isEqualTo("The reply was lost.");
        assertThat(json.at("/variants/3/held").asText()).isEqualTo("budget");
    }

    @Test
    void the_table_is_aligned_and_ends_with_what_needs_a_person() throws IOException {
        StringBuilder table = new StringBuilder();
        report.table(status("spring"), table);
        assertThat(table.toString())
                .isEqualTo(
                        """
                        spring, revision 3

                        VARIANT      STEP  RATIO  STATE      PRICE    OBJECT
                        lämp-1_16x9  hero  16:9   delivered  $0.30    s3://videos/spring/lamp-1.mp4
                        lämp-2_16x9  hero  16:9   failed     ($0.30)  -
                        lämp-3_16x9  hero  16:9   unknown    ($0.30)  -
                        lämp-4_16x9  hero  16:9   held       ($0.30)  -

                        Total: 4 renders: 1 held, 1 unknown, 1 delivered, 1 failed
                        Money: $0.30 confirmed of $1.20 expected, by the price book; budget $5.00, reserved $0.00, at risk $0.40. Prices in brackets are not paid.

                        Needs attention:
                          R1 lämp-1_16x9 hero: delivered video differs, ratio: 1x1 instead of 16:9
                          R2 lämp-2_16x9 hero: failed (content_moderated): The prompt was blocked — Change the prompt.
                          R3 lämp-3_16x9 hero: unknown, its money is at risk: The reply was lost.
                          R4 lämp-4_16x9 hero: held (budget): The budget is used up.
                        """);
    }

    @Test
    void the_sheet_for_approval_has_a_line_for_each_render_and_no_cell_that_a_spreadsheet_would_run()
            throws IOException {
        report.write(status("spring"));

        assertThat(Files.readString(home.resolve("reports/spring/report.csv")))
                .startsWith("campaign,render,variant,step,state,price,object,draft object,approve\r\n"
                        + "spring,R1,lämp-1_16x9,hero,delivered,0.30,s3://videos/spring/lamp-1.mp4,,\r\n")
                .endsWith("spring,R4,lämp-4_16x9,hero,held (budget),0.30,,,\r\n");
        for (String active : List.of("=1+1", "+1", "-1", "@sum", "\t=1", "\r=1")) {
            assertThat(ReportSheet.inert(active)).isEqualTo("'" + active);
        }
        assertThat(ReportSheet.inert("1-1")).isEqualTo("1-1");
        assertThat(ReportSheet.inert("")).isEmpty();
    }

    @Test
    void a_campaign_in_which_all_went_well_says_so() throws IOException {
        ledger.renders.clear();
        ledger.renders.add(Renders.render(
                1, RenderState.DELIVERED, Renders.stored(OutputKind.VIDEO, "/out/a.mp4", "{\"flags\":[]}")));
        StringBuilder table = new StringBuilder();
        report.table(status("spring"), table);
        assertThat(table.toString()).endsWith("Nothing needs attention.\n").contains("Total: 1 render: 1 delivered");
    }

    @Test
    void reports_that_are_due_are_written_and_recorded_and_one_failure_holds_up_no_other() throws IOException {
        ledger.unreported.add(status("../outside"));
        ledger.unreported.add(status("spring"));
        new CampaignReporter(ledger, report, new CampaignDigest(ledger, null, home, CampaignDigest.Wanted.NEVER, false))
                .writeDue();
        assertThat(report.written(status("spring"))).hasSize(4).allMatch(Files::exists);
        assertThat(ledger.reported).extracting(CampaignStatus::campaign).containsExactly("spring");
        assertThat(home.resolve("outside")).doesNotExist();
    }

    @Test
    void a_dead_letter_says_why_what_it_cost_and_what_to_do() throws IOException {
        FailedRevision failed = new FailedRevision(
                "spring", 3, "spring.yaml", "campaign: spring", ledger.renders.subList(1, 2), List.of(), Instant.EPOCH);
        JsonNode json = new ObjectMapper().readTree(new DeadLetter().message(failed, "r3.yaml", "retryOf: spring/r3"));
        assertThat(json.path("name").asText()).isEqualTo("r3.yaml");
        assertThat(json.path("campaign").asText()).isEqualTo("spring");
        assertThat(json.path("manifest").asText()).isEqualTo("retryOf: spring/r3");
        assertThat(json.path("costSoFar").decimalValue()).isEqualByComparingTo("0");
        JsonNode render = json.path("failed").path(0);
        assertThat(render.path("render").asText()).isEqualTo("R2");
        assertThat(render.path("class").asText()).isEqualTo("content_moderated");
        assertThat(render.path("reason").asText()).isEqualTo("The prompt was\nblocked");
        assertThat(render.path("remedy").asText()).isEqualTo("Change the prompt.");
        assertThat(render.at("/cell/ratio").asText()).isEqualTo("16:9");
    }
}

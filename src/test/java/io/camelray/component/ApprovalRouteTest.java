package io.camelray.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.camelray.ledger.LedgerViews.CampaignStatus;
import io.camelray.ledger.RenderRecord;
import io.camelray.model.HoldReason;
import io.camelray.model.Money;
import io.camelray.model.RenderState;
import io.camelray.sandbox.FailurePlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Drafts, approval by command and by sheet, and undo windows, over the real routes. */
class ApprovalRouteTest extends RayRouteTest {

    private static final String DRAFTED =
            """
            campaign: %s
            draft: true
            prompt: "a mug, {{sku}}"
            resolution: 540p
            aspectRatio: "1:1"
            matrix: {sku: [mug-01, mug-02]}
            deliver: {key: "{{campaign}}/{{sku}}.{{ext}}"}
            """;

    private void awaitDrafts(String campaign) {
        await().atMost(LONG_ENOUGH).until(() -> ledger().campaign(campaign)
                .filter(status -> status.drafts().getOrDefault(RenderState.DELIVERED, 0) == 2)
                .isPresent());
    }

    private RenderRecord full(String campaign, String label) {
        return renders(campaign).stream()
                .filter(render -> !render.draft() && render.label().equals(label))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void drafts_are_delivered_apart_and_only_what_is_approved_is_rendered_and_paid_in_full() throws IOException {
        drop("mugs.yaml", DRAFTED.formatted("mugs"));
        awaitDrafts("mugs");
        assertThat(files("outputs"))
                .containsExactly(
                        "drafts/mugs/mug-01.mp4",
                        "drafts/mugs/mug-01.mp4.json",
                        "drafts/mugs/mug-02.mp4",
                        "drafts/mugs/mug-02.mp4.json");
        assertThat(settled("mugs").count(RenderState.HELD)).isEqualTo(2);
        assertThat(sandbox().ledger().generations()).hasSize(2);

        ledger().approveCampaign("mugs", Optional.of("mug-01"));
        ledger().reject(full("mugs", "mug-02").id());

        await().atMost(LONG_ENOUGH).until(() -> settled("mugs").count(RenderState.DELIVERED) == 1);
        CampaignStatus status = settled("mugs");
        assertThat(status.count(RenderState.CANCELLED)).isEqualTo(1);
        assertThat(files("outputs"))
                .filteredOn(file -> file.startsWith("mugs/"))
                .first()
                .isEqualTo("mugs/mug-01.mp4");
        assertThat(sandbox().ledger().posts()).isEqualTo(3);
        assertThat(sandbox().ledger().generations())
                .as("two drafts and one of full quality")
                .hasSize(3);
        Money paid = renders("mugs").stream().map(RenderRecord::confirmed).reduce(Money.ZERO, Money::plus);
        assertThat(status.confirmed()).isEqualTo(paid).isGreaterThan(Money.ZERO);
        assertThat(status.reserved()).isEqualTo(Money.ZERO);
    }

    @Test
    void a_report_with_approvals_is_intake_and_other_csv_files_are_not() throws IOException {
        drop("cups.yaml", DRAFTED.formatted("cups"));
        drop("skus.csv", "id,name\nmug-01,a mug\n");
        awaitDrafts("cups");
        Path report = home.resolve("reports/cups/report.csv");
        await().atMost(LONG_ENOUGH)
                .until(() -> Files.exists(report) && Files.readString(report).contains("drafts/cups/mug-02.mp4"));
        List<String> lines = Files.readAllLines(report);
        assertThat(lines.get(0)).isEqualTo("campaign,render,variant,step,state,price,object,draft object,approve");
        assertThat(lines).hasSize(3);

        drop("wrong.csv", String.join("\n", lines) + "maybe\n");
        assertThat(appears("rejected/wrong.csv.errors.json")).content().contains("neither yes nor no", "\"line\" : 3");
        assertThat(full("cups", "mug-01").held()).contains(HoldReason.APPROVAL);

        drop("edited.csv", lines.get(0) + "\n" + lines.get(1) + "Yes\n" + lines.get(2) + "n\n");
        appears("accepted/cups/approvals/edited.csv");
        await().atMost(LONG_ENOUGH).until(() -> full("cups", "mug-01").state() == RenderState.DELIVERED);
        assertThat(full("cups", "mug-02").state()).isEqualTo(RenderState.CANCELLED);
        assertThat(sandbox().ledger().generations()).hasSize(3);

        drop(
                "again.csv",
                lines.stream().map(line -> line.replaceFirst(",$", ",x")).collect(Collectors.joining("\n")));
        assertThat(appears("rejected/again.csv.errors.json"))
                .content()
                .contains("is delivered, not held for approval", "is cancelled, not held for approval");
        assertThat(home.resolve("accepted/cups/approvals/again.csv")).exists();
        assertThat(home.resolve("inbox/skus.csv")).exists();
        assertThat(sandbox().ledger().posts()).isEqualTo(3);
    }

    @Test
    void nothing_is_posted_in_an_undo_window_and_deleting_the_manifest_takes_it_back() throws IOException {
        drop("soon.yaml", oneClip("soon") + "hold: 2s\n");
        drop("gone.yaml", oneClip("gone") + "hold: 1h\n");
        await().atMost(LONG_ENOUGH).until(() -> ledger().campaign("gone").isPresent());
        assertThat(onlyRender("gone").orElseThrow().held()).contains(HoldReason.UNDO_WINDOW);
        Path manifest = appears("accepted/gone/r1/gone.yaml");
        // Only what was seen can be missed; the watch looks once a second.
        await().pollDelay(Duration.ofMillis(1500)).atMost(LONG_ENOUGH).until(() -> true);
        Files.delete(manifest);
        await().atMost(LONG_ENOUGH).until(() -> onlyRender("gone").orElseThrow().state() == RenderState.CANCELLED);

        await().atMost(LONG_ENOUGH).until(() -> onlyRender("soon").orElseThrow().state() == RenderState.DELIVERED);
        CampaignStatus soon = ledger().campaign("soon").orElseThrow();
        Instant posted = onlyRender("soon").orElseThrow().attempts().get(0).boundAt();
        assertThat(posted).isAfterOrEqualTo(soon.acceptedAt().plusSeconds(2));
        assertThat(sandbox().ledger().posts()).isEqualTo(1);
    }

    /** A chain whose first draft is refused once. */
    @Nested
    class A_draft_that_fails extends RayRouteTest {

        private static final String CHAIN =
                """
                campaign: chain
                draft: true
                defaults: {resolution: 540p}
                steps:
                  - {id: hero, operation: generate, prompt: a green mug, aspectRatio: "16:9"}
                  - {id: fit, operation: reframe, source: hero, prompt: more of the table, aspectRatio: "1:1"}
                """;

        @Override
        FailurePlan failures() {
            return FailurePlan.parse("rules: [{on: job, do: content_moderated, times: 1}]");
        }

        @Test
        void goes_again_as_a_draft_and_the_full_chain_starts_from_full_renders() throws IOException {
            drop("chain.yaml", CHAIN);
            String letter = Files.readString(appears("dead-letter/chain/r1.yaml"));
            drop("changed.yaml", letter.replace("a green mug", "a red mug"));
            assertThat(appears("rejected/changed.yaml.errors.json"))
                    .content()
                    .contains("The draft of step 'hero'", "without 'retryOf'");
            assertThat(sandbox().ledger().posts()).isEqualTo(1);

            drop("again.yaml", letter);
            await().atMost(LONG_ENOUGH)
                    .until(() ->
                            ledger().campaign("chain").orElseThrow().drafts().equals(Map.of(RenderState.DELIVERED, 2)));
            RenderRecord fit = renders("chain").stream()
                    .filter(render -> !render.draft() && render.step().equals("fit"))
                    .findFirst()
                    .orElseThrow();
            assertThat(ledger().approve(fit.id()).needed()).isEqualTo(1);

            await().atMost(LONG_ENOUGH).until(() -> settled("chain").count(RenderState.DELIVERED) == 2);
            assertThat(files("outputs"))
                    .containsExactly(
                            "chain/fit.mp4", "chain/fit.mp4.json", "drafts/chain/fit.mp4", "drafts/chain/fit.mp4.json");
            assertThat(sandbox().ledger().generations()).hasSize(5);
        }
    }
}

package io.camelray.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.camelray.ledger.PlanningLedger.NewRevision;
import io.camelray.model.Priority;
import io.camelray.model.ProviderName;
import io.camelray.model.Severity;
import io.camelray.model.Violation;
import io.camelray.pricing.TestPrices;
import io.camelray.rules.RuleBook;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** By when a campaign is wanted, and what the plan says about that. */
class ReadyByTest {

    private static final Instant NOW = Instant.parse("2026-11-23T05:00:00Z");
    private static final String CHAIN =
            """
            matrix: {sku: [a, b], aspectRatio: ["9:16", "1:1", "4:3"]}
            steps:
              - {id: hero, operation: generate, each: [sku], prompt: "A {{sku}}", aspectRatio: "16:9", resolution: 540p}
              - {id: fit, operation: reframe, source: hero, prompt: Wider, resolution: 540p}
            """;

    /** Says that everything takes an hour. */
    private static final class AnHour implements Estimator {
        private final List<Work> asked = new ArrayList<>();

        @Override
        public Instant now() {
            return NOW;
        }

        @Override
        public Duration estimate(ProviderName provider, String account, List<Work> work) {
            asked.addAll(work);
            return Duration.ofHours(1);
        }
    }

    private static PlanPreview preview(String readyBy, String more) {
        return Planner.previewing(
                        Manifests.settings(),
                        RuleBook.standard(),
                        TestPrices.everyOperation(),
                        PlanMedia.NONE,
                        new AnHour())
                .preview(Manifests.source(
                        "campaign: a\nprompt: A mug\naspectRatio: \"1:1\"\nreadyBy: " + readyBy + "\n" + more));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-12-01T09:00:00+01:00, 2026-12-01T08:00:00Z",
        "2026-12-01T09:00Z, 2026-12-01T09:00:00Z",
        "2026-12-01T09:00 Europe/Berlin, 2026-12-01T08:00:00Z",
        "'\"09:00 Europe/Berlin\"', 2026-11-23T08:00:00Z",
        "'\"06:00 Europe/Berlin\"', 2026-11-24T05:00:00Z",
        "'\"05:30 Europe/Berlin\"', 2026-11-24T04:30:00Z"
    })
    void a_campaign_is_wanted_at_a_moment_or_the_next_time_that_it_is_so_late(String written, String meant) {
        assertThat(preview(written, "").deadline().orElseThrow().readyBy()).isEqualTo(Instant.parse(meant));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tomorrow",
                "\"09:00\"",
                "2026-12-01",
                "2026-12-01T09:00",
                "09:00 Mars/Base",
                "9 Uhr Europe/Berlin"
            })
    void what_is_no_time_or_says_no_zone_is_refused(String written) {
        assertThat(preview(written, "").violations()).singleElement().satisfies(violation -> {
            assertThat(violation.rule()).isEqualTo("readyBy");
            assertThat(violation.severity()).isEqualTo(Severity.ERROR);
            assertThat(violation.place().line()).isEqualTo(4);
        });
    }

    @Test
    void with_time_to_spare_the_latest_safe_start_is_told_and_nothing_changes() {
        PlanPreview preview = preview("2026-11-23T07:00:00Z", "");

        assertThat(preview.deadline().orElseThrow().latestStart()).isEqualTo(NOW.plus(Duration.ofHours(1)));
        assertThat(preview.deadline().orElseThrow())
                .hasToString("ready by 2026-11-23T07:00:00Z takes about 60 min,"
                        + " so the latest safe start is 2026-11-23T06:00:00Z");
        assertThat(preview.violations()).isEmpty();
        assertThat(preview.priority()).isEqualTo("normal");
    }

    @Test
    void where_time_is_short_the_campaign_takes_the_rush_lane_unless_a_priority_is_written() {
        assertThat(preview("2026-11-23T06:59:59Z", "").priority()).isEqualTo("rush");
        assertThat(preview("2026-11-23T06:59:59Z", "").violations()).isEmpty();
        assertThat(preview("2026-11-23T06:59:59Z", "priority: background\n").priority())
                .isEqualTo("background");
    }

    @Test
    void a_campaign_that_cannot_be_ready_in_time_is_accepted_with_a_warning() {
        PlanPreview preview = preview("2026-11-23T05:59:59Z", "");

        assertThat(preview.acceptable()).isTrue();
        assertThat(preview.priority()).isEqualTo("rush");
        assertThat(preview.violations())
                .singleElement()
                .extracting(Violation::severity, Violation::rule)
                .containsExactly(Severity.WARNING, "readyBy");
        assertThat(preview.violations().get(0).message()).contains("it will probably be late");
    }

    @Test
    void the_estimate_knows_how_many_renders_of_each_kind_there_are_and_what_they_start_from() {
        AnHour estimator = new AnHour();
        Planner.previewing(
                        Manifests.settings(),
                        RuleBook.standard(),
                        TestPrices.everyOperation(),
                        PlanMedia.NONE,
                        estimator)
                .preview(Manifests.source("campaign: a\nreadyBy: 2026-11-23T07:00:00Z\n" + CHAIN));

        assertThat(estimator.asked)
                .extracting(Estimator.Work::step, Estimator.Work::renders, Estimator.Work::after)
                .containsExactly(tuple("hero", 2L, Set.of()), tuple("fit", 6L, Set.of("hero")));
    }

    @Test
    void without_an_estimator_or_a_deadline_the_plan_says_nothing() {
        assertThat(Manifests.preview("campaign: a\nprompt: A mug\nreadyBy: 2026-11-23T07:00:00Z\n")
                        .deadline())
                .isEmpty();
        assertThat(Manifests.preview("campaign: a\nprompt: A mug\n").deadline()).isEmpty();
        RecordingLedger ledger = new RecordingLedger();
        Manifests.planner(ledger).plan(Manifests.source("campaign: a\nprompt: A mug\nreadyBy: 2026-11-23T05:00:00Z\n"));
        assertThat(ledger.drafts).extracting(NewRevision::priority).containsExactly(Priority.NORMAL);
    }
}

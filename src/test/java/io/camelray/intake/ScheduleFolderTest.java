package io.camelray.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelray.ledger.PlanningLedger.PlannedRender;
import io.camelray.model.Place;
import io.camelray.model.Violation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleFolderTest {

    private static final Instant NOW = Instant.parse("2026-11-23T05:00:00Z");
    private static final String WEEKLY =
            """
            schedule:
              cron: "0 0 6 ? * MON"
              timeZone: Europe/Berlin
              misfire: skip
              blackout: [{from: 2026-12-24, to: 2026-12-26}]
            # the matrix is the same every week
            campaign: weekly
            matrix: {sku: [{id: mug, name: green mug}]}
            prompt: "A {{sku.name}} on {{ schedule.date }} at {{schedule.time}} by {{schedule.name}}"
            aspectRatio: "16:9"
            """;

    @TempDir
    Path folder;

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private List<ScheduleFile> read() {
        return new ScheduleFolder(folder, Manifests.planner(new RecordingLedger())).read(NOW);
    }

    private Schedule weekly() throws IOException {
        write("weekly.yaml", WEEKLY);
        return read().get(0).schedule().orElseThrow();
    }

    private static List<String> told(ScheduleFile file) {
        return file.violations().stream()
                .filter(Violation::refuses)
                .map(violation -> violation.place().line() + ": " + violation.message())
                .toList();
    }

    @Test
    void manifests_without_a_schedule_are_left_alone_and_one_bad_schedule_does_not_touch_the_others()
            throws IOException {
        write("sample.yaml", "campaign: sample\nprompt: A mug\n");
        write("notes.txt", "schedule: none");
        write("bad.yaml", "campaign: bad\nprompt: A mug\nschedule:\n  cron: 0 6 * * 1\n");
        write("unreadable.yaml", "schedule: [\n");
        write("weekly.yaml", WEEKLY);

        List<ScheduleFile> files = read();

        assertThat(files)
                .extracting(file -> file.file().getFileName().toString())
                .containsExactly("bad.yaml", "unreadable.yaml", "weekly.yaml");
        assertThat(files.get(2).schedule().orElseThrow()).satisfies(schedule -> {
            assertThat(schedule.name()).isEqualTo("weekly");
            assertThat(schedule.misfire()).isEqualTo(MisfirePolicy.SKIP);
            assertThat(schedule.enabled()).isTrue();
            assertThat(schedule.timing()).isEqualTo("0 0 6 ? * MON; Europe/Berlin; 2026-12-24 to 2026-12-26");
        });
        assertThat(files.get(2).isBroken()).isFalse();
        assertThat(files.get(0).schedule()).isEmpty();
        assertThat(files.get(0).violations().get(0)).satisfies(violation -> {
            assertThat(violation.place()).isEqualTo(new Place("/schedule/cron", 4, 9));
            assertThat(violation.message()).startsWith("'0 6 * * 1' is no cron expression: ");
            assertThat(violation.remedy()).contains("0 0 6 ? * MON");
        });
        assertThat(files.get(1).isBroken()).isTrue();
    }

    @Test
    void everything_that_is_wrong_with_a_schedule_is_told_at_once_where_it_stands() throws IOException {
        write(
                "bad.yaml",
                """
                schedule:
                  cron: "0 0 6 ? * MON"
                  timeZone: Europe/Berln
                  misfire: sometimes
                  blackout:
                    - {from: 2026-12-26, to: 2026-12-24}
                  enabledd: true
                campaign: bad
                prompt: "A {{sku}}"
                resolution: 4k
                """);

        assertThat(read()).singleElement().satisfies(file -> {
            assertThat(file.schedule()).isEmpty();
            assertThat(told(file))
                    .contains(
                            "3: There is no time zone 'Europe/Berln'.",
                            "6: '2026-12-26' to '2026-12-24' is no time.",
                            "4: 'schedule.misfire' cannot be the text 'sometimes'.",
                            "7: There is no field 'enabledd' in 'schedule'.")
                    .anyMatch(said -> said.startsWith("9: {{sku}} resolves to nothing"))
                    .anyMatch(said -> said.startsWith("10: "))
                    .hasSize(6);
        });
    }

    @Test
    void a_schedule_whose_manifest_would_be_refused_now_fires_all_the_same() throws IOException {
        write("weekly.yaml", WEEKLY.replace("16:9", "16:7"));

        assertThat(read()).singleElement().satisfies(file -> {
            assertThat(file.schedule()).isPresent();
            assertThat(file.isBroken()).isTrue();
        });
    }

    @Test
    void two_schedules_cannot_have_one_name_or_one_campaign() throws IOException {
        write("a.yaml", WEEKLY);
        write("a.yml", WEEKLY.replace("campaign: weekly", "campaign: other"));
        write("b.yaml", WEEKLY);
        write("Not A Name.yaml", WEEKLY.replace("campaign: weekly", "campaign: third"));

        assertThat(read()).extracting(file -> file.schedule().isPresent()).containsExactly(false, true, false, false);
    }

    @Test
    void each_firing_is_a_revision_of_its_own_and_the_same_firing_again_is_not() throws IOException {
        Schedule weekly = weekly();
        RecordingLedger ledger = new RecordingLedger();
        Planner planner = Manifests.planner(ledger);

        assertThat(planner.plan(ScheduleFolder.fired(weekly, NOW))).isInstanceOf(PlanResult.Accepted.class);
        assertThat(planner.plan(ScheduleFolder.fired(weekly, NOW))).isInstanceOf(PlanResult.Repeated.class);
        assertThat(planner.plan(ScheduleFolder.fired(weekly, NOW.plusSeconds(7 * 24 * 3600))))
                .isInstanceOf(PlanResult.Accepted.class);

        assertThat(ledger.renders())
                .extracting(render -> render.request().prompt())
                .containsExactly(
                        "A green mug on 2026-11-23 at 06-00-00 by weekly",
                        "A green mug on 2026-11-30 at 06-00-00 by weekly");
        assertThat(ledger.renders()).extracting(PlannedRender::line).containsOnly(8);
        assertThat(ledger.drafts.get(0).manifest()).startsWith(WEEKLY).contains("Europe/Berlin]\"}");
    }

    @Test
    void what_does_not_name_the_time_is_the_same_render_in_every_firing() throws IOException {
        write("weekly.yaml", WEEKLY.replaceAll("prompt: .*", "prompt: A mug"));
        Schedule weekly = read().get(0).schedule().orElseThrow();
        RecordingLedger ledger = new RecordingLedger();
        Planner planner = Manifests.planner(ledger);

        planner.plan(ScheduleFolder.fired(weekly, NOW));
        planner.plan(ScheduleFolder.fired(weekly, NOW.plusSeconds(60)));

        assertThat(ledger.accepted).hasSize(2);
        assertThat(ledger.renders()).extracting(PlannedRender::fingerprint).hasSize(2);
        assertThat(ledger.renders().get(0).fingerprint())
                .isEqualTo(ledger.renders().get(1).fingerprint());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "campaign: day-{{schedule.date}}\nprompt: A mug\nschedule: {cron: 0 0 6 * * ?}",
                "  campaign: day-{{schedule.date}}\n  schedule: {cron: 0 0 6 * * ?}\n  prompt: |\n    A mug\n",
                "{\"campaign\": \"day-{{schedule.date}}\", \"prompt\": \"A mug\", \"schedule\": {\"cron\": \"0 0 6 * * ?\"}}"
            })
    void a_firing_can_name_a_campaign_of_its_own_in_any_style(String manifest) throws IOException {
        write("daily.json", manifest);
        ScheduleFile file = read().get(0);
        RecordingLedger ledger = new RecordingLedger();

        assertThat(told(file)).isEmpty();
        Manifests.planner(ledger).plan(ScheduleFolder.fired(file.schedule().orElseThrow(), NOW));

        assertThat(ledger.drafts).extracting(draft -> draft.campaign()).containsExactly("day-2026-11-23");
    }

    @Test
    void a_schedule_that_is_dropped_is_refused_and_so_is_a_firing_that_cannot_be_read() {
        assertThat(Manifests.only(WEEKLY.replaceAll("prompt: .*", "prompt: A mug")))
                .satisfies(violation -> {
                    assertThat(violation.rule()).isEqualTo("schedule");
                    assertThat(violation.place()).isEqualTo(new Place("/schedule", 1, 1));
                });
        assertThat(Manifests.only("campaign: a\nprompt: A mug\nfiring: {schedule: x, at: yesterday}\n"))
                .satisfies(violation -> assertThat(violation.rule()).isEqualTo("firing"));
        assertThat(Manifests.violations("campaign: a-{{schedule.date}}\nprompt: A mug\n"))
                .isNotEmpty();
    }

    @Test
    void a_plan_shows_a_schedule_as_if_it_fired_now() {
        ManifestSource source = new ManifestSource("weekly.yaml", WEEKLY.getBytes(StandardCharsets.UTF_8));

        PlanPreview preview = Manifests.planner(new RecordingLedger()).preview(ScheduleFolder.firedNow(source, NOW));

        assertThat(preview.acceptable()).isTrue();
        assertThat(preview.keys()).containsExactly("weekly/mug/generate.mp4");
    }
}

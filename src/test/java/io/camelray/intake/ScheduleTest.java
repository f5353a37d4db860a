package io.camelray.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelray.intake.Schedule.Decision;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Instant MONDAY_SIX = Instant.parse("2026-11-23T05:00:00Z");

    private static Schedule schedule(String cron, MisfirePolicy misfire, Blackout... blackouts) {
        try {
            return new Schedule(
                    "weekly",
                    Path.of("weekly.yaml"),
                    "mugs",
                    FireTimes.of(cron, BERLIN),
                    misfire,
                    List.of(blackouts),
                    true);
        } catch (ParseException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static Schedule mondays(MisfirePolicy misfire, Blackout... blackouts) {
        return schedule("0 0 6 ? * MON", misfire, blackouts);
    }

    private static Instant berlin(String local) {
        return LocalDateTime.parse(local).atZone(BERLIN).toInstant();
    }

    @Test
    void times_are_those_of_the_zone_over_the_change_of_the_clocks() {
        assertThat(schedule("0 0 6 * * ?", MisfirePolicy.SKIP).next(berlin("2027-03-27T12:00:00"), 2))
                .containsExactly(Instant.parse("2027-03-28T04:00:00Z"), Instant.parse("2027-03-29T04:00:00Z"));
        assertThat(mondays(MisfirePolicy.SKIP).times().isAt(MONDAY_SIX)).isTrue();
        assertThat(mondays(MisfirePolicy.SKIP).times().isAt(MONDAY_SIX.plusMillis(1)))
                .isFalse();
        assertThat(schedule("0 0 6 1 1 ? 2020", MisfirePolicy.SKIP).next(MONDAY_SIX, 3))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "2026-12-24, 2026-12-26, 2026-12-23T23:59:59, false",
        "2026-12-24, 2026-12-26, 2026-12-24T00:00:00, true",
        "2026-12-24, 2026-12-26, 2026-12-26T23:59:59, true",
        "2026-12-24, 2026-12-26, 2026-12-27T00:00:00, false",
        "22:00, 06:00, 2026-12-24T23:00:00, true",
        "22:00, 06:00, 2026-12-24T05:59:59, true",
        "22:00, 06:00, 2026-12-24T06:00:00, false",
        "12:00, 13:00, 2026-12-24T11:59:59, false",
        "12:00, 13:00, 2026-12-24T12:30:00, true",
        "2026-12-24T18:00, 2027-01-02T06:00, 2026-12-24T17:59:59, false",
        "2026-12-24T18:00, 2027-01-02T06:00, 2027-01-02T05:59:59, true",
        "2026-12-24T18:00, 2027-01-02T06:00, 2027-01-02T06:00:00, false"
    })
    void a_blackout_covers_its_days_hours_or_span(String from, String to, String local, boolean covered) {
        assertThat(Blackout.of(from, to)
                        .orElseThrow()
                        .covers(LocalDateTime.parse(local).atZone(BERLIN)))
                .isEqualTo(covered);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-12-26, 2026-12-24",
        "2026-12-24, 06:00",
        "06:00, 06:00",
        "Christmas, 2026-12-26",
        "2026-12-24T18:00, 2026-12-24",
        "2026-12-24T18:00, 2026-12-24T18:00"
    })
    void what_is_no_time_or_ends_before_it_begins_is_no_blackout(String from, String to) {
        assertThat(Blackout.of(from, to)).isEmpty();
    }

    @Test
    void what_falls_into_a_blackout_is_skipped_and_is_not_announced() {
        Schedule schedule = mondays(
                MisfirePolicy.FIRE_ONCE, Blackout.of("2026-11-23", "2026-11-29").orElseThrow());

        assertThat(schedule.at(MONDAY_SIX).skipped()).contains("blackout from 2026-11-23 to 2026-11-29");
        assertThat(schedule.missed(MONDAY_SIX.minusSeconds(1), MONDAY_SIX.plusSeconds(3600)))
                .contains(schedule.at(MONDAY_SIX));
        assertThat(schedule.next(MONDAY_SIX.minusSeconds(60), 1)).containsExactly(MONDAY_SIX.plus(Duration.ofDays(7)));
        assertThat(schedule.at(MONDAY_SIX.plus(Duration.ofDays(7))).skipped()).isEmpty();
    }

    @Test
    void the_last_of_those_missed_is_made_up_for_once_within_a_day() {
        Schedule hourly = schedule("0 0 * * * ?", MisfirePolicy.FIRE_ONCE);

        assertThat(hourly.missed(MONDAY_SIX.minus(Duration.ofDays(400)), MONDAY_SIX.plusSeconds(1800)))
                .contains(new Decision(MONDAY_SIX, Optional.empty()));
        assertThat(hourly.missed(MONDAY_SIX, MONDAY_SIX.plusSeconds(1800))).isEmpty();
        assertThat(mondays(MisfirePolicy.FIRE_ONCE)
                        .missed(MONDAY_SIX.minusSeconds(1), MONDAY_SIX.plus(Duration.ofDays(1))))
                .contains(new Decision(MONDAY_SIX, Optional.empty()));
        assertThat(mondays(MisfirePolicy.FIRE_ONCE)
                        .missed(MONDAY_SIX.minus(Duration.ofDays(30)), MONDAY_SIX.plus(Duration.ofDays(3))))
                .contains(new Decision(MONDAY_SIX, Optional.of("missed by more than 24 hours")));
    }

    @Test
    void with_the_policy_skip_a_firing_that_was_missed_is_passed_over_but_not_one_that_is_just_due() {
        Schedule schedule = mondays(MisfirePolicy.SKIP);
        Instant before = MONDAY_SIX.minusSeconds(60);

        assertThat(schedule.missed(before, MONDAY_SIX.plus(Schedule.ON_TIME)))
                .contains(new Decision(MONDAY_SIX, Optional.of("missed, and its misfire policy is skip")));
        assertThat(schedule.missed(before, MONDAY_SIX.plus(Schedule.ON_TIME).minusMillis(1)))
                .contains(new Decision(MONDAY_SIX, Optional.empty()));
    }
}

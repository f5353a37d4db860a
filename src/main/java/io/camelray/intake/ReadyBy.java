package io.camelray.intake;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;

/** When a campaign must be done: a moment, or the next time that it is so late somewhere. */
sealed interface ReadyBy {

    String REMEDY = "Write a moment, such as 2026-12-01T09:00:00+01:00 or \"2026-12-01T09:00 Europe/Berlin\", or a time"
            + " of the day with its zone, such as \"09:00 Europe/Berlin\".";

    /** The moment that is meant, asked for at {@code now}. */
    Instant after(Instant now);

    record Moment(Instant moment) implements ReadyBy {
        @Override
        public Instant after(Instant now) {
            return moment;
        }
    }

    record TimeOfDay(LocalTime time, ZoneId zone) implements ReadyBy {
        @Override
        public Instant after(Instant now) {
            ZonedDateTime here = now.atZone(zone);
            ZonedDateTime today = here.with(time);
            return (today.isAfter(here) ? today : here.plusDays(1).with(time)).toInstant();
        }
    }

    /** Empty if it is no such time. */
    static Optional<ReadyBy> of(String text) {
        String[] parts = text.strip().split("\\s+");
        try {
            if (parts.length == 1) {
                return Optional.of(new Moment(OffsetDateTime.parse(parts[0]).toInstant()));
            }
            ZoneId zone = ZoneId.of(parts[1]);
            if (parts.length > 2) {
                return Optional.empty();
            }
            return Optional.of(
                    parts[0].contains("T")
                            ? new Moment(
                                    LocalDateTime.parse(parts[0]).atZone(zone).toInstant())
                            : new TimeOfDay(LocalTime.parse(parts[0]), zone));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}

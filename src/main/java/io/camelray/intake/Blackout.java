package io.camelray.intake;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** A time in which a schedule does not fire; everything in the schedule's own time zone. */
public sealed interface Blackout {

    /** Whether this moment lies in it. */
    boolean covers(ZonedDateTime moment);

    /** From the first day to the last, both included. */
    record Days(LocalDate from, LocalDate to) implements Blackout {
        @Override
        public boolean covers(ZonedDateTime moment) {
            LocalDate day = moment.toLocalDate();
            return !day.isBefore(from) && !day.isAfter(to);
        }

        @Override
        public String toString() {
            return from + " to " + to;
        }
    }

    /** Every day from one time to another, which is not included; over midnight if it is earlier. */
    record Hours(LocalTime from, LocalTime to) implements Blackout {
        @Override
        public boolean covers(ZonedDateTime moment) {
            LocalTime time = moment.toLocalTime();
            boolean begun = !time.isBefore(from);
            boolean lasts = time.isBefore(to);
            return from.isBefore(to) ? begun && lasts : begun || lasts;
        }

        @Override
        public String toString() {
            return from + " to " + to + " every day";
        }
    }

    /** Once, from one moment to another, which is not included. */
    record Span(LocalDateTime from, LocalDateTime to) implements Blackout {
        @Override
        public boolean covers(ZonedDateTime moment) {
            LocalDateTime local = moment.toLocalDateTime();
            return !local.isBefore(from) && local.isBefore(to);
        }

        @Override
        public String toString() {
            return from + " to " + to;
        }
    }

    /** Reads two days, two times of the day, or two moments; empty if they are none, or the wrong way round. */
    static Optional<Blackout> of(String from, String to) {
        try {
            if (from.contains("T") || to.contains("T")) {
                Span span = new Span(LocalDateTime.parse(from), LocalDateTime.parse(to));
                return span.from().isBefore(span.to()) ? Optional.of(span) : Optional.empty();
            }
            if (from.contains(":") || to.contains(":")) {
                Hours hours = new Hours(LocalTime.parse(from), LocalTime.parse(to));
                return hours.from().equals(hours.to()) ? Optional.empty() : Optional.of(hours);
            }
            Days days = new Days(LocalDate.parse(from), LocalDate.parse(to));
            return days.to().isBefore(days.from()) ? Optional.empty() : Optional.of(days);
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}

package io.camelray.provider;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Reads {@code Retry-After} in both its forms (RFC 9110 §10.2.3): seconds, or a date by the server's own clock. */
final class RetryAfter {

    private RetryAfter() {}

    /** Never negative; empty if the header is absent or makes no sense. */
    static Optional<Duration> of(WireReply reply) {
        return reply.number("Retry-After").map(Duration::ofSeconds).or(() -> untilDate(reply));
    }

    /** Measured by the reply's own {@code Date}, for the server's clock is not ours. */
    private static Optional<Duration> untilDate(WireReply reply) {
        Optional<Instant> sent = date(reply, "Date");
        return date(reply, "Retry-After")
                .filter(again -> sent.isPresent())
                .map(again -> Duration.between(sent.get(), again))
                .map(wait -> wait.isNegative() ? Duration.ZERO : wait);
    }

    private static Optional<Instant> date(WireReply reply, String header) {
        try {
            return reply.header(header)
                    .map(text -> ZonedDateTime.parse(text.trim(), DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}

package io.camelray.provider;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/** Reads a point in time however a provider writes it: ISO 8601, or Unix seconds or milliseconds. */
public final class WireTime {

    /** Seconds reach this in the year 5138; milliseconds passed it in 1973. */
    private static final long FIRST_MILLISECONDS = 100_000_000_000L;

    private WireTime() {}

    public static Optional<Instant> of(JsonNode node) {
        try {
            if (node.isTextual()) {
                return Optional.of(OffsetDateTime.parse(node.asText()).toInstant());
            }
            if (node.isIntegralNumber() && node.canConvertToLong() && node.asLong() > 0) {
                long value = node.asLong();
                return Optional.of(
                        value < FIRST_MILLISECONDS ? Instant.ofEpochSecond(value) : Instant.ofEpochMilli(value));
            }
            return Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}

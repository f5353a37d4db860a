package io.camelray.intake;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads how long an accepted campaign waits: {@code 90s}, {@code 5m}, {@code 2h} or {@code 1d}. */
final class HoldReader {

    /** The longest that a manifest may ask for. */
    static final Duration LONGEST = Duration.ofDays(7);

    private static final Pattern TEXT = Pattern.compile("(0|[1-9][0-9]{0,6})(s|m|h|d)");

    private HoldReader() {}

    /** The time, or empty if this is none. */
    static Optional<Duration> read(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long count = Long.parseLong(matcher.group(1));
        return Optional.of(
                switch (matcher.group(2)) {
                    case "s" -> Duration.ofSeconds(count);
                    case "m" -> Duration.ofMinutes(count);
                    case "h" -> Duration.ofHours(count);
                    default -> Duration.ofDays(count);
                });
    }
}

package io.camelray.engine;

import java.time.Duration;
import java.util.Optional;

/**
 * Decides when to ask for a render's status: often where completion is likely, seldom where it is not.
 *
 * @param fixedFirst asks first after this long, whatever was learned ({@code initialPollDelay})
 * @param fixedGap then at this interval ({@code pollInterval})
 */
public record PollPlan(Optional<Duration> fixedFirst, Optional<Duration> fixedGap) {

    public static final PollPlan LEARNING = new PollPlan(Optional.empty(), Optional.empty());

    /** What one question costs, in seconds of waiting that it may save, squared over two: tuned for 12 polls a render. */
    private static final double COST = 0.16;

    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final Duration LATE_AFTER = Duration.ofHours(1);
    private static final Duration LATE_GAP = Duration.ofSeconds(60);
    private static final Duration VERY_LATE_AFTER = Duration.ofHours(6);
    private static final Duration VERY_LATE_GAP = Duration.ofMinutes(10);

    /** How long after acceptance to ask for the first time. */
    Duration first(RenderTime time) {
        return fixedFirst.orElseGet(() -> clamp(time.early(), SHORTEST, Duration.ofMinutes(10)));
    }

    /** How long to wait before asking again, when it was not done after {@code elapsed}. */
    Duration gap(RenderTime time, Duration elapsed) {
        if (elapsed.compareTo(VERY_LATE_AFTER) > 0) {
            return VERY_LATE_GAP;
        }
        if (elapsed.compareTo(LATE_AFTER) > 0) {
            return LATE_GAP;
        }
        return fixedGap.orElseGet(() -> {
            double seconds = Math.sqrt(2 * COST / Math.max(1e-6, time.hazard(elapsed)));
            return clamp(Duration.ofMillis(Math.round(seconds * 1000)), SHORTEST, LONGEST);
        });
    }

    private static Duration clamp(Duration value, Duration low, Duration high) {
        return value.compareTo(low) < 0 ? low : value.compareTo(high) > 0 ? high : value;
    }
}

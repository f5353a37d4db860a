package io.camelray.delivery;

import java.time.Duration;

/** How long to wait before a delivery is tried again: 5 s, doubling, 5 minutes at most. */
final class DeliveryPace {

    static final Duration LONGEST = Duration.ofMinutes(5);
    private static final Duration SHORTEST = Duration.ofSeconds(5);

    private DeliveryPace() {}

    /** @param attempt deliveries tried before */
    static Duration after(int attempt) {
        if (attempt >= 6) {
            return LONGEST;
        }
        return SHORTEST.multipliedBy(1L << Math.max(attempt, 0));
    }
}

package io.camelray.engine;

import io.camelray.model.Failure;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Decides what is tried again, and when.
 *
 * @param technicalLimit proven non-acceptances after which a render fails ({@code ray.retry.technical}); nothing was paid
 * @param creativeLimit further paid attempts after the first one failed ({@code ray.retry.creative})
 */
public record RetryPolicy(int technicalLimit, int creativeLimit, RandomGenerator random) {

    private static final Duration BASE = Duration.ofSeconds(2);
    private static final Duration LONGEST = Duration.ofMinutes(5);

    public RetryPolicy {
        if (technicalLimit < 0 || creativeLimit < 0) {
            throw new IllegalArgumentException("Retry limits must not be negative");
        }
    }

    public boolean technicalExhausted(int retriesSoFar) {
        return retriesSoFar >= technicalLimit;
    }

    /** Exponential back-off with full jitter: somewhere between nothing and {@code 2 s × 2^n}, 5 minutes at most. */
    public Duration backoff(int retriesSoFar) {
        long ceiling = Math.min(LONGEST.toMillis(), BASE.toMillis() << Math.min(retriesSoFar, 20));
        return Duration.ofMillis(random.nextLong(ceiling + 1));
    }

    /** When a failed job is worth another paid attempt; never for what was charged. */
    public Optional<Duration> creative(Failure failure, boolean charged, int paidAttempts) {
        if (charged || !failure.kind().worthAnotherAttempt() || paidAttempts > creativeLimit) {
            return Optional.empty();
        }
        return Optional.of(backoff(paidAttempts));
    }
}

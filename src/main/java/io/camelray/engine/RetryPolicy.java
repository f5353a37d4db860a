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
    private static final Duration QUESTION_BASE = Duration.ofMillis(500);
    private static final Duration QUESTION_LONGEST = Duration.ofMinutes(1);

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
        return jitter(BASE, LONGEST, retriesSoFar);
    }

    /** The same for a question, which is free: {@code 0.5 s × 2^n}, a minute at most. */
    Duration questionBackoff(int troublesSoFar) {
        return jitter(QUESTION_BASE, QUESTION_LONGEST, troublesSoFar);
    }

    private Duration jitter(Duration base, Duration longest, int tries) {
        long ceiling = Math.min(longest.toMillis(), base.toMillis() << Math.min(tries, 20));
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

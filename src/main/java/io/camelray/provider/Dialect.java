package io.camelray.provider;

import java.time.Duration;
import java.util.Optional;

/** How one provider says what all of them say. */
public interface Dialect {

    /** The provider's name as it stands in sentences. */
    String speaker();

    /** Where a reply to a submission holds the id that one polls with. */
    String jobIdField();

    /** A readable reason out of an error reply. */
    String message(WireReply reply);

    /** How long a reply asks to wait. */
    default Optional<Duration> retryAfter(WireReply reply) {
        return LimitHints.retryAfter(reply);
    }

    /** Whether a 429 is about concurrent jobs rather than the rate. */
    default boolean isConcurrency(WireReply throttled) {
        return LimitHints.isConcurrency(message(throttled));
    }

    /** How long to wait after a 429 that does not say it. */
    Duration unnamedWait(boolean concurrency);

    /** What a reply says the limit is. */
    default Optional<Integer> requestsPerMinute(WireReply reply) {
        return LimitHints.ofHeaders(reply)
                .or(() -> reply.status() == 429 ? LimitHints.ofText(message(reply)) : Optional.empty());
    }

    /** Whether a 502 or 503 proves that nothing was accepted. */
    default boolean provesUnavailable(WireReply reply) {
        return false;
    }
}

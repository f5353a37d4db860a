package io.camelray.ledger;

import java.time.Instant;
import java.util.Optional;

/**
 * What a provider has taught about an account's limits.
 *
 * @param requestsPerMinute the rate that it named; it goes before the configured one
 * @param maxConcurrent how many jobs ran when it refused one more; it only ever lowers the configured limit
 */
public record LearnedLimits(Optional<Learned> requestsPerMinute, Optional<Learned> maxConcurrent) {

    public static final LearnedLimits NONE = new LearnedLimits(Optional.empty(), Optional.empty());

    /** @param limit at least 1 @param until when it is no longer believed; empty for as long as nothing else is said */
    public record Learned(int limit, Optional<Instant> until) {

        boolean holds(Instant now) {
            return until.filter(end -> !end.isAfter(now)).isEmpty();
        }
    }

    /** Only what is still believed. */
    LearnedLimits at(Instant now) {
        return new LearnedLimits(
                requestsPerMinute.filter(learned -> learned.holds(now)),
                maxConcurrent.filter(learned -> learned.holds(now)));
    }

    /** What applies to an account that is configured so. */
    AccountLimits over(AccountLimits configured, Instant now) {
        LearnedLimits held = at(now);
        return new AccountLimits(
                held.requestsPerMinute.map(Learned::limit).orElse(configured.requestsPerMinute()),
                held.maxConcurrent
                        .map(learned -> Math.min(learned.limit(), configured.maxConcurrent()))
                        .orElse(configured.maxConcurrent()),
                configured.maxPosting());
    }
}

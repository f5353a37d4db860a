package io.camelray.ledger;

/**
 * How much an account may do.
 *
 * @param requestsPerMinute accepted {@code POST}s within any 60 seconds; at least 1
 * @param maxConcurrent jobs at the provider at once; at least 1
 * @param maxPosting {@code POST}s on the wire at once; at least 1
 */
public record AccountLimits(int requestsPerMinute, int maxConcurrent, int maxPosting) {

    /** Luma's documented defaults (ray-api §1.1.12) with our own bound on posts in flight. */
    public static final AccountLimits DEFAULT = new AccountLimits(30, 10, 4);

    public AccountLimits {
        if (requestsPerMinute < 1 || maxConcurrent < 1 || maxPosting < 1) {
            throw new IllegalArgumentException(
                    "requestsPerMinute, maxConcurrent and maxPosting must each be at least 1, not " + requestsPerMinute
                            + ", " + maxConcurrent + ", " + maxPosting);
        }
    }
}

package io.camelray.ledger;

import java.time.Instant;
import java.util.Optional;

/**
 * How an account is used at one moment, by the ledger's clock.
 *
 * @param now the moment
 * @param active jobs that may hold a slot: submitting, rendering, and unknown for less than an hour
 * @param posting attempts on the wire
 * @param inWindow attempts that may count in the sliding minute; those on the wire included
 * @param windowFrees when the oldest of them leaves the window, if any is dated
 * @param notBefore no post before this moment
 * @param pausedFor why submitting is paused, if it is
 * @param recheckAt from when it may try again by itself while it is paused, with one attempt; empty when it may not
 */
public record AccountUse(
        String account,
        AccountLimits limits,
        Instant now,
        int active,
        int posting,
        int inWindow,
        Optional<Instant> windowFrees,
        Optional<Instant> notBefore,
        Optional<String> pausedFor,
        Optional<Instant> recheckAt) {}

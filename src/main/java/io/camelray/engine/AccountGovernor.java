package io.camelray.engine;

import io.camelray.ledger.AccountUse;
import io.camelray.ledger.SubmissionLedger.Permit;
import io.camelray.ledger.SubmissionLedger.PermitRule;
import java.time.Duration;
import java.time.Instant;

/**
 * Mirrors the provider's limits: the sliding minute and the concurrent jobs (ray-api §1.1.12), so that no {@code POST}
 * is sent that would be refused. Its only state is the ledger's.
 */
public final class AccountGovernor implements PermitRule {

    /** How soon a slot may be free again without our noticing: the documented practice for concurrency (C29). */
    private static final Duration SLOT_RECHECK = Duration.ofSeconds(5);

    private static final Duration POST_RECHECK = Duration.ofSeconds(1);
    private static final Duration PAUSE_RECHECK = Duration.ofSeconds(30);
    /** The window is measured to the millisecond by us and by the provider, on two clocks. */
    private static final Duration WINDOW_MARGIN = Duration.ofMillis(50);

    /** How many submissions may start now; none when {@link #decide} says to wait. */
    int room(AccountUse use) {
        if (decide(use) instanceof Permit.Wait) {
            return 0;
        }
        int posting = use.pausedFor().isPresent() ? 1 : use.limits().maxPosting() - use.posting();
        int slots = use.limits().maxConcurrent() - use.active();
        int window = use.limits().requestsPerMinute() - use.inWindow();
        return Math.min(posting, Math.min(slots, window));
    }

    /** One at a time: whether the account is still at fault is found out with the least that can be refused. */
    private static boolean mayTryAgain(AccountUse use) {
        return use.posting() == 0
                && use.recheckAt().filter(at -> !at.isAfter(use.now())).isPresent();
    }

    private static Instant pauseEnds(AccountUse use) {
        Instant look = use.now().plus(PAUSE_RECHECK);
        return use.recheckAt()
                .filter(at -> at.isAfter(use.now()) && at.isBefore(look))
                .orElse(look);
    }

    @Override
    public Permit decide(AccountUse use) {
        Instant now = use.now();
        if (use.pausedFor().isPresent() && !mayTryAgain(use)) {
            return new Permit.Wait(pauseEnds(use), "paused: " + use.pausedFor().get());
        }
        if (use.notBefore().isPresent() && use.notBefore().get().isAfter(now)) {
            return new Permit.Wait(use.notBefore().get(), "cooling down");
        }
        if (use.posting() >= use.limits().maxPosting()) {
            return new Permit.Wait(now.plus(POST_RECHECK), use.posting() + " submissions on the wire");
        }
        if (use.active() >= use.limits().maxConcurrent()) {
            return new Permit.Wait(
                    now.plus(SLOT_RECHECK),
                    use.active() + " of " + use.limits().maxConcurrent() + " concurrent jobs running");
        }
        if (use.inWindow() >= use.limits().requestsPerMinute()) {
            return new Permit.Wait(
                    use.windowFrees().orElse(now.plus(POST_RECHECK)).plus(WINDOW_MARGIN),
                    use.inWindow() + " of " + use.limits().requestsPerMinute() + " requests in the last minute");
        }
        return new Permit.Granted();
    }
}

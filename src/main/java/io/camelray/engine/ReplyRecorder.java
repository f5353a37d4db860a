package io.camelray.engine;

import io.camelray.ledger.LedgerAbsence;
import io.camelray.ledger.LedgerUnavailableException;
import io.camelray.ledger.SubmissionLedger;
import io.camelray.model.AttemptToken;
import io.camelray.model.Failure;
import io.camelray.model.FailureClass;
import io.camelray.model.ProviderJobId;
import io.camelray.model.RenderId;
import io.camelray.provider.SubmitVerdict;
import io.camelray.provider.SubmitVerdict.Accepted;
import io.camelray.provider.SubmitVerdict.AccountFault;
import io.camelray.provider.SubmitVerdict.Ambiguous;
import io.camelray.provider.SubmitVerdict.NotAccepted;
import io.camelray.provider.SubmitVerdict.Rejected;
import io.camelray.provider.SubmitVerdict.Throttled;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns what is known about an attempt into ledger entries. What the ledger cannot take now waits here and is tried
 * again by {@link #retryWaiting()}; a crash in between is covered by the receipts. Thread-safe.
 */
final class ReplyRecorder {

    private static final Logger LOG = LoggerFactory.getLogger(ReplyRecorder.class);
    private static final Duration SLOT_RECHECK = Duration.ofSeconds(5);
    /** A limit that a refusal taught may be lifted without a word; another refusal costs nothing, and teaches it anew. */
    private static final Duration BELIEVED = Duration.ofMinutes(10);

    private final SubmissionLedger ledger;
    private final RetryPolicy retries;
    private final AccountAlerts alerts;
    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();

    ReplyRecorder(SubmissionLedger ledger, RetryPolicy retries, AccountAlerts alerts) {
        this.ledger = ledger;
        this.retries = retries;
        this.alerts = alerts;
    }

    /** @param technicalRetries how often this render was proven not accepted before */
    void record(String account, RenderId render, AttemptToken token, SubmitVerdict verdict, int technicalRetries) {
        guarded(() -> verdict.match(new Entries(account, Optional.of(render), token, technicalRetries)));
    }

    /** Nothing was sent: as free of risk as a refusal. */
    void recordNeverSent(String account, RenderId render, AttemptToken token, String reason, int technicalRetries) {
        guarded(() -> {
            Duration pause = retries.backoff(Math.min(technicalRetries, 3));
            ledger.coolDown(account, pause, reason);
            notAccepted(render, token, reason, technicalRetries);
        });
    }

    /** Nothing was sent, and that is nobody's fault: it is no retry. The attempt may not even have been bound. */
    void recordUnsent(String account, AttemptToken token, String reason) {
        guarded(() -> {
            if (ledger.isBound(account, token)) {
                ledger.recordNotAccepted(token, Duration.ZERO, false, reason);
            }
        });
    }

    /** What the render starts from cannot be had; it comes up again, as often as technical retries allow. */
    void recordNotReady(RenderId render, String reason, int technicalRetries) {
        guarded(() -> {
            ledger.postpone(render, retries.backoff(technicalRetries + 1), reason);
            giveUpIfExhausted(render, reason, technicalRetries);
        });
    }

    /** Something about an accepted job that a person should know, and that changes nothing. */
    void warn(AttemptToken token, ProviderJobId job, String warning) {
        guarded(() -> {
            ledger.recordWarning(token, warning);
            LOG.warn("Job {} of attempt {}: {}", job, token, warning);
        });
    }

    /** A replayed receipt: the ledger changes only what is still open. */
    void replay(String account, AttemptToken token, SubmitVerdict verdict) {
        verdict.match(new Entries(account, Optional.empty(), token, 0));
    }

    private void notAccepted(RenderId render, AttemptToken token, String reason, int technicalRetries) {
        ledger.recordNotAccepted(token, retries.backoff(technicalRetries), true, reason);
        giveUpIfExhausted(render, reason, technicalRetries);
    }

    private void giveUpIfExhausted(RenderId render, String reason, int technicalRetries) {
        if (retries.technicalExhausted(technicalRetries + 1)) {
            ledger.fail(
                    render,
                    new Failure(
                            FailureClass.UNREACHABLE,
                            "Not accepted " + (technicalRetries + 1) + " times, last: " + reason,
                            "Nothing was paid; retry when the provider can be reached"));
        }
    }

    private void guarded(Runnable entry) {
        try {
            entry.run();
        } catch (LedgerUnavailableException e) {
            if (!LedgerAbsence.explains(e)) {
                LOG.error("The ledger cannot take a reply now, it is kept and tried again: {}", e.getMessage());
            }
            waiting.add(entry);
        }
    }

    /** Tries once more what could not be recorded. */
    void retryWaiting() {
        for (int left = waiting.size(); left > 0; left--) {
            Runnable entry = waiting.poll();
            if (entry != null) {
                retry(entry);
            }
        }
    }

    private void retry(Runnable entry) {
        try {
            guarded(entry);
        } catch (RuntimeException e) {
            // One that the ledger refuses must not keep the others from being tried; its receipt stays.
            LOG.error("The ledger refuses a reply that had waited: {}", e.getMessage());
        }
    }

    /** The ledger entry for each verdict. Without a render (a replay) it has no more turns to lose. */
    private final class Entries implements SubmitVerdict.Cases<Void> {

        private final String account;
        private final Optional<RenderId> render;
        private final AttemptToken token;
        private final int technicalRetries;

        Entries(String account, Optional<RenderId> render, AttemptToken token, int technicalRetries) {
            this.account = account;
            this.render = render;
            this.token = token;
            this.technicalRetries = technicalRetries;
        }

        @Override
        public Void when(Accepted accepted) {
            SubmissionLedger.Acceptance result = ledger.recordAccepted(token, accepted.job());
            if (result == SubmissionLedger.Acceptance.SECOND_PAID) {
                LOG.error(
                        "The render of attempt {} had moved on when job {} was accepted: it is paid for as well",
                        token,
                        accepted.job());
            }
            accepted.requestsPerMinute()
                    .ifPresent(limit -> ledger.learnRequestsPerMinute(account, limit, Optional.empty()));
            return null;
        }

        @Override
        public Void when(Throttled throttled) {
            // What a replayed receipt says is history.
            if (render.isPresent()) {
                learn(throttled);
            }
            // The constant 60 of a concurrency refusal is no forecast; our own completions wake us earlier.
            Duration pause = throttled.concurrency() ? SLOT_RECHECK : throttled.retryAfter();
            ledger.coolDown(account, pause, throttled.reason());
            ledger.recordNotAccepted(token, Duration.ZERO, false, throttled.reason());
            LOG.info("Account {} is throttled for {} s: {}", account, pause.toSeconds(), throttled.reason());
            return null;
        }

        private void learn(Throttled throttled) {
            throttled
                    .requestsPerMinute()
                    .ifPresent(limit -> ledger.learnRequestsPerMinute(account, limit, Optional.of(BELIEVED)));
            if (throttled.concurrency()) {
                ledger.learnConcurrency(account, BELIEVED);
            }
        }

        @Override
        public Void when(NotAccepted notAccepted) {
            render.ifPresentOrElse(
                    id -> notAccepted(id, token, notAccepted.reason(), technicalRetries),
                    () -> ledger.recordNotAccepted(token, Duration.ZERO, true, notAccepted.reason()));
            return null;
        }

        @Override
        public Void when(Rejected rejected) {
            ledger.recordRefused(token, rejected.failure());
            return null;
        }

        @Override
        public Void when(AccountFault accountFault) {
            if (accountFault.lackOfCredit()) {
                alerts.noCredit(account, token, accountFault.reason());
            } else {
                alerts.fault(account, token, accountFault.reason());
            }
            return null;
        }

        @Override
        public Void when(Ambiguous ambiguous) {
            LOG.warn("Attempt {} is unknown, it may be paid for: {}", token, ambiguous.reason());
            ledger.recordUnknown(token, ambiguous.reason());
            return null;
        }
    }
}

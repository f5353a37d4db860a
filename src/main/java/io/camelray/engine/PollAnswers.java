package io.camelray.engine;

import io.camelray.ledger.PollingLedger;
import io.camelray.ledger.PollingLedger.FoundOutput;
import io.camelray.ledger.PollingLedger.RenderingRender;
import io.camelray.model.Failure;
import io.camelray.model.FailureClass;
import io.camelray.model.OutputKind;
import io.camelray.provider.JobStatus;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Records what a status means for its render, and says whether to ask again. Thread-safe. */
final class PollAnswers {

    private static final Logger LOG = LoggerFactory.getLogger(PollAnswers.class);
    private static final int ALERT_AFTER = 3;
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);
    private static final Duration ACCOUNT_PAUSE = Duration.ofSeconds(30);

    private final PollingLedger ledger;
    private final AccountAlerts alerts;
    private final RetryPolicy retries;
    private final Duration outputPatience;
    private final Clock clock;

    PollAnswers(PollingLedger ledger, AccountAlerts alerts, RetryPolicy retries, Duration outputPatience, Clock clock) {
        this.ledger = ledger;
        this.alerts = alerts;
        this.retries = retries;
        this.outputPatience = outputPatience;
        this.clock = clock;
    }

    /** @param trouble before this answer */
    PollStep record(RenderingRender render, JobStatus status, PollTrouble trouble) {
        return status.match(new JobStatus.Cases<>() {
            @Override
            public PollStep when(JobStatus.Running running) {
                return new PollStep.AskAgain(Optional.empty(), PollTrouble.NONE);
            }

            @Override
            public PollStep when(JobStatus.Completed completed) {
                return completed(render, completed, trouble);
            }

            @Override
            public PollStep when(JobStatus.Failed failed) {
                if (failed.failure().kind() == FailureClass.BUDGET_EXHAUSTED) {
                    return noMoney(render, failed);
                }
                return failed(render, failed.failure(), failed.charged());
            }

            @Override
            public PollStep when(JobStatus.Cancelled cancelled) {
                if (ledger.recordJobCancelled(render.id(), render.job(), cancelled.failure(), cancelled.charged())) {
                    LOG.info(
                            "Render {} was cancelled at the provider ({})",
                            render.id(),
                            cancelled.failure().reason());
                }
                return new PollStep.Done();
            }

            @Override
            public PollStep when(JobStatus.Missing missing) {
                if (trouble.answers() + 1 == ALERT_AFTER) {
                    LOG.error(
                            "Account {} does not know job {} of render {}: wrong key or environment? It is asked on, slowly",
                            render.account(),
                            render.job(),
                            render.id());
                }
                return pause(trouble.another());
            }

            @Override
            public PollStep when(JobStatus.AccountFault fault) {
                alerts.fault(render.account(), fault.reason());
                return new PollStep.AskAgain(Optional.of(ACCOUNT_PAUSE), PollTrouble.NONE);
            }

            @Override
            public PollStep when(JobStatus.Inconclusive inconclusive) {
                if (trouble.answers() + 1 == ALERT_AFTER) {
                    LOG.warn(
                            "Asking for job {} of render {} said nothing {} times, the last: {}. It is asked on, slowly",
                            render.job(),
                            render.id(),
                            ALERT_AFTER,
                            inconclusive.reason());
                }
                Duration own = retries.questionBackoff(trouble.answers());
                Duration asked = inconclusive.retryAfter().orElse(Duration.ZERO);
                Duration longer = asked.compareTo(own) > 0 ? asked : own;
                return new PollStep.AskAgain(
                        Optional.of(longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer), trouble.another());
            }
        });
    }

    private PollStep completed(RenderingRender render, JobStatus.Completed completed, PollTrouble before) {
        List<FoundOutput> outputs = found(completed);
        if (outputs.stream().anyMatch(output -> output.kind() == OutputKind.VIDEO)) {
            ledger.recordRendered(render.id(), render.job(), completed.chainId(), outputs);
            return new PollStep.Done();
        }
        Instant now = clock.instant();
        PollTrouble trouble = before.empty(now);
        if (now.isBefore(trouble.emptySince().orElse(now).plus(outputPatience))) {
            return pause(trouble);
        }
        // Paid for, and nothing to fetch: a person has to talk to the provider, another attempt would cost again.
        Failure failure = new Failure(
                FailureClass.OUTPUT_NOT_FOUND,
                "The provider calls the job completed, but offers no video",
                "Ask the provider about job " + render.job() + "; it was charged");
        return failed(render, failure, true);
    }

    static List<FoundOutput> found(JobStatus.Completed completed) {
        return completed.outputs().stream()
                .map(output -> new FoundOutput(output.kind(), output.url(), output.expiresAt()))
                .toList();
    }

    /** The account's trouble, not the render's: nothing more is submitted until somebody has mended it. */
    private PollStep noMoney(RenderingRender render, JobStatus.Failed failed) {
        String reason = "Job " + render.job() + " ended for want of balance: "
                + failed.failure().reason();
        // Not tried again by itself, as a refused submission is: another attempt may be accepted, and charged in part.
        alerts.fault(render.account(), reason);
        if (failed.charged()) {
            return failed(render, failed.failure(), true);
        }
        ledger.recordJobReturned(render.id(), render.job(), reason);
        return new PollStep.Done();
    }

    private PollStep failed(RenderingRender render, Failure failure, boolean charged) {
        Optional<Duration> again = retries.creative(failure, charged, render.paidAttempts());
        boolean changed = ledger.recordJobFailed(render.id(), render.job(), failure, charged, again);
        if (changed) {
            LOG.warn(
                    "Render {} failed at the provider ({}){}",
                    render.id(),
                    failure.reason(),
                    again.isPresent() ? ", and is planned for another attempt" : "");
        }
        return new PollStep.Done();
    }

    private PollStep pause(PollTrouble trouble) {
        return new PollStep.AskAgain(Optional.of(retries.questionBackoff(trouble.answers() - 1)), trouble);
    }
}

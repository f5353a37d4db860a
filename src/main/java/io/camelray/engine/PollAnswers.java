package io.camelray.engine;

import io.camelray.ledger.PollingLedger;
import io.camelray.ledger.PollingLedger.FoundOutput;
import io.camelray.ledger.PollingLedger.RenderingRender;
import io.camelray.ledger.SubmissionLedger;
import io.camelray.model.Failure;
import io.camelray.model.FailureClass;
import io.camelray.model.OutputKind;
import io.camelray.provider.JobStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Records what a status means for its render, and says whether to ask again. Thread-safe. */
final class PollAnswers {

    private static final Logger LOG = LoggerFactory.getLogger(PollAnswers.class);
    private static final int ALERT_AFTER = 3;
    private static final int EMPTY_AT_MOST = 10;
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);
    private static final Duration ACCOUNT_PAUSE = Duration.ofSeconds(30);

    private final PollingLedger ledger;
    private final SubmissionLedger submissions;
    private final RetryPolicy retries;

    PollAnswers(PollingLedger ledger, SubmissionLedger submissions, RetryPolicy retries) {
        this.ledger = ledger;
        this.submissions = submissions;
        this.retries = retries;
    }

    /** @param troubles answers in a row before this one that said nothing about the job */
    PollStep record(RenderingRender render, JobStatus status, int troubles) {
        return status.match(new JobStatus.Cases<>() {
            @Override
            public PollStep when(JobStatus.Running running) {
                return new PollStep.AskAgain(Optional.empty(), 0);
            }

            @Override
            public PollStep when(JobStatus.Completed completed) {
                return completed(render, completed, troubles);
            }

            @Override
            public PollStep when(JobStatus.Failed failed) {
                return failed(render, failed.failure(), failed.charged());
            }

            @Override
            public PollStep when(JobStatus.Missing missing) {
                if (troubles + 1 == ALERT_AFTER) {
                    LOG.error(
                            "Account {} does not know job {} of render {}: wrong key or environment? It is asked on, slowly",
                            render.account(),
                            render.job(),
                            render.id());
                }
                return pause(troubles);
            }

            @Override
            public PollStep when(JobStatus.AccountFault fault) {
                submissions.pauseAccount(render.account(), fault.reason());
                return new PollStep.AskAgain(Optional.of(ACCOUNT_PAUSE), 0);
            }

            @Override
            public PollStep when(JobStatus.Inconclusive inconclusive) {
                LOG.debug("Asking for render {} said nothing: {}", render.id(), inconclusive.reason());
                Duration own = retries.questionBackoff(troubles);
                Duration asked = inconclusive.retryAfter().orElse(Duration.ZERO);
                Duration longer = asked.compareTo(own) > 0 ? asked : own;
                return new PollStep.AskAgain(
                        Optional.of(longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer), troubles + 1);
            }
        });
    }

    private PollStep completed(RenderingRender render, JobStatus.Completed completed, int troubles) {
        List<FoundOutput> outputs = found(completed);
        if (outputs.stream().anyMatch(output -> output.kind() == OutputKind.VIDEO)) {
            ledger.recordRendered(render.id(), render.job(), completed.chainId(), outputs);
            return new PollStep.Done();
        }
        if (troubles + 1 < EMPTY_AT_MOST) {
            return pause(troubles);
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

    private PollStep pause(int troubles) {
        return new PollStep.AskAgain(Optional.of(retries.questionBackoff(troubles)), troubles + 1);
    }
}

package io.camelray.engine;

import io.camelray.ledger.OperatorException;
import io.camelray.model.OutputKind;
import io.camelray.model.ProviderJobId;
import io.camelray.provider.JobStatus;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks the provider whether a job is what an operator takes it for, before a render adopts it: adopting a wrong id would
 * deliver somebody else's video, or wait for ever. Thread-safe.
 */
public final class AdoptionCheck implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final JobQuestions questions;
    private final Runnable close;

    private AdoptionCheck(JobQuestions questions, Runnable close) {
        this.questions = questions;
        this.close = close;
    }

    /** The check of a program that runs. */
    static AdoptionCheck of(JobQuestions questions) {
        return new AdoptionCheck(questions, () -> {});
    }

    /** A check of its own, for a command that works while no program runs. */
    public static AdoptionCheck alone(Accounts accounts, HttpTimes http, Clock clock) {
        PollTransport transport = new PollTransport(http);
        return new AdoptionCheck(new JobQuestions(accounts, transport, clock, Runnable::run), transport::close);
    }

    /**
     * Returns if the account has such a job and it is, or may become, a video.
     *
     * @throws OperatorException if not, or if the provider cannot be asked; it says why
     */
    public void require(String account, ProviderJobId job) {
        refusal(status(account, job), account, job).ifPresent(why -> {
            throw new OperatorException(why);
        });
    }

    private JobStatus status(String account, ProviderJobId job) {
        try {
            return questions.ask(account, job).get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (IllegalStateException e) {
            throw cannotAsk(job, e.getMessage());
        } catch (ExecutionException e) {
            throw cannotAsk(job, Causes.describe(e));
        } catch (TimeoutException e) {
            throw cannotAsk(job, "no answer within " + PATIENCE.toSeconds() + " s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw cannotAsk(job, "interrupted");
        }
    }

    private static OperatorException cannotAsk(ProviderJobId job, String why) {
        return new OperatorException(
                "The provider cannot be asked about job " + job + ", so nothing was adopted: " + why + ". Try again");
    }

    private static Optional<String> refusal(JobStatus status, String account, ProviderJobId job) {
        return status.match(new JobStatus.Cases<>() {
            @Override
            public Optional<String> when(JobStatus.Running running) {
                return Optional.empty();
            }

            @Override
            public Optional<String> when(JobStatus.Completed completed) {
                boolean video = completed.outputs().stream().anyMatch(output -> output.kind() == OutputKind.VIDEO);
                return video ? Optional.empty() : Optional.of("Job " + job + " is completed, but is no video");
            }

            /** The poller finds the same, and the render is dealt with as if the reply had not been lost. */
            @Override
            public Optional<String> when(JobStatus.Failed failed) {
                return Optional.empty();
            }

            @Override
            public Optional<String> when(JobStatus.Cancelled cancelled) {
                return Optional.empty();
            }

            @Override
            public Optional<String> when(JobStatus.Missing missing) {
                return Optional.of("Account " + account + " has no job " + job + " (" + missing.reason()
                        + "); take the id from the provider's dashboard");
            }

            @Override
            public Optional<String> when(JobStatus.AccountFault fault) {
                throw cannotAsk(job, fault.reason());
            }

            @Override
            public Optional<String> when(JobStatus.Inconclusive inconclusive) {
                throw cannotAsk(job, inconclusive.reason());
            }
        });
    }

    @Override
    public void close() {
        close.run();
    }
}

package io.camelray.component;

import io.camelray.engine.Engine;
import io.camelray.ledger.DeliveryLedger.PendingOutput;
import io.camelray.provider.JobStatus;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks the provider for URLs in place of those that have expired. Thread-safe. */
final class FreshUrls {

    private static final long ANSWER_SECONDS = 60;

    private final Engine engine;

    FreshUrls(Engine engine) {
        this.engine = engine;
    }

    /** What the provider says of the output's job now, fresh URLs recorded; empty if it does not answer. */
    Optional<JobStatus> ask(PendingOutput pending) throws InterruptedException {
        try {
            return Optional.of(engine.mintUrls(pending.render()).get(ANSWER_SECONDS, TimeUnit.SECONDS));
        } catch (ExecutionException | TimeoutException e) {
            return Optional.empty();
        }
    }

    /** The output with the URL that this answer gives it; empty if it gives none. */
    static Optional<PendingOutput> offered(JobStatus status, PendingOutput pending) {
        return status instanceof JobStatus.Completed completed
                ? completed.outputs().stream()
                        .filter(output -> output.kind() == pending.kind())
                        .findFirst()
                        .map(output -> pending.at(output.url(), output.expiresAt()))
                : Optional.empty();
    }
}

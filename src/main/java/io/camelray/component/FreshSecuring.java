package io.camelray.component;

import io.camelray.delivery.DeliveryDefectException;
import io.camelray.delivery.DeliveryException;
import io.camelray.delivery.DeliveryRetryException;
import io.camelray.delivery.SecuredOutput;
import io.camelray.delivery.UrlExpiredException;
import io.camelray.ledger.DeliveryLedger.PendingOutput;
import io.camelray.provider.JobStatus;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Brings an output into the spool, verified; asks for a fresh URL where the one that is known has expired. */
final class FreshSecuring {

    private static final long MINT_SECONDS = 60;
    private static final int FRESH_AT_ONCE = 3;

    private final RayWorks works;

    FreshSecuring(RayWorks works) {
        this.works = works;
    }

    /** @throws DeliveryException which says what is to become of the output */
    SecuredOutput secure(PendingOutput pending) throws DeliveryException, InterruptedException {
        if (pending.redelivery().isPresent()) {
            return new RedeliverySecuring(works).secure(pending);
        }
        try {
            return works.securing().secure(pending);
        } catch (UrlExpiredException e) {
            Optional<JobStatus> status = mint(pending);
            if (status.orElse(null) instanceof JobStatus.Failed gone) {
                throw new DeliveryDefectException(
                        pending.render().id(),
                        gone.failure().reason(),
                        gone.failure().remedy());
            }
            // A fresh URL that is refused as well is no matter of expiry, and a file that is not offered will not be at
            // once: then the consumer's growing pauses apply.
            if (!pending.url().isEmpty()
                    && status.orElse(null) instanceof JobStatus.Completed
                    && pending.attempt() < FRESH_AT_ONCE) {
                throw new DeliveryRetryException(
                        pending.render().id(), Duration.ZERO, "the URL had expired; a fresh one was minted");
            }
            throw e;
        }
    }

    private Optional<JobStatus> mint(PendingOutput pending) throws InterruptedException {
        try {
            return Optional.of(works.engine().mintUrls(pending.render()).get(MINT_SECONDS, TimeUnit.SECONDS));
        } catch (ExecutionException | TimeoutException e) {
            return Optional.empty();
        }
    }
}

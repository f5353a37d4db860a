package io.camelray.component;

import io.camelray.delivery.DeliveryDefectException;
import io.camelray.delivery.DeliveryException;
import io.camelray.delivery.DeliveryRetryException;
import io.camelray.delivery.EarlierCopy;
import io.camelray.delivery.SecuredOutput;
import io.camelray.delivery.UrlExpiredException;
import io.camelray.ledger.DeliveryLedger.PendingOutput;
import io.camelray.provider.JobStatus;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Brings into the spool what is delivered anew: from where it lies, else from a fresh URL. What can be had from neither is
 * a defect at once, and what cannot be told is one after {@value #PATIENCE} tries: it was delivered before, so that nothing
 * is lost by giving up.
 */
final class RedeliverySecuring {

    private static final long MINT_SECONDS = 60;
    private static final int FRESH_AT_ONCE = 3;

    /** With the pauses of deliveries, well over an hour. */
    static final int PATIENCE = 24;

    private static final String REMEDY = "Drop the manifest with the former key if it is to stay there.";

    private final RayWorks works;

    RedeliverySecuring(RayWorks works) {
        this.works = works;
    }

    /** @throws DeliveryException which says what is to become of the output */
    SecuredOutput secure(PendingOutput pending) throws DeliveryException, InterruptedException {
        try {
            return bring(pending);
        } catch (DeliveryRetryException | UrlExpiredException e) {
            if (pending.attempt() < PATIENCE) {
                throw e;
            }
            throw defect(pending, e.getMessage());
        }
    }

    private SecuredOutput bring(PendingOutput pending) throws DeliveryException, InterruptedException {
        EarlierCopy.Outcome earlier = works.earlierCopy().copy(pending);
        if (earlier.file().isPresent()) {
            return works.securing().secure(pending.with(earlier.file().get()));
        }
        if (pending.url().isEmpty()) {
            throw mint(pending, earlier.reason());
        }
        try {
            return works.securing().secure(pending);
        } catch (UrlExpiredException e) {
            throw mint(pending, and(earlier.reason(), e.getMessage()));
        } catch (DeliveryDefectException e) {
            throw defect(pending, and(earlier.reason(), e.failure().reason()));
        }
    }

    /** Has a fresh URL recorded, with which the output is tried again; or says why there is none. */
    private DeliveryException mint(PendingOutput pending, String why) throws InterruptedException {
        Optional<JobStatus> answer = ask(pending);
        JobStatus status = answer.orElse(null);
        if (status instanceof JobStatus.Completed completed) {
            if (completed.outputs().stream().noneMatch(output -> output.kind() == pending.kind())) {
                return defect(
                        pending,
                        and(why, "The provider offers no " + pending.kind().label() + " for the completed job"));
            }
            return pending.attempt() < FRESH_AT_ONCE
                    ? new DeliveryRetryException(
                            pending.render().id(), Duration.ZERO, and(why, "a fresh URL was minted"))
                    : new UrlExpiredException(pending.render().id(), 0, why);
        }
        if (status instanceof JobStatus.Failed failed) {
            return defect(pending, and(why, failed.failure().reason()));
        }
        if (status instanceof JobStatus.Cancelled cancelled) {
            return defect(pending, and(why, cancelled.failure().reason()));
        }
        if (status instanceof JobStatus.Missing missing) {
            return defect(pending, and(why, "the provider does not know the job any more: " + missing.reason()));
        }
        return new UrlExpiredException(
                pending.render().id(), 0, and(why, "the provider cannot be asked for a fresh URL now"));
    }

    private Optional<JobStatus> ask(PendingOutput pending) throws InterruptedException {
        try {
            return Optional.of(works.engine().mintUrls(pending.render()).get(MINT_SECONDS, TimeUnit.SECONDS));
        } catch (ExecutionException | TimeoutException e) {
            return Optional.empty();
        }
    }

    private static String and(String one, String other) {
        return one.isEmpty() ? other : one + "; " + other;
    }

    private static DeliveryDefectException defect(PendingOutput pending, String reason) {
        return new DeliveryDefectException(pending.render().id(), reason, REMEDY);
    }
}

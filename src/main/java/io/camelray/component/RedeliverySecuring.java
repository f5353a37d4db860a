package io.camelray.component;

import io.camelray.delivery.DeliveryDefectException;
import io.camelray.delivery.DeliveryException;
import io.camelray.delivery.DeliveryRetryException;
import io.camelray.delivery.EarlierCopy;
import io.camelray.delivery.SecuredOutput;
import io.camelray.delivery.UrlExpiredException;
import io.camelray.ledger.DeliveryLedger.PendingOutput;
import io.camelray.provider.JobStatus;
import java.util.Optional;

/**
 * Brings into the spool what is delivered anew: from where it lies, else from a fresh URL. What can be had from neither is
 * a defect at once, and what cannot be told is one after {@value #PATIENCE} tries: it was delivered before, so that nothing
 * is lost by giving up.
 */
final class RedeliverySecuring {

    /** With the pauses of deliveries, well over an hour. */
    static final int PATIENCE = 24;

    private static final String REMEDY = "Drop the manifest with the former key if it is to stay there.";

    private final RayWorks works;
    private final FreshUrls freshUrls;

    RedeliverySecuring(RayWorks works, FreshUrls freshUrls) {
        this.works = works;
        this.freshUrls = freshUrls;
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
            return fetchAnew(pending, earlier.reason());
        }
        try {
            return fetch(pending, earlier.reason());
        } catch (UrlExpiredException e) {
            return fetchAnew(pending, e.getMessage());
        }
    }

    private SecuredOutput fetch(PendingOutput pending, String why) throws DeliveryException {
        try {
            return works.securing().secure(pending);
        } catch (UrlExpiredException e) {
            throw new UrlExpiredException(pending.render().id(), e.status(), and(why, e.getMessage()));
        } catch (DeliveryDefectException e) {
            throw defect(pending, and(why, e.failure().reason()));
        }
    }

    /** From a fresh URL, if the provider still gives one. */
    private SecuredOutput fetchAnew(PendingOutput pending, String why) throws DeliveryException, InterruptedException {
        JobStatus status = freshUrls.ask(pending).orElse(null);
        if (status instanceof JobStatus.Completed completed) {
            Optional<PendingOutput> fresh = FreshUrls.offered(completed, pending);
            if (fresh.isEmpty()) {
                throw defect(
                        pending,
                        and(why, "The provider offers no " + pending.kind().label() + " for the completed job"));
            }
            return fetch(fresh.get(), why);
        }
        if (status instanceof JobStatus.Failed failed) {
            throw defect(pending, and(why, failed.failure().reason()));
        }
        if (status instanceof JobStatus.Cancelled cancelled) {
            throw defect(pending, and(why, cancelled.failure().reason()));
        }
        if (status instanceof JobStatus.Missing missing) {
            throw defect(pending, and(why, "the provider does not know the job any more: " + missing.reason()));
        }
        throw new UrlExpiredException(
                pending.render().id(), 0, and(why, "the provider cannot be asked for a fresh URL now"));
    }

    private static String and(String one, String other) {
        return one.isEmpty() ? other : one + "; " + other;
    }

    private static DeliveryDefectException defect(PendingOutput pending, String reason) {
        return new DeliveryDefectException(pending.render().id(), reason, REMEDY);
    }
}

package io.camelray.component;

import io.camelray.delivery.DeliveryDefectException;
import io.camelray.delivery.DeliveryException;
import io.camelray.delivery.SecuredOutput;
import io.camelray.delivery.UrlExpiredException;
import io.camelray.ledger.DeliveryLedger.PendingOutput;
import io.camelray.provider.JobStatus;
import java.util.Optional;

/**
 * Brings an output into the spool, verified. Where the URL that is known is refused, a fresh one is tried at once: after a
 * pause it might have expired as well.
 */
final class FreshSecuring {

    private final RayWorks works;
    private final FreshUrls freshUrls;

    FreshSecuring(RayWorks works) {
        this.works = works;
        this.freshUrls = new FreshUrls(works.engine());
    }

    /** @throws DeliveryException which says what is to become of the output */
    SecuredOutput secure(PendingOutput pending) throws DeliveryException, InterruptedException {
        if (pending.redelivery().isPresent()) {
            return new RedeliverySecuring(works, freshUrls).secure(pending);
        }
        try {
            return works.securing().secure(pending);
        } catch (UrlExpiredException e) {
            Optional<JobStatus> status = freshUrls.ask(pending);
            if (status.orElse(null) instanceof JobStatus.Failed gone) {
                throw new DeliveryDefectException(
                        pending.render().id(),
                        gone.failure().reason(),
                        gone.failure().remedy());
            }
            // A file that was not offered before is no matter of expiry: it has the time of the growing pauses to
            // appear.
            Optional<PendingOutput> fresh = pending.url().isEmpty()
                    ? Optional.empty()
                    : status.flatMap(answer -> FreshUrls.offered(answer, pending));
            return works.securing().secure(fresh.orElseThrow(() -> e));
        }
    }
}

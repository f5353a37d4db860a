package io.camelray.ledger;

import io.camelray.ledger.DeliveryLedger.PendingOutput;
import io.camelray.ledger.SubmissionLedger.DueRender;
import io.camelray.model.RenderId;
import io.camelray.model.RenderState;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What whoever waits for single renders asks of the ledger. An ad-hoc request is a campaign of one render whose name
 * begins with {@link #PREFIX}; everything that holds for renders holds for it, but nobody writes a report about it.
 */
public interface AdHocLedger {

    /** What the campaigns of ad-hoc requests are called, and no manifest's. */
    String PREFIX = "ad-hoc-";

    /** Ad-hoc renders that have not ended, and to which nothing has happened for this long. */
    List<RenderId> openAdHoc(Duration untouchedFor);

    /** Where these renders stand now; what the ledger does not know is left out. */
    List<Progress> progress(Collection<RenderId> renders);

    /** @param due whether it is planned and could be submitted now, or is rendered and could be leased now */
    record Progress(RenderId id, String account, RenderState state, boolean due) {}

    /** The render, if it is planned and due. Nothing is leased. */
    Optional<DueRender> due(RenderId render);

    /** Leases the render, if its outputs wait for delivery and are due and not leased, and offers the next of them. */
    Optional<PendingOutput> claimRendered(RenderId render, Duration lease);

    /** What the provider refers to the render's result with; empty before it completed, and where there is no such thing. */
    Optional<String> chainId(RenderId render);
}

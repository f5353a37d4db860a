package io.camelray.component;

import io.camelray.ledger.DeliveryLedger.PendingOutput;
import io.camelray.ledger.Ledger;
import io.camelray.ledger.Ledger.Change;
import java.time.Duration;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Leases completed outputs, earliest expiry first. What its route does not deliver goes back with a due time. */
final class RenderedConsumer extends LedgerConsumer<PendingOutput> {

    /** Long enough for gigabytes; a dead program's leases are freed at the next start, not by waiting for this. */
    private static final Duration LEASE = Duration.ofHours(2);

    RenderedConsumer(RayEndpoint endpoint, Processor processor) {
        super(endpoint, processor, Change.RENDERED);
    }

    @Override
    List<PendingOutput> claim(Ledger ledger, int limit) {
        List<PendingOutput> claimed = ledger.claimRendered(limit, LEASE);
        claimed.forEach(works().expiryAlarm()::check);
        return claimed;
    }

    @Override
    void fill(PendingOutput pending, Exchange exchange) {
        // First, because it is settled by this whatever else fails.
        Handover.put(exchange, new Handover(pending));
        exchange.getMessage().setBody(pending);
        exchange.getMessage()
                .setHeader(RayConstants.RENDER_ID, pending.render().id().toString());
        exchange.getMessage().setHeader(RayConstants.CAMPAIGN, pending.render().campaign());
    }

    @Override
    void settle(PendingOutput pending, Exchange exchange) {
        boolean stored = exchange.getException() == null;
        Handover.of(exchange).ends().ifPresent(visit -> works().destinationWatch()
                .leave(visit, stored));
        OutputSettlement settlement = new OutputSettlement(works());
        if (exchange.getException() != null) {
            settlement.failed(pending, exchange.getException());
        } else if (!Handover.of(exchange).isProven()) {
            settlement.unproven(pending);
        }
    }
}

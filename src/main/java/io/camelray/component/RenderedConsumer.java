package io.camelray.component;

import io.camelray.delivery.DeliveryDefectException;
import io.camelray.delivery.DeliveryRetryException;
import io.camelray.delivery.UrlExpiredException;
import io.camelray.ledger.DeliveryLedger.PendingOutput;
import io.camelray.ledger.Ledger;
import io.camelray.ledger.Ledger.Change;
import java.time.Duration;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Leases completed outputs, earliest expiry first. What its route does not deliver goes back with a due time. */
final class RenderedConsumer extends LedgerConsumer<PendingOutput> {

    private static final Logger LOG = LoggerFactory.getLogger(RenderedConsumer.class);

    /** Long enough for gigabytes; a dead program's leases are freed at the next start, not by waiting for this. */
    private static final Duration LEASE = Duration.ofHours(2);

    private static final Duration ROUTE_TROUBLE = Duration.ofSeconds(5);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

    RenderedConsumer(RayEndpoint endpoint, Processor processor) {
        super(endpoint, processor, Change.RENDERED);
    }

    @Override
    List<PendingOutput> claim(Ledger ledger, int limit) {
        return ledger.claimRendered(limit, LEASE);
    }

    @Override
    void fill(PendingOutput pending, Exchange exchange) {
        exchange.getMessage().setBody(pending);
        exchange.getMessage()
                .setHeader(RayConstants.RENDER_ID, pending.render().id().toString());
        exchange.getMessage().setHeader(RayConstants.CAMPAIGN, pending.render().campaign());
        Handover.put(exchange, new Handover(pending));
    }

    @Override
    void settle(PendingOutput pending, Exchange exchange) {
        Ledger ledger = works().ledger();
        Exception failure = exchange.getException();
        String what = "Output " + pending.kind().label() + " of render "
                + pending.render().id() + " of " + pending.render().campaign();
        if (failure == null) {
            if (!Handover.of(exchange).isProven()) {
                LOG.error("{} left its route without ray:delivered; it is tried again", what);
                ledger.releaseOutput(pending.outputId(), LONGEST_PAUSE, "the route ended without ray:delivered");
            }
        } else if (failure instanceof DeliveryDefectException defect) {
            LOG.error("{} cannot be delivered: {}", what, defect.getMessage());
            ledger.failOutput(pending.outputId(), defect.failure());
        } else if (failure instanceof UrlExpiredException) {
            LOG.info("{} has an expired URL, a fresh one is asked for", what);
            ledger.releaseOutput(pending.outputId(), pause(pending), "its URL expired");
        } else if (failure instanceof DeliveryRetryException retry) {
            LOG.warn("{} is tried again in {} s: {}", what, retry.delay().toSeconds(), retry.getMessage());
            ledger.releaseOutput(pending.outputId(), retry.delay(), retry.getMessage());
        } else {
            Duration pause = pause(pending);
            LOG.warn("{} could not be stored, tried again in {} s: {}", what, pause.toSeconds(), describe(failure));
            ledger.releaseOutput(pending.outputId(), pause, describe(failure));
        }
    }

    private static String describe(Exception failure) {
        String message = failure.getMessage();
        return failure.getClass().getSimpleName()
                + (message == null ? "" : ": " + message.lines().findFirst().orElse(""));
    }

    private static Duration pause(PendingOutput pending) {
        Duration pause = ROUTE_TROUBLE.multipliedBy(1L << Math.min(pending.attempt(), 6));
        return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }
}

package io.camelray.component;

import io.camelray.delivery.DeadLetter;
import io.camelray.ledger.Ledger;
import io.camelray.ledger.Ledger.Change;
import io.camelray.ledger.RenderRecord;
import java.time.Duration;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands over renders that failed for good, each at least once, as JSON. */
final class FailedConsumer extends LedgerConsumer<RenderRecord> {

    private static final Logger LOG = LoggerFactory.getLogger(FailedConsumer.class);
    private static final Duration LEASE = Duration.ofMinutes(10);
    private static final Duration PAUSE = Duration.ofSeconds(30);

    private final DeadLetter deadLetter = new DeadLetter();

    FailedConsumer(RayEndpoint endpoint, Processor processor) {
        super(endpoint, processor, Change.FAILED);
    }

    @Override
    List<RenderRecord> claim(Ledger ledger, int limit) {
        return ledger.claimFailures(limit, LEASE);
    }

    @Override
    void fill(RenderRecord render, Exchange exchange) {
        exchange.getMessage().setBody(deadLetter.document(render));
        exchange.getMessage().setHeader(RayConstants.RENDER_ID, render.id().toString());
        exchange.getMessage().setHeader(RayConstants.CAMPAIGN, render.campaign());
    }

    @Override
    void settle(RenderRecord render, Exchange exchange) {
        if (exchange.getException() == null) {
            works().ledger().settleFailure(render.id());
        } else {
            LOG.warn(
                    "Render {} could not be handed to the dead-letter channel, tried again in {} s: {}",
                    render.id(),
                    PAUSE.toSeconds(),
                    exchange.getException().getMessage());
            works().ledger().releaseFailure(render.id(), PAUSE);
        }
    }
}

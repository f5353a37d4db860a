package io.camelray.component;

import io.camelray.delivery.EventDocument;
import io.camelray.ledger.EventLedger.LedgerEvent;
import io.camelray.ledger.Ledger;
import io.camelray.ledger.Ledger.Change;
import java.time.Duration;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands over what happens from its first start on, each event at least once, those of one render in their order, as
 * CloudEvents.
 */
final class EventsConsumer extends LedgerConsumer<LedgerEvent> {

    private static final Logger LOG = LoggerFactory.getLogger(EventsConsumer.class);
    private static final Duration LEASE = Duration.ofMinutes(10);
    private static final Duration PAUSE = Duration.ofSeconds(10);

    private final EventDocument document = new EventDocument();

    EventsConsumer(RayEndpoint endpoint, Processor processor) {
        super(endpoint, processor, Change.EVENT);
    }

    @Override
    protected void doStart() throws Exception {
        works().wantEvents();
        super.doStart();
    }

    @Override
    List<LedgerEvent> claim(Ledger ledger, int limit) {
        return ledger.claimEvents(limit, LEASE);
    }

    @Override
    void fill(LedgerEvent event, Exchange exchange) {
        exchange.getMessage().setBody(document.write(event));
        exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, EventDocument.CONTENT_TYPE);
        exchange.getMessage().setHeader(RayConstants.EVENT_ID, document.id(event));
        exchange.getMessage().setHeader(RayConstants.EVENT_TYPE, document.type(event));
        event.campaign().ifPresent(name -> exchange.getMessage().setHeader(RayConstants.CAMPAIGN, name));
        event.render().ifPresent(render -> exchange.getMessage()
                .setHeader(RayConstants.RENDER_ID, render.id().toString()));
    }

    @Override
    void settle(LedgerEvent event, Exchange exchange) {
        if (exchange.getException() == null) {
            works().ledger().settleEvent(event.id());
        } else {
            LOG.warn(
                    "Event {} could not be handed to the events channel, tried again in {} s: {}",
                    event.id(),
                    PAUSE.toSeconds(),
                    exchange.getException().getMessage());
            works().ledger().releaseEvent(event.id(), PAUSE);
        }
    }
}

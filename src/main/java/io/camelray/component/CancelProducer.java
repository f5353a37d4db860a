package io.camelray.component;

import io.camelray.ledger.OperatorException;
import io.camelray.ledger.OperatorLedger.Cancellation;
import io.camelray.model.RenderId;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.DefaultProducer;

/**
 * Cancels the render that the header {@code CamelRayRenderId}, or else the body, names. The body becomes the
 * {@link Cancellation}, which says whether it has ended or goes on; a render that cannot be cancelled is an
 * {@link OperatorException}.
 */
final class CancelProducer extends DefaultProducer {

    private final RayEndpoint endpoint;

    CancelProducer(RayEndpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        Message message = exchange.getMessage();
        String named = message.getHeader(RayConstants.RENDER_ID, String.class);
        RenderId render = RenderId.parse(named != null ? named : message.getMandatoryBody(String.class));
        message.setHeader(RayConstants.RENDER_ID, render.toString());
        message.setBody(endpoint.works().ledger().cancel(render));
    }
}

package io.camelray.component;

import io.camelray.engine.SubmitResult;
import io.camelray.ledger.SubmissionLedger.DueRender;
import java.util.Locale;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultProducer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Submits the render that {@code ray:due} offered. Its outcome is in the ledger, so it only fails when that does. */
final class SubmitProducer extends DefaultProducer {

    private static final Logger LOG = LoggerFactory.getLogger(SubmitProducer.class);

    private final RayEndpoint endpoint;

    SubmitProducer(RayEndpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
    }

    @Override
    public void process(Exchange exchange) {
        if (!(exchange.getMessage().getBody() instanceof DueRender render)) {
            throw new IllegalArgumentException("ray:submit takes the messages of ray:due, and nothing else");
        }
        SubmitResult result = endpoint.works().engine().submit(render);
        LOG.debug("Render {} of {}: {}", render.id(), render.campaign(), result);
        exchange.getMessage()
                .setHeader(
                        RayConstants.SUBMISSION,
                        result.getClass().getSimpleName().toLowerCase(Locale.ROOT));
    }
}

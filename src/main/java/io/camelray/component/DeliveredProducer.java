package io.camelray.component;

import io.camelray.delivery.SecuredOutput;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.component.aws2.s3.AWS2S3Constants;
import org.apache.camel.support.DefaultProducer;

/** Proves that the output is at its destination, and closes the render with its last output. */
final class DeliveredProducer extends DefaultProducer {

    private final RayEndpoint endpoint;

    DeliveredProducer(RayEndpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        Handover handover = Handover.of(exchange);
        SecuredOutput output = handover.secured()
                .orElseThrow(() -> new IllegalStateException("ray:delivered comes after ray:secure and a store"));
        String entityTag = exchange.getMessage().getHeader(AWS2S3Constants.E_TAG, String.class);
        if (endpoint.works().settings().delivery().tags()) {
            endpoint.works().tags().tag(handover.pending(), output);
        }
        endpoint.works().proving().prove(handover.pending(), output, Optional.ofNullable(entityTag));
        handover.proven();
    }
}

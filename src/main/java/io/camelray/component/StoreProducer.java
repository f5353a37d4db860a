package io.camelray.component;

import io.camelray.delivery.SecuredOutput;
import io.camelray.delivery.Storing.Stored;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.aws2.s3.AWS2S3Constants;
import org.apache.camel.support.DefaultProducer;

/** Stores a secured output itself; what it was stored under, and the entity tag, stand in the headers. */
final class StoreProducer extends DefaultProducer {

    private final RayEndpoint endpoint;

    StoreProducer(RayEndpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        Handover handover = Handover.of(exchange);
        SecuredOutput output =
                handover.secured().orElseThrow(() -> new IllegalStateException("ray:store comes after ray:secure"));
        Stored stored = endpoint.works().storing().store(handover.pending(), output);
        handover.secured(stored.output());
        Message message = exchange.getMessage();
        message.setHeader(RayConstants.OBJECT_KEY, stored.output().objectKey());
        stored.entityTag().ifPresent(tag -> message.setHeader(AWS2S3Constants.E_TAG, tag));
    }
}

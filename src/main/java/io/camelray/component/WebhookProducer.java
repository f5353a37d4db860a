package io.camelray.component;

import io.camelray.engine.Callbacks;
import io.camelray.provider.Callback;
import java.io.IOException;
import java.io.InputStream;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.DefaultProducer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a webhook as it came over HTTP, and answers with nothing but a status. Nothing of the request is left in the
 * message, so nothing of it is sent back.
 */
final class WebhookProducer extends DefaultProducer {

    private static final Logger LOG = LoggerFactory.getLogger(WebhookProducer.class);

    /** Replicate repeats the input; a call with more than this is refused, and the job is asked for as always. */
    private static final int LONGEST_BODY = 4 << 20;

    private final RayEndpoint endpoint;

    WebhookProducer(RayEndpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
    }

    @Override
    public void process(Exchange exchange) throws IOException {
        Message message = exchange.getMessage();
        int status = status(message);
        message.removeHeaders("*");
        message.setBody(null);
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, status);
    }

    private int status(Message message) throws IOException {
        byte[] body = new byte[0];
        try (InputStream stream = message.getBody(InputStream.class)) {
            if (stream != null) {
                body = stream.readNBytes(LONGEST_BODY + 1);
            }
        }
        if (body.length > LONGEST_BODY) {
            return 413;
        }
        String account = header(message, RayConstants.ACCOUNT);
        Callbacks.Receipt receipt = endpoint.works()
                .engine()
                .callbacks()
                .receive(
                        account,
                        new Callback(
                                header(message, "webhook-id"),
                                header(message, "webhook-timestamp"),
                                header(message, "webhook-signature"),
                                body));
        LOG.debug("A webhook of {} bytes is {}", body.length, receipt);
        return switch (receipt) {
            case TAKEN -> 200;
            case MALFORMED, STALE -> 400;
            case FORGED -> 401;
            case REPEATED -> 409;
            case NOT_NOW -> 503;
        };
    }

    private static String header(Message message, String name) {
        String value = message.getHeader(name, String.class);
        return value == null ? "" : value;
    }
}

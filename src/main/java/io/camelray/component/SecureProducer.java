package io.camelray.component;

import io.camelray.delivery.DeliveryDefectException;
import io.camelray.delivery.DeliveryRetryException;
import io.camelray.delivery.SecuredOutput;
import io.camelray.delivery.UrlExpiredException;
import io.camelray.ledger.DeliveryLedger.PendingOutput;
import io.camelray.model.Destination;
import io.camelray.provider.JobStatus;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.aws2.s3.AWS2S3Constants;
import org.apache.camel.support.DefaultProducer;

/** Brings an output into the spool, verified: the body becomes its file, the headers say where it goes. */
final class SecureProducer extends DefaultProducer {

    private static final long MINT_SECONDS = 60;
    private static final int FRESH_AT_ONCE = 3;

    private final RayEndpoint endpoint;

    SecureProducer(RayEndpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        Handover handover = Handover.of(exchange);
        SecuredOutput output = secure(handover.pending());
        handover.secured(output);
        Message message = exchange.getMessage();
        message.setBody(output.file().toFile());
        message.setHeader(RayConstants.KEY, output.objectKey());
        if (output.destination() instanceof Destination.Folder folder) {
            message.setHeader(RayConstants.STORE, "folder");
            message.setHeader(RayConstants.FOLDER, folder.path().toString());
            message.setHeader(Exchange.FILE_NAME, output.key());
        } else {
            message.setHeader(RayConstants.STORE, "s3");
            message.setHeader(RayConstants.BUCKET, output.bucket().orElseThrow());
            message.setHeader(AWS2S3Constants.KEY, output.objectKey());
            message.setHeader(AWS2S3Constants.CONTENT_TYPE, output.contentType());
            message.setHeader(AWS2S3Constants.METADATA, output.metadata());
        }
    }

    private SecuredOutput secure(PendingOutput pending) throws Exception {
        try {
            return endpoint.works().securing().secure(pending);
        } catch (UrlExpiredException e) {
            Optional<JobStatus> status = mint(pending);
            if (status.orElse(null) instanceof JobStatus.Failed gone) {
                throw new DeliveryDefectException(
                        pending.render().id(),
                        gone.failure().reason(),
                        gone.failure().remedy());
            }
            // A fresh URL that is refused as well is no matter of expiry: then the consumer's growing pauses apply.
            if (status.orElse(null) instanceof JobStatus.Completed && pending.attempt() < FRESH_AT_ONCE) {
                throw new DeliveryRetryException(
                        pending.render().id(), Duration.ZERO, "the URL had expired; a fresh one was minted");
            }
            throw e;
        }
    }

    private Optional<JobStatus> mint(PendingOutput pending) throws InterruptedException {
        try {
            return Optional.of(
                    endpoint.works().engine().mintUrls(pending.render()).get(MINT_SECONDS, TimeUnit.SECONDS));
        } catch (ExecutionException | TimeoutException e) {
            return Optional.empty();
        }
    }
}

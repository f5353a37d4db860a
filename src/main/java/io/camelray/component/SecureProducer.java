package io.camelray.component;

import io.camelray.assets.FolderStore;
import io.camelray.delivery.DeliveryTakenOverException;
import io.camelray.delivery.SecuredOutput;
import io.camelray.model.Destination;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.aws2.s3.AWS2S3Constants;
import org.apache.camel.support.DefaultProducer;

/**
 * Brings an output into the spool, verified: the body becomes its file, the headers say where it goes. A node that slept
 * meanwhile, so that another took the output over, goes no further: a half-written file that it left at the destination
 * would be removed by nobody.
 */
final class SecureProducer extends DefaultProducer {

    private final RayEndpoint endpoint;

    SecureProducer(RayEndpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        Handover handover = Handover.of(exchange);
        SecuredOutput output = new FreshSecuring(endpoint.works()).secure(handover.pending());
        if (!endpoint.works().ledger().mayDeliver(handover.pending().outputId())) {
            throw new DeliveryTakenOverException(handover.pending().render().id());
        }
        handover.secured(output);
        handover.begins(endpoint.works().destinationWatch().enter(handover.pending()));
        Message message = exchange.getMessage();
        message.setBody(output.file().toFile());
        message.setHeader(RayConstants.OBJECT_KEY, output.objectKey());
        if (endpoint.works().storing().isNeededFor(output)) {
            message.setHeader(RayConstants.STORE, "ray");
            output.bucket().ifPresent(bucket -> message.setHeader(RayConstants.BUCKET, bucket));
        } else if (output.destination() instanceof Destination.Folder folder) {
            message.setHeader(RayConstants.STORE, "folder");
            message.setHeader(RayConstants.FOLDER, folder.path().toString());
            message.setHeader(RayConstants.DRAFT, new FolderStore(folder.path()).newDraft(output.key()));
            message.setHeader(Exchange.FILE_NAME, output.key());
        } else {
            message.setHeader(RayConstants.STORE, "s3");
            message.setHeader(RayConstants.BUCKET, output.bucket().orElseThrow());
            message.setHeader(AWS2S3Constants.KEY, output.objectKey());
            message.setHeader(AWS2S3Constants.CONTENT_TYPE, output.contentType());
            message.setHeader(AWS2S3Constants.METADATA, output.metadata());
        }
    }
}

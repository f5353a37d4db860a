package io.camelray.component;

import io.camelray.intake.ApprovalSheet;
import io.camelray.intake.ManifestSource;
import io.camelray.intake.PlanAnswer;
import io.camelray.intake.PlanResult;
import io.camelray.intake.SheetApproval;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.WrappedFile;
import org.apache.camel.support.DefaultProducer;

/**
 * Plans a manifest that came from anywhere, and answers with one JSON document. It is the body alone, so that nobody who
 * can only send a message can name files of ours; what was accepted is filed here, because nobody else has it.
 */
final class DocumentProducer extends DefaultProducer {

    private static final String NAME = "manifest.yaml";

    private final RayEndpoint endpoint;
    private final PlanProducer plans;

    DocumentProducer(RayEndpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
        this.plans = new PlanProducer(endpoint);
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        Message message = exchange.getMessage();
        ManifestSource source = source(message);
        boolean hasFile = message.getBody() instanceof WrappedFile;
        byte[] document;
        if (ApprovalSheet.isOne(source.bytes())) {
            SheetApproval.Outcome done = new SheetApproval(endpoint.works().ledger()).apply(source.bytes());
            plans.answer(done, source, message);
            document = PlanAnswer.of(source, done);
        } else {
            PlanResult result = endpoint.works().planner().plan(source);
            plans.answer(result, source, message);
            document = PlanAnswer.of(source, result);
        }
        boolean rejected = "rejected".equals(message.getHeader(RayConstants.OUTCOME, String.class));
        if (!hasFile && !(rejected && exchange.getPattern().isOutCapable())) {
            keep(source, message);
        }
        message.setBody(document);
    }

    /** Who waits for an answer keeps what is refused; all else is filed as a dropped manifest is. */
    private void keep(ManifestSource source, Message message) throws IOException {
        Path wanted = Path.of(message.getHeader(RayConstants.FILED_AS, String.class));
        Path filed = Filing.keep(endpoint.works().settings().home(), wanted, source.bytes());
        message.setHeader(RayConstants.FILED_AS, filed.toString().replace('\\', '/'));
        message.setHeader(RayConstants.FILED_NAME, filed.getFileName().toString());
    }

    private static ManifestSource source(Message message) throws IOException {
        if (message.getBody() instanceof WrappedFile<?> wrapped && wrapped.getFile() instanceof File file) {
            return ManifestSource.of(file.toPath());
        }
        try (InputStream in = message.getBody(InputStream.class)) {
            return new ManifestSource(NAME, in == null ? new byte[0] : in.readNBytes(ManifestSource.MAX_BYTES + 1));
        }
    }
}

package io.camelray.component;

import io.camelray.intake.ManifestSource;
import io.camelray.intake.PlanResult;
import io.camelray.intake.RejectionReport;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.DefaultProducer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Plans the manifest in the body. A manifest that is refused is an answer, not a failure: the body becomes the document
 * of its violations, and the headers say where to file it.
 */
final class PlanProducer extends DefaultProducer {

    private static final Logger LOG = LoggerFactory.getLogger(PlanProducer.class);

    private final RayEndpoint endpoint;
    private final RejectionReport rejections = new RejectionReport();

    PlanProducer(RayEndpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        Message message = exchange.getMessage();
        ManifestSource source =
                new ManifestSource(name(message), message.getMandatoryBody(byte[].class), folder(message));
        switch (endpoint.getConfiguration().getOperation()) {
            case validate ->
                message.setBody(endpoint.works().planner().preview(source).violations());
            case estimate -> message.setBody(endpoint.works().planner().preview(source));
            default -> plan(source, message);
        }
    }

    private void plan(ManifestSource source, Message message) {
        RayWorks works = endpoint.works();
        PlanResult result = works.planner().plan(source);
        if (result instanceof PlanResult.Rejected rejected) {
            works.countRejected();
            LOG.warn(
                    "{} is rejected with {} violations; the first: {}",
                    source.name(),
                    rejected.violations().size(),
                    rejected.violations().isEmpty()
                            ? "none"
                            : rejected.violations().get(0).message());
            message.setHeader(RayConstants.OUTCOME, "rejected");
            file(message, source, Path.of("rejected"));
            message.setBody(rejections.write(source, rejected));
        } else if (result instanceof PlanResult.Repeated repeated) {
            LOG.info(
                    "{} was accepted before as {} r{}: nothing is rendered again, $0",
                    source.name(),
                    repeated.revision().campaign(),
                    repeated.revision().number());
            accepted(
                    message,
                    source,
                    "repeated",
                    repeated.revision().campaign(),
                    repeated.revision().number());
        } else if (result instanceof PlanResult.Accepted taken) {
            LOG.info(
                    "{} is accepted as {} r{}: {} renders planned, {} kept, {} cancelled, {} expected{}",
                    source.name(),
                    taken.revision().campaign(),
                    taken.revision().number(),
                    taken.added(),
                    taken.kept(),
                    taken.cancelled(),
                    taken.price().expected(),
                    taken.held() ? "; held, because that exceeds the budget" : "");
            accepted(
                    message,
                    source,
                    "accepted",
                    taken.revision().campaign(),
                    taken.revision().number());
        }
    }

    private void accepted(Message message, ManifestSource source, String outcome, String campaign, int revision) {
        message.setHeader(RayConstants.OUTCOME, outcome);
        message.setHeader(RayConstants.CAMPAIGN, campaign);
        message.setHeader(RayConstants.REVISION, revision);
        file(message, source, Path.of("accepted", campaign, "r" + revision));
    }

    private void file(Message message, ManifestSource source, Path folder) {
        Path free = Filing.free(endpoint.works().settings().home(), folder, source.name());
        message.setHeader(RayConstants.FILED_AS, free.toString().replace('\\', '/'));
        message.setHeader(RayConstants.FILED_NAME, free.getFileName().toString());
    }

    /** The folder that a file consumer took the manifest from: its files are beside it. */
    private static Optional<Path> folder(Message message) {
        return Optional.ofNullable(message.getHeader(Exchange.FILE_PARENT, String.class))
                .map(Path::of);
    }

    private static String name(Message message) {
        return Optional.ofNullable(message.getHeader(Exchange.FILE_NAME_ONLY, String.class))
                .or(() -> Optional.ofNullable(message.getHeader(Exchange.FILE_NAME, String.class)))
                .map(name -> Path.of(name).getFileName().toString())
                .orElse("manifest.yaml");
    }
}

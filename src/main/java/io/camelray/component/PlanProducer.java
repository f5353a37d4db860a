package io.camelray.component;

import io.camelray.intake.ApprovalSheet;
import io.camelray.intake.Deadline;
import io.camelray.intake.IntakeFolder;
import io.camelray.intake.ManifestSource;
import io.camelray.intake.PlanResult;
import io.camelray.intake.RejectionReport;
import io.camelray.intake.SheetApproval;
import io.camelray.model.Violation;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.Message;
import org.apache.camel.support.DefaultProducer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Plans the manifest in the body, or does what an approval sheet in it says. A manifest that is refused is an answer, not a failure: the body becomes the document
 * of its violations, and the headers say where to file it.
 */
final class PlanProducer extends DefaultProducer {

    /** The property of an exchange that keeps the document of violations, whatever its route does with the body. */
    static final String ERRORS = "CamelRayErrors";

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
        ManifestSource source = source(message);
        Optional<Violation> fault = Optional.ofNullable(exchange.getProperty(InboxIntake.FAULT, Violation.class));
        switch (endpoint.getConfiguration().getOperation()) {
            case validate ->
                message.setBody(endpoint.works().planner().preview(source).violations());
            case estimate -> message.setBody(endpoint.works().planner().preview(source));
            default -> {
                if (fault.isPresent()) {
                    answer(new PlanResult.Rejected(Optional.empty(), List.of(fault.get())), source, message);
                } else if (ApprovalSheet.isOne(source.bytes())) {
                    answer(new SheetApproval(endpoint.works().ledger()).apply(source.bytes()), source, message);
                } else {
                    answer(endpoint.works().planner().plan(source), source, message);
                }
            }
        }
    }

    /** The manifest in the body; of a CSV that a template names, the template with that CSV beside it. */
    private ManifestSource source(Message message) throws InvalidPayloadException {
        String name = name(message);
        Optional<Path> folder = folder(message);
        Optional<ManifestSource> template = folder.isPresent() && IntakeFolder.isCsv(Path.of(name))
                ? intake().flatMap(intake -> intake.template(name))
                : Optional.empty();
        return template.isPresent()
                ? new ManifestSource(name, template.get().bytes(), folder)
                : new ManifestSource(name, message.getMandatoryBody(byte[].class), folder);
    }

    private Optional<IntakeFolder> intake() {
        return inbox().map(InboxIntake::manifests);
    }

    private Optional<InboxIntake> inbox() {
        return endpoint.getCamelContext().getRegistry().findByType(InboxIntake.class).stream()
                .findFirst();
    }

    /** Says in the message what became of the manifest. */
    void answer(PlanResult result, ManifestSource source, Message message) {
        RayWorks works = endpoint.works();
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
            refuse(message, rejections.write(source, rejected));
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
            if (taken.redelivered() > 0) {
                LOG.info(
                        "{} r{}: {} renders are delivered anew under other keys, for nothing",
                        taken.revision().campaign(),
                        taken.revision().number(),
                        taken.redelivered());
            }
            taken.deadline().ifPresent(deadline -> tell(taken, deadline));
            accepted(
                    message,
                    source,
                    "accepted",
                    taken.revision().campaign(),
                    taken.revision().number());
        }
    }

    private static void refuse(Message message, byte[] errors) {
        message.setBody(errors);
        message.getExchange().setProperty(ERRORS, errors);
    }

    private static void tell(PlanResult.Accepted taken, Deadline deadline) {
        String campaign = taken.revision().campaign();
        if (deadline.isMissed()) {
            LOG.warn("{} cannot be ready in time: {}", campaign, deadline);
        } else {
            LOG.info("{}, {}", campaign, deadline);
        }
    }

    /** The same for a list of renders, of which some could not go again. */
    void answer(int planned, List<Violation> errors, ManifestSource source, Message message) {
        if (errors.isEmpty()) {
            message.setHeader(RayConstants.OUTCOME, "accepted");
        } else {
            message.setHeader(RayConstants.OUTCOME, planned == 0 ? "rejected" : "partly");
            refuse(message, rejections.write(source, new PlanResult.Rejected(Optional.empty(), errors)));
        }
        file(message, source, planned == 0 && !errors.isEmpty() ? Path.of("rejected") : Path.of("accepted", "retry"));
    }

    /** The same for a sheet in which renders were approved and rejected. */
    void answer(SheetApproval.Outcome done, ManifestSource source, Message message) {
        List<Violation> told = done.violations();
        Path folder = done.refused()
                ? Path.of("rejected")
                : Path.of("accepted", done.campaign().orElseThrow(), "approvals");
        if (done.refused()) {
            endpoint.works().countRejected();
            LOG.warn("{} is rejected: {}", source.name(), told.get(0).message());
        } else {
            LOG.info(
                    "{} approves {} renders, rejects {}; {} lines had nothing to decide",
                    source.name(),
                    done.approved(),
                    done.rejected(),
                    told.size());
        }
        message.setHeader(RayConstants.OUTCOME, done.refused() ? "rejected" : told.isEmpty() ? "accepted" : "partly");
        done.campaign().ifPresent(campaign -> message.setHeader(RayConstants.CAMPAIGN, campaign));
        file(message, source, folder);
        if (!told.isEmpty()) {
            refuse(message, rejections.write(source, new PlanResult.Rejected(done.campaign(), told)));
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
        new DataFiling(endpoint.works().settings().home(), inbox()).file(message.getExchange(), source, folder);
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

package io.camelray.component;

import io.camelray.intake.ManifestSource;
import io.camelray.intake.RetryRequest;
import io.camelray.intake.RetryRequest.Ids;
import io.camelray.intake.RetryRequest.Order;
import io.camelray.ledger.OperatorException;
import io.camelray.model.Place;
import io.camelray.model.RenderId;
import io.camelray.model.Severity;
import io.camelray.model.Violation;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.WrappedFile;
import org.apache.camel.support.DefaultProducer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets failed renders go again, within the same budgets: those that the manifest in the body names, as a dead letter
 * does, or a list of renders. What is refused is an answer, not a failure, as for {@code ray:plan}. Everything is in the
 * body: headers are not read.
 */
final class RetryProducer extends DefaultProducer {

    private static final Logger LOG = LoggerFactory.getLogger(RetryProducer.class);

    private final RayEndpoint endpoint;
    private final PlanProducer plans;

    RetryProducer(RayEndpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
        this.plans = new PlanProducer(endpoint);
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        Message message = exchange.getMessage();
        Optional<Path> file = file(message);
        ManifestSource source = new ManifestSource(
                file.map(path -> path.getFileName().toString()).orElse("retry.yaml"),
                message.getMandatoryBody(byte[].class),
                file.map(Path::getParent));
        RetryRequest request = RetryRequest.read(source);
        if (request instanceof Ids ids) {
            again(ids, source, message);
        } else if (request instanceof Order order) {
            plans.answer(endpoint.works().planner().retry(order.manifest()), order.manifest(), message);
        }
    }

    private void again(Ids ids, ManifestSource source, Message message) {
        List<Violation> errors = new ArrayList<>();
        int planned = 0;
        for (RenderId id : ids.renders()) {
            try {
                endpoint.works().ledger().retry(id);
                planned++;
            } catch (OperatorException e) {
                LOG.warn("{} names a render that cannot go again: {}", source.name(), e.getMessage());
                errors.add(new Violation(
                        "retry", Severity.ERROR, Place.NOWHERE, e.getMessage() + ".", "See 'camel-ray status'.", ""));
            }
        }
        LOG.info("{} lets {} renders go again", source.name(), planned);
        plans.answer(planned, errors, source, message);
    }

    /** The file that a file consumer took, known from the body alone. */
    private static Optional<Path> file(Message message) {
        return message.getBody() instanceof WrappedFile<?> wrapped && wrapped.getFile() instanceof File file
                ? Optional.of(file.toPath().toAbsolutePath())
                : Optional.empty();
    }
}

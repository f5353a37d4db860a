package io.camelray.component;

import io.camelray.delivery.DeadLetter;
import io.camelray.intake.RetryManifest;
import io.camelray.ledger.DeliveryLedger.FailedRevision;
import io.camelray.ledger.Ledger;
import io.camelray.ledger.Ledger.Change;
import java.time.Duration;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands over what failed for good, each failure at least once, together with all others of its revision: the body is one
 * JSON message, the exchange's property {@value #MANIFEST} the manifest in it, which can be dropped again.
 */
final class FailedConsumer extends LedgerConsumer<FailedRevision> {

    static final String MANIFEST = "CamelRayManifest";

    private static final Logger LOG = LoggerFactory.getLogger(FailedConsumer.class);
    private static final Duration LEASE = Duration.ofMinutes(10);
    private static final Duration PAUSE = Duration.ofSeconds(30);

    private final DeadLetter deadLetter = new DeadLetter();

    FailedConsumer(RayEndpoint endpoint, Processor processor) {
        super(endpoint, processor, Change.FAILED, Change.SETTLED);
    }

    @Override
    List<FailedRevision> claim(Ledger ledger, int limit) {
        return ledger.claimFailures(limit, LEASE);
    }

    @Override
    void fill(FailedRevision failed, Exchange exchange) {
        String manifest = RetryManifest.write(
                failed.manifest(),
                failed.campaign(),
                failed.revision(),
                deadLetter.roots(failed).stream()
                        .map(render ->
                                new RetryManifest.Entry(render.step(), render.cell(), deadLetter.explanation(render)))
                        .toList());
        exchange.getMessage().setBody(deadLetter.message(failed, "r" + failed.revision() + ".yaml", manifest));
        exchange.setProperty(MANIFEST, manifest);
        exchange.getMessage().setHeader(RayConstants.CAMPAIGN, failed.campaign());
        exchange.getMessage().setHeader(RayConstants.REVISION, failed.revision());
    }

    @Override
    void settle(FailedRevision failed, Exchange exchange) {
        if (exchange.getException() == null) {
            works().ledger().settleFailures(failed);
        } else {
            LOG.warn(
                    "The failures of {} r{} could not be handed to the dead-letter channel, tried again in {} s: {}",
                    failed.campaign(),
                    failed.revision(),
                    PAUSE.toSeconds(),
                    exchange.getException().getMessage());
            works().ledger().releaseFailures(failed, PAUSE);
        }
    }
}

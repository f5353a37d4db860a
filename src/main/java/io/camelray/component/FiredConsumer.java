package io.camelray.component;

import io.camelray.intake.ManifestSource;
import io.camelray.intake.Schedule;
import io.camelray.intake.ScheduleFolder;
import io.camelray.ledger.FiringLedger.DueFiring;
import io.camelray.ledger.FiringLedger.FiringOutcome;
import io.camelray.ledger.Ledger;
import io.camelray.ledger.Ledger.Change;
import io.camelray.ledger.PlanningLedger.Revision;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands over the manifest of each firing, with the data of now, until its route has planned it. A firing that is planned
 * twice, because its node died in between, is the same revision.
 */
final class FiredConsumer extends LedgerConsumer<DueFiring> {

    private static final Logger LOG = LoggerFactory.getLogger(FiredConsumer.class);
    private static final Duration LEASE = Duration.ofMinutes(2);
    private static final Duration PAUSE = Duration.ofSeconds(30);

    FiredConsumer(RayEndpoint endpoint, Processor processor) {
        super(endpoint, processor, Change.FIRED);
    }

    /** There is nothing to plan for a firing, and trying again would not change that. */
    private static final class NothingToPlanException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NothingToPlanException(String why) {
            super(why);
        }
    }

    @Override
    List<DueFiring> claim(Ledger ledger, int limit) {
        return works().settings().schedules().isEmpty() ? List.of() : ledger.claimFirings(limit, LEASE);
    }

    @Override
    void fill(DueFiring firing, Exchange exchange) {
        ManifestSource manifest = manifest(firing);
        Message message = exchange.getMessage();
        message.setBody(manifest.bytes());
        message.setHeader(Exchange.FILE_NAME_ONLY, manifest.name());
        manifest.folder().ifPresent(folder -> message.setHeader(Exchange.FILE_PARENT, folder.toString()));
        message.setHeader(RayConstants.SCHEDULE, firing.schedule());
        message.setHeader(RayConstants.FIRE_TIME, firing.at());
    }

    private ManifestSource manifest(DueFiring firing) {
        Schedule schedule = works().schedules()
                .find(firing.schedule())
                .orElseThrow(() -> new NothingToPlanException("there is no such schedule any more"));
        try {
            return ScheduleFolder.fired(schedule, firing.at());
        } catch (IOException e) {
            throw new NothingToPlanException("its file cannot be read: " + e.getMessage());
        }
    }

    @Override
    void settle(DueFiring firing, Exchange exchange) {
        if (exchange.getException() instanceof NothingToPlanException nothing) {
            LOG.error(
                    "Schedule {} fired for {} and is rejected: {}",
                    firing.schedule(),
                    firing.at(),
                    nothing.getMessage());
            works().ledger().settleFiring(firing, FiringOutcome.REJECTED, Optional.empty(), nothing.getMessage());
            return;
        }
        String outcome = exchange.getMessage().getHeader(RayConstants.OUTCOME, "", String.class);
        if (exchange.getException() != null || outcome.isEmpty()) {
            LOG.error(
                    "The firing of schedule {} for {} could not be planned, tried again in {} s: {}",
                    firing.schedule(),
                    firing.at(),
                    PAUSE.toSeconds(),
                    exchange.getException() == null
                            ? "its route has no ray:plan"
                            : exchange.getException().getMessage());
            works().ledger().releaseFiring(firing, PAUSE);
        } else if (outcome.equals("rejected")) {
            String name = exchange.getMessage().getHeader(RayConstants.FILED_NAME, String.class);
            works().ledger()
                    .settleFiring(
                            firing,
                            FiringOutcome.REJECTED,
                            Optional.empty(),
                            "the manifest was rejected: see " + name + ".errors.json");
        } else {
            works().ledger().settleFiring(firing, FiringOutcome.ACCEPTED, Optional.of(revision(exchange)), "");
        }
    }

    private static Revision revision(Exchange exchange) {
        Message message = exchange.getMessage();
        return new Revision(
                message.getHeader(RayConstants.CAMPAIGN, String.class),
                message.getHeader(RayConstants.REVISION, Integer.class),
                "");
    }
}

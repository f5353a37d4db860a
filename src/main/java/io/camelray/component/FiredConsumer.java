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
import java.util.ArrayList;
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
final class FiredConsumer extends LedgerConsumer<FiredConsumer.Fired> {

    private static final Logger LOG = LoggerFactory.getLogger(FiredConsumer.class);
    private static final Duration LEASE = Duration.ofMinutes(2);
    private static final Duration PAUSE = Duration.ofSeconds(30);

    FiredConsumer(RayEndpoint endpoint, Processor processor) {
        super(endpoint, processor, Change.FIRED);
    }

    /** @param manifest what it plans */
    record Fired(DueFiring firing, ManifestSource manifest) {}

    @Override
    List<Fired> claim(Ledger ledger, int limit) {
        if (works().settings().schedules().isEmpty()) {
            return List.of();
        }
        List<Fired> claimed = new ArrayList<>();
        for (DueFiring firing : ledger.claimFirings(limit, LEASE)) {
            Optional<Schedule> schedule = works().schedules().find(firing.schedule());
            if (schedule.isEmpty()) {
                reject(ledger, firing, "there is no such schedule any more");
                continue;
            }
            try {
                claimed.add(new Fired(firing, ScheduleFolder.fired(schedule.get(), firing.at())));
            } catch (IOException e) {
                reject(ledger, firing, "its file cannot be read: " + e.getMessage());
            }
        }
        return claimed;
    }

    private static void reject(Ledger ledger, DueFiring firing, String why) {
        LOG.error("Schedule {} fired for {} and is rejected: {}", firing.schedule(), firing.at(), why);
        ledger.settleFiring(firing, FiringOutcome.REJECTED, Optional.empty(), why);
    }

    @Override
    void fill(Fired fired, Exchange exchange) {
        Message message = exchange.getMessage();
        message.setBody(fired.manifest().bytes());
        message.setHeader(Exchange.FILE_NAME_ONLY, fired.manifest().name());
        fired.manifest().folder().ifPresent(folder -> message.setHeader(Exchange.FILE_PARENT, folder.toString()));
        message.setHeader(RayConstants.SCHEDULE, fired.firing().schedule());
        message.setHeader(RayConstants.FIRE_TIME, fired.firing().at());
    }

    @Override
    void settle(Fired fired, Exchange exchange) {
        String outcome = exchange.getMessage().getHeader(RayConstants.OUTCOME, "", String.class);
        if (exchange.getException() != null || outcome.isEmpty()) {
            LOG.error(
                    "The firing of schedule {} for {} could not be planned, tried again in {} s: {}",
                    fired.firing().schedule(),
                    fired.firing().at(),
                    PAUSE.toSeconds(),
                    exchange.getException() == null
                            ? "its route has no ray:plan"
                            : exchange.getException().getMessage());
            works().ledger().releaseFiring(fired.firing(), PAUSE);
        } else if (outcome.equals("rejected")) {
            String name = exchange.getMessage().getHeader(RayConstants.FILED_NAME, String.class);
            works().ledger()
                    .settleFiring(
                            fired.firing(),
                            FiringOutcome.REJECTED,
                            Optional.empty(),
                            "the manifest was rejected: see " + name + ".errors.json");
        } else {
            works().ledger().settleFiring(fired.firing(), FiringOutcome.ACCEPTED, Optional.of(revision(exchange)), "");
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

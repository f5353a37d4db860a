package io.camelray.component;

import io.camelray.delivery.DeliveryDefectException;
import io.camelray.delivery.DeliveryRetryException;
import io.camelray.delivery.DeliveryTakenOverException;
import io.camelray.delivery.Forgoing;
import io.camelray.delivery.Keeping;
import io.camelray.delivery.UrlExpiredException;
import io.camelray.ledger.DeliveryLedger;
import io.camelray.ledger.DeliveryLedger.PendingOutput;
import io.camelray.ledger.LedgerAbsence;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says to the ledger what became of a leased output that was not delivered: never, later, or at once. */
final class OutputSettlement {

    private static final Logger LOG = LoggerFactory.getLogger(OutputSettlement.class);

    private static final Duration TROUBLE = Duration.ofSeconds(5);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

    private final DeliveryLedger ledger;
    private final Forgoing forgoing;
    private final Keeping keeping;

    OutputSettlement(RayWorks works) {
        this.ledger = works.ledger();
        this.forgoing = works.forgoing();
        this.keeping = works.keeping();
    }

    /** Its route ended well, but without proof. */
    void unproven(PendingOutput pending) {
        LOG.error("{} left its route without ray:delivered; it is tried again", name(pending));
        ledger.releaseOutput(pending.outputId(), LONGEST_PAUSE, "the route ended without ray:delivered");
    }

    void failed(PendingOutput pending, Exception failure) {
        String what = name(pending);
        if (failure instanceof DeliveryDefectException defect) {
            defective(pending, defect);
        } else if (failure instanceof UrlExpiredException expired) {
            LOG.info("{} needs a fresh URL: {}", what, expired.getMessage());
            ledger.releaseOutput(pending.outputId(), pause(pending), expired.getMessage());
        } else if (failure instanceof DeliveryTakenOverException) {
            LOG.info("{} is left alone: {}", what, failure.getMessage());
            // Does nothing to what is another's; a render of our own has other outputs to deliver.
            ledger.releaseOutput(pending.outputId(), Duration.ZERO, failure.getMessage());
        } else if (failure instanceof DeliveryRetryException retry) {
            LOG.warn("{} is tried again in {} s: {}", what, retry.delay().toSeconds(), retry.getMessage());
            ledger.releaseOutput(pending.outputId(), retry.delay(), retry.getMessage());
        } else {
            Duration pause = pause(pending);
            if (!LedgerAbsence.explains(failure)) {
                LOG.warn("{} could not be stored, tried again in {} s: {}", what, pause.toSeconds(), describe(failure));
            }
            ledger.releaseOutput(pending.outputId(), pause, describe(failure));
        }
    }

    private void defective(PendingOutput pending, DeliveryDefectException defect) {
        if (pending.redelivery().isPresent()) {
            LOG.warn(
                    "{}: {}",
                    name(pending),
                    keeping.keep(pending, defect.failure().reason()));
            return;
        }
        if (!Forgoing.isPossible(pending)) {
            LOG.error("{} cannot be delivered: {}", name(pending), defect.getMessage());
            ledger.failOutput(pending.outputId(), defect.failure());
            return;
        }
        try {
            forgoing.forgo(pending, defect.failure().reason());
            LOG.warn(
                    "{} cannot be delivered, its render goes without it: {}",
                    name(pending),
                    defect.failure().reason());
        } catch (DeliveryRetryException e) {
            failed(pending, e);
        }
    }

    private static String name(PendingOutput pending) {
        return "Output " + pending.kind().label() + " of render "
                + pending.render().id() + " of " + pending.render().campaign();
    }

    private static String describe(Exception failure) {
        String message = failure.getMessage();
        return failure.getClass().getSimpleName()
                + (message == null ? "" : ": " + message.lines().findFirst().orElse(""));
    }

    private static Duration pause(PendingOutput pending) {
        Duration pause = TROUBLE.multipliedBy(1L << Math.min(pending.attempt(), 6));
        return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }
}

package io.camelray.engine;

import io.camelray.ledger.LedgerAbsence;
import io.camelray.ledger.LedgerUnavailableException;
import io.camelray.ledger.OperatorException;
import io.camelray.ledger.OperatorLedger;
import io.camelray.model.RenderId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Plans unknown renders again when their provider's hour is over: the policy {@link UnknownPolicy#RESUBMIT}. Each lost
 * attempt may have been paid for, so a render gets no more of them than creative retries.
 */
final class Resubmitter {

    private static final Logger LOG = LoggerFactory.getLogger(Resubmitter.class);
    private static final int AT_ONCE = 100;

    private final OperatorLedger ledger;
    private final int resubmitsAtMost;

    Resubmitter(OperatorLedger ledger, int resubmitsAtMost) {
        this.ledger = ledger;
        this.resubmitsAtMost = resubmitsAtMost;
    }

    /** Resubmits what is overdue now. */
    void work() {
        try {
            ledger.overdueUnknown(resubmitsAtMost, AT_ONCE).forEach(this::resubmit);
        } catch (LedgerUnavailableException e) {
            if (!LedgerAbsence.explains(e)) {
                LOG.error("Unknown renders cannot be resubmitted now: {}", e.getMessage());
            }
        }
    }

    private void resubmit(RenderId render) {
        try {
            ledger.resubmit(render);
            LOG.warn("Render {} was unknown for an hour and is planned again; it may be paid for twice", render);
        } catch (OperatorException e) {
            LOG.info("Render {} is not resubmitted: {}", render, e.getMessage());
        }
    }
}

package io.camelray.ledger;

import java.nio.file.Path;

/**
 * The durable record of all work. Every state change is one transaction: a conditional update plus one appended event.
 * All methods may be called from any thread; they throw {@link LedgerUnavailableException} when the store cannot be
 * reached, and then nothing is known about the change that was asked for.
 */
public interface Ledger
        extends NodeLedger,
                PlanningLedger,
                SubmissionLedger,
                ReconciliationLedger,
                PollingLedger,
                DeliveryLedger,
                OperatorLedger,
                AdHocLedger,
                EventLedger,
                RetryLedger,
                FiringLedger,
                DigestLedger,
                LedgerViews,
                FiguresLedger,
                ArchiveLedger,
                AutoCloseable {

    /**
     * Has {@code listener} called after each committed change that may give somebody something to do. Calls come on the
     * thread that made the change, after its commit; a listener must only wake somebody up. Changes that other nodes
     * make are not announced, so whoever listens also looks from time to time.
     */
    void onChange(ChangeListener listener);

    /** Told after a commit. */
    interface ChangeListener {
        void changed(Change change);
    }

    /** What kind of work may have appeared. */
    enum Change {
        /** A render became due, or a slot or money was freed. */
        DUE,
        /** A provider's id became durable: somebody must poll it. */
        RENDERING,
        /** A render completed: its outputs wait for delivery. */
        RENDERED,
        /** A render failed for good. */
        FAILED,
        /** A render that its provider may be able to cancel is not wanted any more. */
        CANCEL_REQUESTED,
        /** A render reached a state in which nothing happens to it without a person. */
        SETTLED,
        /** An event waits for the events channel. */
        EVENT,
        /** A schedule fired: somebody must plan it. */
        FIRED
    }

    /**
     * Writes all that is committed into a ZIP file, while the ledger is in use; {@link LedgerBackup} makes a backup of it.
     *
     * @throws OperatorException if the ledger is in a database that others back up
     */
    void writeCopy(Path zip);

    /**
     * Gives back to the disk what the store holds and nobody needs any more, where it does not do so by itself and it is
     * worth it; cheap where it is not. Everybody else waits meanwhile, a second for some ten megabytes of use.
     */
    void shrink();

    @Override
    void close();
}

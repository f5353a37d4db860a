package io.camelray.ledger;

import io.camelray.ledger.Ledger.Change;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** One transaction: its handle, its moment, and whom to wake when it is committed. */
final class Transaction {
    private final LedgerClock clock;
    private final Set<Change> announced = EnumSet.noneOf(Change.class);
    private Handle handle;
    private Instant now;
    private boolean changed;

    Transaction(LedgerClock clock) {
        this.clock = clock;
    }

    Transaction on(Handle opened) {
        this.handle = opened;
        return this;
    }

    Handle handle() {
        return handle;
    }

    /** The moment of this transaction, read once: ask only after waiting for locks, or it may lie before the wait. */
    Instant now() {
        if (now == null) {
            now = Micros.instant(Micros.of(clock.now()));
        }
        return now;
    }

    long nowMicros() {
        return Micros.of(now());
    }

    void announce(Change change) {
        changed = true;
        announced.add(change);
    }

    void markChanged() {
        changed = true;
    }

    boolean hasChanged() {
        return changed;
    }

    Set<Change> announced() {
        return announced;
    }
}

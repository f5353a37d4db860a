package io.camelray.ledger;

import io.camelray.ledger.Ledger.Change;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** One transaction: its handle, its moment, and whom to wake when it is committed. */
final class Transaction {
    private final Handle handle;
    private final Function<Handle, Instant> clock;
    private final Set<Change> announced = EnumSet.noneOf(Change.class);
    private Instant now;
    private boolean changed;

    Transaction(Handle handle, Function<Handle, Instant> clock) {
        this.handle = handle;
        this.clock = clock;
    }

    Handle handle() {
        return handle;
    }

    /** The moment of this transaction, read once: ask only after waiting for locks, or it may lie before the wait. */
    Instant now() {
        if (now == null) {
            now = Micros.instant(Micros.of(clock.apply(handle)));
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

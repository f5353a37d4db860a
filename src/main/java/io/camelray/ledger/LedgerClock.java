package io.camelray.ledger;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;

/**
 * The clock of an embedded ledger: wall time at start, carried on by the monotonic clock, so that a step of the wall
 * clock moves no window and ends no lease.
 */
public final class LedgerClock {

    private final Instant wallAtStart;
    private final long nanosAtStart;
    private final LongSupplier nanoTime;

    /** @param nanoTime nanoseconds that never go back, such as {@code System::nanoTime} */
    public LedgerClock(Clock wall, LongSupplier nanoTime) {
        this.wallAtStart = wall.instant();
        this.nanosAtStart = nanoTime.getAsLong();
        this.nanoTime = nanoTime;
    }

    public static LedgerClock system() {
        return new LedgerClock(Clock.systemUTC(), System::nanoTime);
    }

    public Instant now() {
        return wallAtStart.plus(Duration.ofNanos(nanoTime.getAsLong() - nanosAtStart));
    }
}

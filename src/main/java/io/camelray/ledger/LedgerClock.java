package io.camelray.ledger;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The clock of an embedded ledger: wall time at start, carried on by the monotonic clock, so that a step of the wall
 * clock moves no window and ends no lease, nor does one between two starts that sets it back.
 */
public final class LedgerClock {

    private static final Logger LOG = LoggerFactory.getLogger(LedgerClock.class);
    private static final Duration WORTH_TELLING = Duration.ofMinutes(1);

    private final long nanosAtStart;
    private final LongSupplier nanoTime;
    private volatile Instant start;

    /** @param nanoTime nanoseconds that never go back, such as {@code System::nanoTime} */
    public LedgerClock(Clock wall, LongSupplier nanoTime) {
        this.start = wall.instant();
        this.nanosAtStart = nanoTime.getAsLong();
        this.nanoTime = nanoTime;
    }

    /**
     * Goes on from the last moment that is on record, if the wall clock has been set back behind it since: what waits
     * for a moment, and what is counted for a minute, must wait as long as it was meant to. Until the wall clock has
     * caught up by a stop of the program, the ledger's time is ahead of it.
     */
    synchronized void goOnFrom(Instant recorded) {
        Duration ahead = Duration.between(now(), recorded);
        if (ahead.isNegative() || ahead.isZero()) {
            return;
        }
        start = start.plus(ahead);
        if (ahead.compareTo(WORTH_TELLING) > 0) {
            LOG.warn(
                    "The clock was set back: it is {} min behind what the ledger has on record, and the ledger goes on"
                            + " from {}. If the clock is wrong now, set it",
                    ahead.toMinutes(),
                    recorded);
        }
    }

    public static LedgerClock system() {
        return new LedgerClock(Clock.systemUTC(), System::nanoTime);
    }

    public Instant now() {
        return start.plus(Duration.ofNanos(nanoTime.getAsLong() - nanosAtStart));
    }
}

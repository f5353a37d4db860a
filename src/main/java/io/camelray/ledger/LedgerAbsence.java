package io.camelray.ledger;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says once that the ledger cannot be used, and once that it can again, however many ask for it in between. Only a node
 * that works has an absence; who asks a single question is told the answer. Thread-safe.
 */
public final class LedgerAbsence {

    private static final Logger LOG = LoggerFactory.getLogger(LedgerAbsence.class);
    private static final long HERE = 0;

    private final LongSupplier nanoTime;
    private final AtomicLong since = new AtomicLong(HERE);
    private volatile boolean watched;

    /** @param nanoTime nanoseconds that never go back */
    LedgerAbsence(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** From now on {@link #ended} is called regularly while the ledger can be written. */
    void watch() {
        watched = true;
    }

    /** @return whether the absence is watched, so that nobody else needs to speak of it */
    boolean began(String why) {
        if (watched && since.compareAndSet(HERE, Math.max(1, nanoTime.getAsLong()))) {
            LOG.error(
                    "{}. Nothing is submitted meanwhile, replies are kept in ledger/receipts.log, and everything goes on by"
                            + " itself when the ledger is back",
                    why);
        }
        return watched;
    }

    /** Something was written. */
    void ended() {
        long began = since.getAndSet(HERE);
        if (began != HERE) {
            LOG.warn(
                    "The ledger is back after {} s, everything goes on",
                    Duration.ofNanos(nanoTime.getAsLong() - began).toSeconds());
        }
    }

    /** Whether a failure is no more than that the ledger is away, which has been said. */
    public static boolean explains(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof LedgerUnavailableException unavailable && unavailable.isAway()) {
                return true;
            }
        }
        return false;
    }
}

package io.camelray.delivery;

import java.io.IOException;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the spool has room for what more submissions would bring. A full spool means that the destination does not take
 * what is finished: then nothing more is paid for, while what is paid for is still fetched. Thread-safe; looks at the disk
 * once a second at most.
 */
public final class SpoolGate {

    private static final Logger LOG = LoggerFactory.getLogger(SpoolGate.class);
    private static final long LOOK_NANOS = 1_000_000_000L;

    private final Spool spool;
    private final long limit;
    private final LongSupplier nanoTime;
    private long lookedAt;
    private boolean looked;
    private boolean full;

    /** @param limit in bytes; 0 for none */
    public SpoolGate(Spool spool, long limit) {
        this(spool, limit, System::nanoTime);
    }

    SpoolGate(Spool spool, long limit, LongSupplier nanoTime) {
        this.spool = spool;
        this.limit = limit;
        this.nanoTime = nanoTime;
    }

    /** Whether nothing more should be submitted now. */
    public synchronized boolean isFull() {
        long now = nanoTime.getAsLong();
        if (limit > 0 && (!looked || now - lookedAt >= LOOK_NANOS)) {
            looked = true;
            lookedAt = now;
            look();
        }
        return full;
    }

    private void look() {
        long used;
        try {
            used = spool.bytesUsed();
        } catch (IOException e) {
            LOG.warn("The spool {} cannot be looked at: {}", spool.folder(), e.getMessage());
            return;
        }
        if (full != used >= limit) {
            full = used >= limit;
            if (full) {
                LOG.error(
                        "The spool {} holds {} bytes, ray.spool.limit is {}: nothing more is submitted until outputs are"
                                + " delivered. Is the destination reachable?",
                        spool.folder(),
                        used,
                        limit);
            } else {
                LOG.info("The spool {} has room again: renders are submitted", spool.folder());
            }
        }
    }
}

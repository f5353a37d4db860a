package io.camelray.assets;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Notices a body that trickles, and a download that takes too long altogether. */
final class ThroughputGuard {

    private final DownloadSettings settings;
    private final LongSupplier nanoTime;
    private final long startedAt;
    private long windowStartedAt;
    private long bytesInWindow;

    ThroughputGuard(DownloadSettings settings, LongSupplier nanoTime) {
        this.settings = settings;
        this.nanoTime = nanoTime;
        this.startedAt = nanoTime.getAsLong();
        this.windowStartedAt = startedAt;
    }

    /** A connection was just made: waiting for it does not count as trickling. */
    void restartWindow() {
        windowStartedAt = nanoTime.getAsLong();
        bytesInWindow = 0;
    }

    Duration left() {
        return settings.totalTimeout().minusNanos(nanoTime.getAsLong() - startedAt);
    }

    /** @throws TooSlowException if these bytes came too late or too slowly */
    void arrived(int bytes) throws TooSlowException {
        long now = nanoTime.getAsLong();
        if (now - startedAt > settings.totalTimeout().toNanos()) {
            throw new TooSlowException(
                    "not complete within " + settings.totalTimeout().toSeconds() + " s");
        }
        bytesInWindow += bytes;
        long elapsed = now - windowStartedAt;
        if (elapsed < settings.throughputWindow().toNanos()) {
            return;
        }
        double perSecond = bytesInWindow / (elapsed / 1e9);
        if (perSecond < settings.minBytesPerSecond()) {
            throw new TooSlowException(
                    "only " + Math.round(perSecond) + " bytes a second, fewer than " + settings.minBytesPerSecond());
        }
        windowStartedAt = now;
        bytesInWindow = 0;
    }
}

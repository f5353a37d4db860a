package io.camelray.observe;

import io.camelray.ledger.FiguresLedger.LedgerFigures;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** The ledger's figures, read again when they are a few seconds old: one scrape reads them once. Thread-safe. */
final class FigureCache {

    private static final long FRESH = Duration.ofSeconds(5).toNanos();

    private final Supplier<LedgerFigures> source;
    private Optional<LedgerFigures> last = Optional.empty();
    private long readAt;
    private boolean isRead;

    FigureCache(Supplier<LedgerFigures> source) {
        this.source = source;
    }

    /** Empty while the ledger does not answer. */
    synchronized Optional<LedgerFigures> get() {
        if (!isRead || System.nanoTime() - readAt > FRESH) {
            last = read();
            readAt = System.nanoTime();
            isRead = true;
        }
        return last;
    }

    private Optional<LedgerFigures> read() {
        try {
            return Optional.of(source.get());
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }
}

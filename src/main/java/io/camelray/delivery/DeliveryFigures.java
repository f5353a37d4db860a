package io.camelray.delivery;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToLongFunction;

/** What was fetched and stored since the start, by account; for those who watch. Thread-safe. */
public final class DeliveryFigures {

    private final Map<String, Copied> accounts = new ConcurrentHashMap<>();

    private static final class Copied {
        private final LongAdder downloads = new LongAdder();
        private final LongAdder downloadedBytes = new LongAdder();
        private final LongAdder downloadNanos = new LongAdder();
        private final LongAdder stored = new LongAdder();
        private final LongAdder storedBytes = new LongAdder();
    }

    void downloaded(String account, long bytes, long nanos) {
        Copied copied = of(account);
        copied.downloads.increment();
        copied.downloadedBytes.add(bytes);
        copied.downloadNanos.add(nanos);
    }

    void stored(String account, long bytes) {
        Copied copied = of(account);
        copied.stored.increment();
        copied.storedBytes.add(bytes);
    }

    private Copied of(String account) {
        return accounts.computeIfAbsent(account, name -> new Copied());
    }

    /** Whole files that were fetched. */
    public long downloads(String account) {
        return sum(account, copied -> copied.downloads.sum());
    }

    /** Their bytes. */
    public long downloadedBytes(String account) {
        return sum(account, copied -> copied.downloadedBytes.sum());
    }

    /** How long that took, all together. */
    public long downloadNanos(String account) {
        return sum(account, copied -> copied.downloadNanos.sum());
    }

    /** Outputs that were proven at their destination. */
    public long stored(String account) {
        return sum(account, copied -> copied.stored.sum());
    }

    /** Their bytes. */
    public long storedBytes(String account) {
        return sum(account, copied -> copied.storedBytes.sum());
    }

    private long sum(String account, ToLongFunction<Copied> figure) {
        Copied copied = accounts.get(account);
        return copied == null ? 0 : figure.applyAsLong(copied);
    }
}

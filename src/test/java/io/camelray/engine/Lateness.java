package io.camelray.engine;

import java.util.Arrays;

/** How much later than planned things came. Thread-safe. */
final class Lateness {

    private long[] nanos = new long[1024];
    private int count;

    synchronized void add(long late) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * count);
        }
        nanos[count++] = late;
    }

    synchronized void clear() {
        count = 0;
    }

    synchronized int count() {
        return count;
    }

    /** @param share 0.99 for the ninety-ninth percentile */
    synchronized double seconds(double share) {
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        return count == 0 ? 0 : sorted[Math.min(count - 1, (int) (share * count))] / 1e9;
    }
}

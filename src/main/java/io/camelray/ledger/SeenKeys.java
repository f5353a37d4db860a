package io.camelray.ledger;

import java.util.Arrays;
import java.util.UUID;

/** Tells whether a plan may name a render twice: eight bytes for each of its renders. Not thread-safe. */
final class SeenKeys {
    private long[] seen = new long[1024];
    private int size;

    void add(UUID planKey) {
        if (size == seen.length) {
            seen = Arrays.copyOf(seen, 2 * size);
        }
        seen[size++] = planKey.getLeastSignificantBits();
    }

    /** Whether two keys agree in half of their bits; those of two different renders hardly ever do. */
    boolean mayRepeat() {
        Arrays.sort(seen, 0, size);
        for (int i = 1; i < size; i++) {
            if (seen[i] == seen[i - 1]) {
                return true;
            }
        }
        return false;
    }
}

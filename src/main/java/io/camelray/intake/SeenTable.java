package io.camelray.intake;

import java.util.Arrays;
import java.util.OptionalLong;
import java.util.function.LongPredicate;

/** Finds what was seen before, at 16 bytes apiece: keeps hashes, and asks whoever hashed whether a hit is real. */
final class SeenTable {

    private static final long FREE = -1;

    /** Hash and owner side by side, so that a look costs one memory access. */
    private long[] slots = empty(1024);

    private int size;

    private static long[] empty(int capacity) {
        long[] slots = new long[2 * capacity];
        Arrays.fill(slots, FREE);
        return slots;
    }

    /**
     * Notes that {@code owner} has this hash, unless an earlier owner has the same thing.
     *
     * @param owner not negative
     * @param same whether an earlier owner of the same hash really has the same thing
     * @return that earlier owner
     */
    OptionalLong put(long hash, long owner, LongPredicate same) {
        int at = slot(hash, slots.length);
        while (slots[at + 1] != FREE) {
            if (slots[at] == hash && same.test(slots[at + 1])) {
                return OptionalLong.of(slots[at + 1]);
            }
            at = next(at, slots.length);
        }
        slots[at] = hash;
        slots[at + 1] = owner;
        if (++size > slots.length / 4) {
            grow();
        }
        return OptionalLong.empty();
    }

    /** The owner that has this hash and really the same thing. */
    OptionalLong find(long hash, LongPredicate same) {
        for (int at = slot(hash, slots.length); slots[at + 1] != FREE; at = next(at, slots.length)) {
            if (slots[at] == hash && same.test(slots[at + 1])) {
                return OptionalLong.of(slots[at + 1]);
            }
        }
        return OptionalLong.empty();
    }

    private void grow() {
        long[] old = slots;
        slots = empty(old.length);
        for (int i = 0; i < old.length; i += 2) {
            if (old[i + 1] != FREE) {
                int at = slot(old[i], slots.length);
                while (slots[at + 1] != FREE) {
                    at = next(at, slots.length);
                }
                slots[at] = old[i];
                slots[at + 1] = old[i + 1];
            }
        }
    }

    private static int next(int at, int length) {
        return at + 2 & length - 1;
    }

    private static int slot(long hash, int length) {
        long mixed = hash * 0x9E3779B97F4A7C15L;
        return (int) (mixed ^ mixed >>> 32) & length - 2;
    }

    /** FNV-1a over the characters. */
    static long hash(String text) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        return hash;
    }
}

package io.camelray.intake;

import java.util.Arrays;
import java.util.OptionalLong;
import java.util.function.LongPredicate;

/** Finds what was seen before, at 16 bytes apiece: keeps hashes, and asks whoever hashed whether a hit is real. */
final class SeenTable {

    private static final long FREE = -1;

    private long[] hashes = new long[1024];
    private long[] owners = new long[1024];
    private int size;

    SeenTable() {
        Arrays.fill(owners, FREE);
    }

    /**
     * Notes that {@code owner} has this hash, unless an earlier owner has the same thing.
     *
     * @param owner not negative
     * @param same whether an earlier owner of the same hash really has the same thing
     * @return that earlier owner
     */
    OptionalLong put(long hash, long owner, LongPredicate same) {
        int at = slot(hash, hashes.length);
        while (owners[at] != FREE) {
            if (hashes[at] == hash && same.test(owners[at])) {
                return OptionalLong.of(owners[at]);
            }
            at = (at + 1) & (hashes.length - 1);
        }
        hashes[at] = hash;
        owners[at] = owner;
        if (++size > hashes.length / 2) {
            grow();
        }
        return OptionalLong.empty();
    }

    /** The owner that has this hash and really the same thing. */
    OptionalLong find(long hash, LongPredicate same) {
        for (int at = slot(hash, hashes.length); owners[at] != FREE; at = (at + 1) & (hashes.length - 1)) {
            if (hashes[at] == hash && same.test(owners[at])) {
                return OptionalLong.of(owners[at]);
            }
        }
        return OptionalLong.empty();
    }

    private void grow() {
        long[] oldHashes = hashes;
        long[] oldOwners = owners;
        hashes = new long[oldHashes.length * 2];
        owners = new long[oldHashes.length * 2];
        Arrays.fill(owners, FREE);
        for (int i = 0; i < oldOwners.length; i++) {
            if (oldOwners[i] != FREE) {
                int at = slot(oldHashes[i], hashes.length);
                while (owners[at] != FREE) {
                    at = (at + 1) & (hashes.length - 1);
                }
                hashes[at] = oldHashes[i];
                owners[at] = oldOwners[i];
            }
        }
    }

    private static int slot(long hash, int length) {
        long mixed = hash * 0x9E3779B97F4A7C15L;
        return (int) (mixed ^ mixed >>> 32) & length - 1;
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

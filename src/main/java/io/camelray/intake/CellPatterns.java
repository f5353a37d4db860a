package io.camelray.intake;

import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Patterns over cells, each naming some axes' values. Those that name all axes are found by hash. */
final class CellPatterns {

    static final int ANY = -1;

    private final List<int[]> partial = new ArrayList<>();
    private final List<Integer> partialNumbers = new ArrayList<>();
    private final Map<IntBuffer, List<Integer>> whole = new HashMap<>();
    private final BitSet named = new BitSet();
    private int count;

    /** Adds a pattern under the next number, counted from 0. */
    void add(int[] pattern) {
        int number = count++;
        IntStream.range(0, pattern.length).filter(axis -> pattern[axis] != ANY).forEach(named::set);
        if (isWhole(pattern)) {
            whole.computeIfAbsent(IntBuffer.wrap(pattern), key -> new ArrayList<>())
                    .add(number);
        } else {
            partial.add(pattern);
            partialNumbers.add(number);
        }
    }

    /** These and one more. */
    CellPatterns and(int[] pattern) {
        CellPatterns more = new CellPatterns();
        partial.forEach(more::add);
        whole.forEach((cell, numbers) -> more.add(cell.array()));
        more.add(pattern);
        return more;
    }

    /** The numbers of the patterns that match, ascending. */
    List<Integer> matching(int[] cell) {
        List<Integer> exact = whole.getOrDefault(IntBuffer.wrap(cell), List.of());
        if (partial.isEmpty()) {
            return exact;
        }
        List<Integer> found = new ArrayList<>(exact);
        for (int i = 0; i < partial.size(); i++) {
            if (matches(partial.get(i), cell)) {
                found.add(partialNumbers.get(i));
            }
        }
        found.sort(null);
        return found;
    }

    boolean matchesAny(int[] cell) {
        return count > 0 && isMatched(cell);
    }

    private boolean isMatched(int[] cell) {
        return whole.containsKey(IntBuffer.wrap(cell)) || partial.stream().anyMatch(pattern -> matches(pattern, cell));
    }

    boolean isEmpty() {
        return count == 0;
    }

    /** Whether any pattern names this axis. */
    boolean names(int axis) {
        return named.get(axis);
    }

    /** How much work one look-up is. */
    int effort() {
        return partial.size() + 1;
    }

    static boolean isWhole(int[] pattern) {
        for (int value : pattern) {
            if (value == ANY) {
                return false;
            }
        }
        return true;
    }

    private static boolean matches(int[] pattern, int[] cell) {
        for (int i = 0; i < pattern.length; i++) {
            if (pattern[i] != ANY && pattern[i] != cell[i]) {
                return false;
            }
        }
        return true;
    }
}

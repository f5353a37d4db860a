package io.camelray.intake;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Some of the axes of a matrix. */
final class Coverage {

    private final boolean[] covered;

    private Coverage(boolean[] covered) {
        this.covered = covered;
    }

    static Coverage all(Matrix matrix) {
        boolean[] covered = new boolean[matrix.axes().size()];
        Arrays.fill(covered, true);
        return new Coverage(covered);
    }

    static Coverage of(Matrix matrix, Iterable<Integer> axes) {
        boolean[] covered = new boolean[matrix.axes().size()];
        axes.forEach(axis -> covered[axis] = true);
        return new Coverage(covered);
    }

    boolean covers(int axis) {
        return covered[axis];
    }

    /** Whether every axis that this pattern names is one of these. */
    boolean coversAllOf(int[] pattern) {
        return IntStream.range(0, pattern.length).allMatch(i -> covered[i] || pattern[i] == CellPatterns.ANY);
    }

    /** The axes that are covered here and not there. */
    IntStream beyond(Coverage other) {
        return IntStream.range(0, covered.length).filter(i -> covered[i] && !other.covered[i]);
    }

    /** The values of these axes alone. */
    int[] project(int[] cell) {
        return IntStream.range(0, cell.length)
                .map(i -> covered[i] ? cell[i] : CellPatterns.ANY)
                .toArray();
    }
}

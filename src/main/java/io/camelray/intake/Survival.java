package io.camelray.intake;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Whether excludes leave anything of a matrix where some axes have given values. Only the axes that excludes name can
 * matter, and the first cell that is left settles it.
 */
final class Survival {

    /** How many partial cells are tried for one answer. Ordinary excludes leave something within a few. */
    private static final int PATIENCE = 100_000;

    private final Matrix matrix;
    private final List<Integer> open;
    private final long completions;
    private int patience;
    private boolean lost;

    Survival(Matrix matrix, Coverage each) {
        this.matrix = matrix;
        this.open = IntStream.range(0, matrix.axes().size())
                .filter(axis -> !each.covers(axis) && matrix.excludes().names(axis))
                .boxed()
                .toList();
        long all = 1;
        for (int axis : open) {
            int size = matrix.axes().get(axis).size();
            all = all > Long.MAX_VALUE / 4 / size ? Long.MAX_VALUE / 4 : all * size;
        }
        this.completions = all;
    }

    /** @param cell with a value on each axis that is covered */
    boolean of(int[] cell) {
        if (open.isEmpty()) {
            return !matrix.excludes().matchesAny(cell);
        }
        patience = PATIENCE;
        return complete(cell.clone(), 0);
    }

    /** Whether the excludes were too intricate for an answer; from then on every answer is no. */
    boolean isLost() {
        return lost;
    }

    private boolean complete(int[] cell, int next) {
        lost |= --patience < 0;
        if (lost || matrix.excludes().matchesAny(cell)) {
            return false;
        }
        if (next == open.size()) {
            return true;
        }
        int axis = open.get(next);
        for (int value = 0; value < matrix.axes().get(axis).size(); value++) {
            cell[axis] = value;
            if (complete(cell, next + 1)) {
                return true;
            }
        }
        cell[axis] = CellPatterns.ANY;
        return false;
    }

    /** How much work one answer can be. */
    long effort() {
        return completions > Integer.MAX_VALUE
                ? Long.MAX_VALUE / 4
                : completions * matrix.excludes().effort();
    }
}

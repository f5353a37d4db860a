package io.camelray.intake;

import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;

/**
 * The cells of a matrix over some of its axes, made one at a time: the product of these axes, first axis slowest, as far
 * as any cell of the whole matrix survives the excludes there; then what is included beyond that.
 */
final class Expansion implements Iterable<Cell> {

    /** How much looking is acceptable to count what excludes leave. */
    private static final long COUNTABLE = 20_000_000;

    private final Matrix matrix;
    private final Coverage each;
    private final Survival survival;
    private final long product;
    private final long countable;
    private final List<int[]> added = new ArrayList<>();

    Expansion(Matrix matrix) {
        this(matrix, Coverage.all(matrix), 1);
    }

    /** @param shares among how many expansions the counting is shared, so that together they stay quick */
    Expansion(Matrix matrix, Coverage each, int shares) {
        this.countable = COUNTABLE / shares;
        this.matrix = matrix;
        this.each = each;
        this.survival = new Survival(matrix, each);
        this.product = product();
        Set<IntBuffer> known = new HashSet<>();
        for (Matrix.Include include : matrix.includes()) {
            int[] cell = each.project(include.pattern());
            if (CellPatterns.isWhole(include.pattern())
                    && include.pattern().length > 0
                    && !isSurvivor(cell)
                    && known.add(IntBuffer.wrap(cell))) {
                added.add(cell);
            }
        }
    }

    private long product() {
        long all = 1;
        for (int axis = 0; axis < matrix.axes().size(); axis++) {
            if (all > Long.MAX_VALUE / 4 / size(axis)) {
                return Long.MAX_VALUE / 4;
            }
            all *= size(axis);
        }
        return all;
    }

    private int size(int axis) {
        return each.covers(axis) ? matrix.axes().get(axis).size() : 1;
    }

    private boolean isSurvivor(int[] cell) {
        for (int i = 0; i < cell.length; i++) {
            if (cell[i] >= matrix.axes().get(i).size()) {
                return false;
            }
        }
        return survival.of(cell);
    }

    /**
     * How many cells there are, without making them: exactly, unless excludes would have to be tried against far more
     * cells than any campaign has; then the excludes are not counted.
     */
    long count() {
        if (matrix.excludes().isEmpty() || product > countable / survival.effort()) {
            return product + added.size();
        }
        long left = 0;
        for (long i = 0; i < product; i++) {
            left += survival.of(cellAt(i).at()) ? 1 : 0;
        }
        return left + added.size();
    }

    /** Whether the excludes are too intricate to tell what they leave. */
    boolean isLost() {
        return survival.isLost();
    }

    /** The cell of this number. */
    Cell cellAt(long number) {
        if (number >= product) {
            return new Cell(number, added.get((int) (number - product)));
        }
        int[] at = new int[matrix.axes().size()];
        long rest = number;
        for (int i = at.length - 1; i >= 0; i--) {
            int size = size(i);
            at[i] = each.covers(i) ? (int) (rest % size) : CellPatterns.ANY;
            rest /= size;
        }
        return new Cell(number, at);
    }

    boolean isAdded(Cell cell) {
        return cell.number() >= product;
    }

    @Override
    public Iterator<Cell> iterator() {
        return first(Long.MAX_VALUE).iterator();
    }

    /** The cells among the first so many numbers: bounded work, however much is excluded. */
    Iterable<Cell> first(long numbers) {
        long end = Math.min(numbers, product + added.size());
        return () -> cells(end);
    }

    private Iterator<Cell> cells(long end) {
        return new Iterator<>() {
            private long number = -1;
            private Cell next = advance();

            private Cell advance() {
                while (++number < end) {
                    Cell cell = cellAt(number);
                    if (isAdded(cell) || survival.of(cell.at())) {
                        return cell;
                    }
                }
                return null;
            }

            @Override
            public boolean hasNext() {
                return next != null;
            }

            @Override
            public Cell next() {
                if (next == null) {
                    throw new NoSuchElementException();
                }
                Cell cell = next;
                next = advance();
                return cell;
            }
        };
    }
}

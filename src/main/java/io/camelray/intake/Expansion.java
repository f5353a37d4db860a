package io.camelray.intake;

import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;

/**
 * The cells of a matrix, made one at a time: the product of the axes without what is excluded, first axis slowest, then
 * what is included beyond it.
 */
final class Expansion implements Iterable<Cell> {

    /** How much looking is acceptable to count what excludes leave. */
    private static final long COUNTABLE = 20_000_000;

    private final Matrix matrix;
    private final long product;
    private final List<int[]> added = new ArrayList<>();

    Expansion(Matrix matrix) {
        this.matrix = matrix;
        this.product = product(matrix.axes());
        Set<IntBuffer> known = new HashSet<>();
        for (Matrix.Include include : matrix.includes()) {
            int[] cell = include.pattern();
            if (adds(cell) && known.add(IntBuffer.wrap(cell))) {
                added.add(cell);
            }
        }
    }

    private static long product(List<Axis> axes) {
        long product = 1;
        for (Axis axis : axes) {
            if (product > Long.MAX_VALUE / 4 / axis.size()) {
                return Long.MAX_VALUE / 4;
            }
            product *= axis.size();
        }
        return product;
    }

    /** Whether an include of this pattern makes a cell that would not be there without it. */
    boolean adds(int[] pattern) {
        return CellPatterns.isWhole(pattern) && pattern.length > 0 && !isSurvivor(pattern);
    }

    private boolean isSurvivor(int[] cell) {
        for (int i = 0; i < cell.length; i++) {
            if (cell[i] >= matrix.axes().get(i).size()) {
                return false;
            }
        }
        return !matrix.excludes().matchesAny(cell);
    }

    /**
     * How many cells there are, without making them: exactly, unless excludes would have to be tried against far more
     * cells than any campaign has; then the excludes are not counted.
     */
    long count() {
        if (matrix.excludes().isEmpty()
                || product > COUNTABLE / matrix.excludes().effort()) {
            return product + added.size();
        }
        long left = 0;
        for (long i = 0; i < product; i++) {
            left += matrix.excludes().matchesAny(cellAt(i).at()) ? 0 : 1;
        }
        return left + added.size();
    }

    /** The cell of this number. */
    Cell cellAt(long number) {
        if (number >= product) {
            return new Cell(number, added.get((int) (number - product)));
        }
        int[] at = new int[matrix.axes().size()];
        long rest = number;
        for (int i = at.length - 1; i >= 0; i--) {
            int size = matrix.axes().get(i).size();
            at[i] = (int) (rest % size);
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
                    if (isAdded(cell) || !matrix.excludes().matchesAny(cell.at())) {
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

package io.camelray.cli;

import io.camelray.cli.Terminal.Colour;
import java.util.ArrayList;
import java.util.List;

/** Columns of text that fit the terminal: the last column is cut off where there is no room for it. */
final class Table {

    private static final String GAP = "  ";
    private static final int LEAST = 8;

    /** Where a cell's text stands. */
    enum Align {
        LEFT,
        RIGHT
    }

    private record Cell(String text, Colour colour) {}

    private final List<String> heads;
    private final List<Align> aligns;
    private final List<List<Cell>> rows = new ArrayList<>();

    /** @param heads the names of the columns; those that begin with {@code >} stand to the right */
    Table(String... heads) {
        this.heads = List.of(heads).stream()
                .map(head -> head.startsWith(">") ? head.substring(1) : head)
                .toList();
        this.aligns = List.of(heads).stream()
                .map(head -> head.startsWith(">") ? Align.RIGHT : Align.LEFT)
                .toList();
    }

    /** A row that is filled from the left. */
    Row row() {
        List<Cell> cells = new ArrayList<>();
        rows.add(cells);
        return new Row(cells);
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    /** One row. */
    record Row(List<Cell> cells) {
        Row cell(String text) {
            return cell(text, Colour.PLAIN);
        }

        Row cell(String text, Colour colour) {
            cells.add(new Cell(text.replaceAll("\\p{Cntrl}", " "), colour));
            return this;
        }
    }

    /** All lines, the names of the columns first. */
    List<String> lines(Terminal terminal) {
        int[] widths = widths(terminal);
        List<String> lines = new ArrayList<>();
        lines.add(line(heads.stream().map(head -> new Cell(head, Colour.FAINT)).toList(), widths, terminal));
        rows.forEach(cells -> lines.add(line(cells, widths, terminal)));
        return lines;
    }

    private int[] widths(Terminal terminal) {
        int[] widths = new int[heads.size()];
        int all = GAP.length() * (heads.size() - 1);
        for (int column = 0; column < widths.length; column++) {
            int at = column;
            widths[column] = Math.max(
                    heads.get(column).length(),
                    rows.stream()
                            .mapToInt(cells -> cells.get(at).text().length())
                            .max()
                            .orElse(0));
            all += widths[column];
        }
        // What does not fit is taken from the last column first, then from the first.
        for (int column : new int[] {widths.length - 1, 0}) {
            int over = Math.max(0, all - terminal.width());
            int less = Math.max(0, Math.min(over, widths[column] - LEAST));
            widths[column] -= less;
            all -= less;
        }
        return widths;
    }

    private String line(List<Cell> cells, int[] widths, Terminal terminal) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            Cell cell = cells.get(column);
            String text = cell.text().length() > widths[column]
                    ? cell.text().substring(0, widths[column] - 1) + "…"
                    : cell.text();
            String padding = " ".repeat(widths[column] - text.length());
            String shown = terminal.paint(cell.colour(), text);
            boolean last = column == widths.length - 1;
            line.append(aligns.get(column) == Align.RIGHT ? padding + shown : last ? shown : shown + padding);
            line.append(last ? "" : GAP);
        }
        return line.toString().stripTrailing();
    }
}

package io.camelray.model;

/**
 * Where in a manifest, or in a data file that it names, something stands.
 *
 * @param pointer JSON pointer into the manifest, empty for the whole document
 * @param line counted from 1; 0 when unknown
 * @param column counted from 1; 0 when unknown
 * @param file the data file that line and column are in; empty for the manifest itself
 */
public record Place(String pointer, int line, int column, String file) {

    public static final Place NOWHERE = new Place("", 0, 0);

    /** A place in the manifest itself. */
    public Place(String pointer, int line, int column) {
        this(pointer, line, column, "");
    }

    @Override
    public String toString() {
        String at = line > 0 ? "line " + line + ", column " + column : "";
        String there = file.isEmpty() ? at : (file + " " + at).strip();
        if (pointer.isEmpty()) {
            return there;
        }
        String shown = Printable.of(pointer);
        return there.isEmpty() ? shown : there + " (" + shown + ")";
    }
}

package io.camelray.model;

/**
 * Where in a manifest something stands.
 *
 * @param pointer JSON pointer, empty for the whole document
 * @param line counted from 1; 0 when unknown
 * @param column counted from 1; 0 when unknown
 */
public record Place(String pointer, int line, int column) {

    public static final Place NOWHERE = new Place("", 0, 0);

    @Override
    public String toString() {
        String at = line > 0 ? "line " + line + ", column " + column : "";
        if (pointer.isEmpty()) {
            return at;
        }
        return at.isEmpty() ? pointer : at + " (" + pointer + ")";
    }
}

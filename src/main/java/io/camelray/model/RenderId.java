package io.camelray.model;

/** The ledger's number of one render; written {@code R17}. */
public record RenderId(long value) implements Comparable<RenderId> {

    /**
     * Reads {@code R17} or {@code 17}.
     *
     * @throws IllegalArgumentException if the text is neither
     */
    public static RenderId parse(String text) {
        try {
            return new RenderId(Long.parseLong(text.startsWith("R") ? text.substring(1) : text));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' is not a render id such as R17", e);
        }
    }

    @Override
    public int compareTo(RenderId other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return "R" + value;
    }
}

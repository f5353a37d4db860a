package io.camelray.model;

/** The lane of a campaign: {@code rush} goes before {@code normal}, {@code normal} before {@code background}. */
public enum Priority implements Labelled {
    RUSH("rush"),
    NORMAL("normal"),
    BACKGROUND("background");

    private final String label;

    Priority(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }
}

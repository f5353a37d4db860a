package io.camelray.model;

/** Which end of a clip an extension grows from. */
public enum Direction implements Labelled {
    FORWARD("forward"),
    BACKWARD("backward");

    private final String label;

    Direction(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }
}

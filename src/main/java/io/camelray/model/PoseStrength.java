package io.camelray.model;

/** How closely an edit keeps the source's poses (R80). */
public enum PoseStrength implements Labelled {
    PRECISE("precise"),
    COARSE("coarse");

    private final String label;

    PoseStrength(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }
}

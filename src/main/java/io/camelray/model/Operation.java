package io.camelray.model;

/** What a render does. */
public enum Operation implements Labelled {
    /** Text, images or keyframes to video. */
    GENERATE("generate"),
    /** Continues an earlier clip forward or backward by one block of 5 seconds. */
    EXTEND("extend"),
    /** Re-renders an existing clip under a new prompt. */
    EDIT("edit"),
    /** Paints an existing clip out to another aspect ratio. */
    REFRAME("reframe");

    private final String label;

    Operation(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }
}

package io.camelray.model;

/** Why a render is {@link RenderState#HELD}. */
public enum HoldReason implements Labelled {
    APPROVAL("approval"),
    BUDGET("budget"),
    UNDO_WINDOW("undo-window"),
    STOP_LOSS("stop-loss"),
    PAUSED("paused");

    private final String label;

    HoldReason(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }
}

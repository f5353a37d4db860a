package io.camelray.model;

/** The lengths that can be asked for (R25, R26). The file itself carries one frame more: 121 frames at 24 a second. */
public enum ClipLength implements Labelled {
    FIVE_SECONDS(5),
    TEN_SECONDS(10);

    private final int seconds;

    ClipLength(int seconds) {
        this.seconds = seconds;
    }

    @Override
    public String label() {
        return seconds + "s";
    }

    public int seconds() {
        return seconds;
    }
}

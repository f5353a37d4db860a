package io.camelray.model;

/** The resolutions of Ray 3.2 video (R23, R24), by their nominal short side in pixels. */
public enum Resolution implements Labelled {
    P360(360),
    P540(540),
    P720(720),
    P1080(1080);

    private final int lines;

    Resolution(int lines) {
        this.lines = lines;
    }

    @Override
    public String label() {
        return lines + "p";
    }

    public int lines() {
        return lines;
    }
}

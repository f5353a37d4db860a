package io.camelray.model;

/** The six aspect ratios of Ray 3.2 video (R14). */
public enum AspectRatio implements Labelled {
    R9X16(9, 16),
    R3X4(3, 4),
    R1X1(1, 1),
    R4X3(4, 3),
    R16X9(16, 9),
    R21X9(21, 9);

    private final int width;
    private final int height;
    private final String label;

    AspectRatio(int width, int height) {
        this.width = width;
        this.height = height;
        this.label = width + ":" + height;
    }

    @Override
    public String label() {
        return label;
    }

    /** Width over height. */
    public double value() {
        return (double) width / height;
    }
}

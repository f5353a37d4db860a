package io.camelray.sandbox;

/**
 * Where a clip's progress bar is, in pixels, aligned to macroblocks, and how far it is filled at each frame. It grows
 * by even steps, because half a pixel of colour would have to be interpolated.
 */
record ProgressBar(int left, int top, int width, int lastFrame) {

    static final int HEIGHT = 16;
    private static final int FILLED_AT_FIRST = 32;

    static ProgressBar of(ClipShape shape) {
        int column = shape.macroblocksAcross() / 16;
        int row = shape.height() * 15 / 16 / 16 - 1;
        int columns = shape.macroblocksAcross() - 2 * column - 1;
        return new ProgressBar(column * 16, row * 16, columns * 16, shape.frames() - 1);
    }

    /** How many pixels are filled at a frame. */
    int filled(int frame) {
        return FILLED_AT_FIRST + (width - FILLED_AT_FIRST) * frame / lastFrame / 2 * 2;
    }
}

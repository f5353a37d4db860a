package io.camelray.sandbox;

import java.util.Arrays;

/**
 * A picture of whole macroblocks in limited range: one brightness per pixel, but one colour per macroblock. So text is
 * drawn in brightness alone, and only what is aligned to macroblocks has a colour of its own.
 *
 * @param columns macroblocks across
 * @param rows macroblocks down
 * @param luma a byte per pixel, row by row, unsigned
 * @param blue a byte per macroblock, row by row, unsigned: Cb of its 64 samples
 * @param red likewise Cr
 */
record PaintedPicture(int columns, int rows, byte[] luma, byte[] blue, byte[] red) {

    /** A picture of a brightness, in one colour. */
    static PaintedPicture of(int columns, int rows, byte[] luma, int rgb) {
        PaintedPicture picture =
                new PaintedPicture(columns, rows, luma, new byte[columns * rows], new byte[columns * rows]);
        Arrays.fill(picture.blue, Yuv.blue(rgb));
        Arrays.fill(picture.red, Yuv.red(rgb));
        return picture;
    }

    /** Pixels from one row to the next. */
    int stride() {
        return columns * 16;
    }

    /** Fills a rectangle, in pixels, that is aligned to macroblocks. */
    void fill(int left, int top, int width, int height, int rgb) {
        for (int y = top; y < top + height; y++) {
            Arrays.fill(luma, y * stride() + left, y * stride() + left + width, Yuv.luma(rgb));
        }
        for (int row = top / 16; row < (top + height) / 16; row++) {
            int from = row * columns + left / 16;
            Arrays.fill(blue, from, from + width / 16, Yuv.blue(rgb));
            Arrays.fill(red, from, from + width / 16, Yuv.red(rgb));
        }
    }
}

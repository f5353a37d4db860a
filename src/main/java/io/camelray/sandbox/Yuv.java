package io.camelray.sandbox;

/** RGB to limited-range BT.601 samples, each an unsigned byte. */
final class Yuv {

    private Yuv() {}

    static byte luma(int rgb) {
        return (byte) (((66 * r(rgb) + 129 * g(rgb) + 25 * b(rgb) + 128) >> 8) + 16);
    }

    static byte blue(int rgb) {
        return (byte) (((-38 * r(rgb) - 74 * g(rgb) + 112 * b(rgb) + 128) >> 8) + 128);
    }

    static byte red(int rgb) {
        return (byte) (((112 * r(rgb) - 94 * g(rgb) - 18 * b(rgb) + 128) >> 8) + 128);
    }

    private static int r(int rgb) {
        return rgb >> 16 & 255;
    }

    private static int g(int rgb) {
        return rgb >> 8 & 255;
    }

    private static int b(int rgb) {
        return rgb & 255;
    }
}

package io.camelray.sandbox;

import org.jcodec.codecs.h264.decode.CoeffTransformer;

/**
 * How fine the first picture's samples are quantised (ITU-T H.264, 8.5). A constant difference of a whole macroblock
 * comes in steps of less than one, so that it is met exactly.
 */
final class Quantiser {

    /** QP of the text; fine enough that none of its edges frays. */
    static final int LUMA = 24;
    /** QP of the colours; 21 would be the coarsest at which a constant difference is met exactly. */
    static final int CHROMA = 20;

    private static final int[] FIRST_SCALE = {10, 11, 13, 14, 16, 18};

    private Quantiser() {}

    /** The level of the first of a 16x16 prediction's DC coefficients that changes all 256 pixels by that much. */
    static int lumaLevel(int difference) {
        return level(difference * 256, scale(LUMA));
    }

    /** The level of the first of a colour's DC coefficients that changes all 64 samples by that much. */
    static int chromaLevel(int difference) {
        return level(difference * 128, scale(CHROMA));
    }

    /** The level of the first coefficient of a block of 4x4 that changes its pixels by that much, give or take one. */
    static int blockLevel(int difference) {
        return level(difference * 64, scale(LUMA));
    }

    /** Replaces 16 differences, row by row, by their coefficients' levels, row by row. */
    static void forward(int[] block) {
        CoeffTransformer.fdct4x4(block);
        CoeffTransformer.quantizeAC(block, LUMA);
    }

    /** Replaces levels by the differences that a decoder adds. */
    static void back(int[] block) {
        CoeffTransformer.dequantizeAC(block, LUMA, null);
        CoeffTransformer.idct4x4(block);
    }

    private static int scale(int qp) {
        return FIRST_SCALE[qp % 6] << qp / 6;
    }

    private static int level(int wanted, int step) {
        return Math.floorDiv(2 * wanted + step, 2 * step);
    }
}

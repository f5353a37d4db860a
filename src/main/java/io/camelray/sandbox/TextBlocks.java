package io.camelray.sandbox;

import java.util.Arrays;
import org.jcodec.codecs.h264.H264Const;
import org.jcodec.codecs.h264.decode.CoeffTransformer;
import org.jcodec.codecs.h264.io.CAVLC;
import org.jcodec.codecs.h264.io.model.MBType;
import org.jcodec.common.io.BitWriter;

/**
 * The brightness of a macroblock with text: 16 blocks of 4x4, each predicted as the mean of what is left of it and
 * above it. A block that is within one step of that is not transformed, as no viewer sees the difference.
 */
final class TextBlocks {

    private static final int UNPREDICTED = 128;

    private final byte[] luma;
    private final int stride;
    private final CAVLC codes;
    private final int[][] levels = new int[16][16];
    private final int[] work = new int[16];
    private int pattern;

    /** @param luma a byte per pixel, unsigned; becomes, block by block, what a decoder will show */
    TextBlocks(byte[] luma, int stride, CAVLC codes) {
        this.luma = luma;
        this.stride = stride;
        this.codes = codes;
    }

    /**
     * Transforms the macroblock that starts at a pixel.
     *
     * @return which of its quarters have coefficients, as the lower four bits of the coded block pattern
     */
    int transform(int start, boolean hasLeft, boolean hasAbove) {
        pattern = 0;
        for (int block = 0; block < 16; block++) {
            int x = H264Const.BLK_X[block];
            int y = H264Const.BLK_Y[block];
            int at = start + y * stride + x;
            if (transform(at, predicted(at, hasLeft || x > 0, hasAbove || y > 0), levels[block])) {
                pattern |= 1 << block / 4;
            }
        }
        return pattern;
    }

    /** Writes the coefficients of the macroblock that was transformed last. */
    void write(BitWriter bits, int column, int row) {
        for (int block = 0; block < 16; block++) {
            int x = column * 4 + H264Const.BLK_X[block] / 4;
            int y = row * 4 + H264Const.BLK_Y[block] / 4;
            if ((pattern >> block / 4 & 1) == 0) {
                codes.setZeroCoeff(x, y);
            } else {
                codes.writeACBlock(
                        bits,
                        x,
                        y,
                        MBType.I_NxN,
                        MBType.I_NxN,
                        levels[block],
                        H264Const.totalZeros16,
                        0,
                        16,
                        CoeffTransformer.zigzag4x4);
            }
        }
    }

    private int predicted(int at, boolean hasLeft, boolean hasAbove) {
        int left = 0;
        int above = 0;
        for (int i = 0; i < 4; i++) {
            left += hasLeft ? luma[at - 1 + i * stride] & 255 : 0;
            above += hasAbove ? luma[at - stride + i] & 255 : 0;
        }
        if (hasLeft && hasAbove) {
            return left + above + 4 >> 3;
        }
        return hasLeft || hasAbove ? left + above + 2 >> 2 : UNPREDICTED;
    }

    /** @return whether the block has any coefficient */
    private boolean transform(int at, int predicted, int[] block) {
        int least = 255;
        int most = -255;
        for (int i = 0; i < 16; i++) {
            block[i] = (luma[at + (i >> 2) * stride + (i & 3)] & 255) - predicted;
            least = Math.min(least, block[i]);
            most = Math.max(most, block[i]);
        }
        if (least >= -1 && most <= 1) {
            Arrays.fill(block, 0);
        } else if (least == most) {
            Arrays.fill(block, 0);
            block[0] = Quantiser.blockLevel(most);
        } else {
            Quantiser.forward(block);
        }
        boolean any = false;
        for (int i = 0; i < 16; i++) {
            work[i] = block[i];
            any |= block[i] != 0;
        }
        if (any) {
            Quantiser.back(work);
        }
        for (int i = 0; i < 16; i++) {
            luma[at + (i >> 2) * stride + (i & 3)] = (byte) Math.max(0, Math.min(255, predicted + work[i]));
        }
        return any;
    }
}

package io.camelray.sandbox;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jcodec.codecs.h264.H264Const;
import org.jcodec.codecs.h264.io.CAVLC;
import org.jcodec.codecs.h264.io.model.MBType;
import org.jcodec.codecs.h264.io.model.RefPicMarkingIDR;
import org.jcodec.codecs.h264.io.model.SliceHeader;
import org.jcodec.codecs.h264.io.model.SliceType;
import org.jcodec.codecs.h264.io.write.CAVLCWriter;
import org.jcodec.codecs.h264.io.write.SliceHeaderWriter;
import org.jcodec.common.io.BitWriter;

/**
 * The first frame: one I slice (ITU-T H.264, 7.3.5 and 8.3). A flat macroblock is predicted whole from a neighbour,
 * which takes some six bits and no transform, as most of a clip is background; one with text is left to
 * {@link TextBlocks}. Colours are exact, flat brightness is within one step.
 */
final class FirstPicture {

    private static final int NAL_HEADER_IDR_SLICE = 0x65;
    private static final int UNPREDICTED = 128;
    private static final int I_NXN = 0;
    private static final int ALL_MODES_AS_PREDICTED = 0xffff;
    private static final int I_16X16 = 1;
    private static final int UPWARDS_16X16 = 0;
    private static final int LEFTWARDS_16X16 = 1;
    private static final int MEAN_16X16 = 2;
    private static final int MEAN_CHROMA = 0;
    private static final int LEFTWARDS_CHROMA = 1;
    private static final int UPWARDS_CHROMA = 2;
    private static final int[] IN_ORDER = H264Const.identityMapping16;
    private static final int[] CODE_OF_PATTERN = new int[48];

    static {
        for (int code = 0; code < CODE_OF_PATTERN.length; code++) {
            CODE_OF_PATTERN[H264Const.CODED_BLOCK_PATTERN_INTRA_COLOR[code]] = code;
        }
    }

    private final ParameterSets sets;
    private final PaintedPicture picture;
    private final byte[] luma;
    private final int stride;
    private final CAVLC lumaCodes;
    private final CAVLC chromaCodes;
    private final TextBlocks text;
    private final BitWriter bits;
    private final ByteBuffer raw;
    private final int[] coefficients = new int[16];

    /** @param picture is changed, in its text, to what a decoder will show */
    FirstPicture(ParameterSets sets, PaintedPicture picture) {
        this.sets = sets;
        this.picture = picture;
        this.luma = picture.luma();
        this.stride = picture.stride();
        this.lumaCodes = new CAVLC(sets.sequence(), sets.picture(), 2, 2);
        this.chromaCodes = new CAVLC(sets.sequence(), sets.picture(), 1, 1);
        this.text = new TextBlocks(luma, stride, lumaCodes);
        // Even of noise in black and white a macroblock takes less than its 256 pixels' bytes.
        this.raw = ByteBuffer.allocate(luma.length + 1024);
        this.bits = new BitWriter(raw);
    }

    /** The NAL unit, without start code. To be called once. */
    byte[] frame() {
        SliceHeaderWriter.write(header(), true, 3, bits);
        for (int row = 0; row < picture.rows(); row++) {
            int start = row * 16 * stride;
            boolean flatRow = same(start, 16 * stride);
            for (int column = 0; column < picture.columns(); column++) {
                int at = start + column * 16;
                if (!(flatRow || flat(at)) || !writeFlat(at, column, row)) {
                    writeText(at, column, row);
                }
            }
        }
        CAVLCWriter.writeTrailingBits(bits);
        raw.flip();
        return ParameterSets.unit(NAL_HEADER_IDR_SLICE, raw);
    }

    private SliceHeader header() {
        SliceHeader header = new SliceHeader();
        header.sps = sets.sequence();
        header.pps = sets.picture();
        header.sliceType = SliceType.I;
        header.sliceTypeRestr = true;
        header.refPicMarkingIDR = new RefPicMarkingIDR(false, false);
        sets.leaveUnfiltered(header);
        return header;
    }

    private boolean flat(int at) {
        for (int line = at; line < at + 16 * stride; line += stride) {
            if (luma[line] != luma[at] || !same(line, 16)) {
                return false;
            }
        }
        return true;
    }

    private boolean same(int from, int length) {
        return Arrays.mismatch(luma, from, from + length - 1, luma, from + 1, from + length) < 0;
    }

    /** @return whether it was written; not so if both neighbours have text at its edge */
    private boolean writeFlat(int at, int column, int row) {
        int wanted = luma[at] & 255;
        int above = row > 0 ? distance(at - stride, 1, wanted) : Integer.MAX_VALUE;
        int left = column > 0 ? distance(at - 1, stride, wanted) : Integer.MAX_VALUE;
        if (above <= 1 && above <= left) {
            for (int line = at; above > 0 && line < at + 16 * stride; line += stride) {
                System.arraycopy(luma, at - stride, luma, line, 16);
            }
            writeWhole(column, row, UPWARDS_16X16, 0);
        } else if (left <= 1) {
            for (int line = at; left > 0 && line < at + 16 * stride; line += stride) {
                Arrays.fill(luma, line, line + 16, luma[line - 1]);
            }
            writeWhole(column, row, LEFTWARDS_16X16, 0);
        } else if (row == 0 && column == 0) {
            writeWhole(column, row, MEAN_16X16, wanted - UNPREDICTED);
        } else if (column > 0 && distance(at - 1, stride, luma[at - 1] & 255) == 0) {
            writeWhole(column, row, LEFTWARDS_16X16, wanted - (luma[at - 1] & 255));
        } else if (row > 0 && distance(at - stride, 1, luma[at - stride] & 255) == 0) {
            writeWhole(column, row, UPWARDS_16X16, wanted - (luma[at - stride] & 255));
        } else {
            return false;
        }
        return true;
    }

    /** How far the furthest of 16 pixels is from a brightness. */
    private int distance(int from, int step, int wanted) {
        int furthest = 0;
        for (int i = 0, at = from; i < 16; i++, at += step) {
            furthest = Math.max(furthest, Math.abs((luma[at] & 255) - wanted));
        }
        return furthest;
    }

    private void writeWhole(int column, int row, int mode, int difference) {
        Chroma chroma = chroma(column, row);
        CAVLCWriter.writeUE(bits, I_16X16 + mode + 4 * chroma.pattern());
        CAVLCWriter.writeUE(bits, chroma.mode());
        CAVLCWriter.writeSE(bits, 0);
        coefficients[0] = Quantiser.lumaLevel(difference);
        lumaCodes.writeLumaDCBlock(
                bits,
                column * 4,
                row * 4,
                MBType.I_16x16,
                MBType.I_16x16,
                coefficients,
                H264Const.totalZeros16,
                0,
                16,
                IN_ORDER);
        for (int i = 0; i < 4; i++) {
            lumaCodes.setZeroCoeff(column * 4 + i, row * 4 + i);
        }
        writeResidual(chroma);
    }

    private void writeText(int at, int column, int row) {
        Chroma chroma = chroma(column, row);
        int pattern = text.transform(at, column > 0, row > 0) | chroma.pattern() << 4;
        CAVLCWriter.writeUE(bits, I_NXN);
        bits.writeNBit(ALL_MODES_AS_PREDICTED, 16);
        CAVLCWriter.writeUE(bits, chroma.mode());
        CAVLCWriter.writeUE(bits, CODE_OF_PATTERN[pattern]);
        if (pattern != 0) {
            CAVLCWriter.writeSE(bits, 0);
        }
        text.write(bits, column, row);
        writeResidual(chroma);
    }

    private void writeResidual(Chroma chroma) {
        if (chroma.pattern() != 0) {
            writeChroma(chroma.blue());
            writeChroma(chroma.red());
        }
    }

    private void writeChroma(int difference) {
        coefficients[0] = Quantiser.chromaLevel(difference);
        chromaCodes.writeChrDCBlock(bits, coefficients, H264Const.totalZeros4, 0, 4, IN_ORDER);
    }

    /** Colours are predicted from the left or from above, where one is the same, and else differ by a constant. */
    private Chroma chroma(int column, int row) {
        int at = row * picture.columns() + column;
        int above = at - picture.columns();
        boolean asLeft = column > 0 && sameColour(at, at - 1);
        boolean asAbove = row > 0 && sameColour(at, above);
        if (asLeft && (asAbove || row == 0) || asAbove && column == 0) {
            return new Chroma(MEAN_CHROMA, 0, 0);
        }
        if (asAbove) {
            return new Chroma(UPWARDS_CHROMA, 0, 0);
        }
        int blue = picture.blue()[at] & 255;
        int red = picture.red()[at] & 255;
        if (column > 0) {
            return new Chroma(
                    LEFTWARDS_CHROMA, blue - (picture.blue()[at - 1] & 255), red - (picture.red()[at - 1] & 255));
        }
        if (row > 0) {
            return new Chroma(UPWARDS_CHROMA, blue - (picture.blue()[above] & 255), red - (picture.red()[above] & 255));
        }
        return new Chroma(MEAN_CHROMA, blue - UNPREDICTED, red - UNPREDICTED);
    }

    private boolean sameColour(int one, int other) {
        return picture.blue()[one] == picture.blue()[other] && picture.red()[one] == picture.red()[other];
    }

    /** A macroblock's colour: how it is predicted, and by how much all its samples differ from that. */
    private record Chroma(int mode, int blue, int red) {

        int pattern() {
            return blue == 0 && red == 0 ? 0 : 1;
        }
    }
}

package io.camelray.sandbox;

import java.nio.ByteBuffer;
import org.jcodec.codecs.h264.io.model.SliceHeader;
import org.jcodec.codecs.h264.io.model.SliceType;
import org.jcodec.codecs.h264.io.write.CAVLCWriter;
import org.jcodec.codecs.h264.io.write.SliceHeaderWriter;
import org.jcodec.common.io.BitWriter;

/**
 * The frames after the first: each is one P slice that skips every macroblock but the few at the growing end of the
 * progress bar. Those are moved copies of what is to their left. So a frame costs some ten bytes and no encoding.
 */
final class ProgressFrames {

    private static final int NAL_HEADER_REFERENCE_SLICE = 0x61;
    private static final int P_L0_16X16 = 0;
    private static final int NO_RESIDUAL = 0;
    private static final int QUARTER_PIXELS = 4;
    private static final int CAPACITY = 256;

    private final ParameterSets sets;
    private final ClipShape shape;
    private final ProgressBar bar;

    ProgressFrames(ParameterSets sets, ClipShape shape) {
        this.sets = sets;
        this.shape = shape;
        this.bar = ProgressBar.of(shape);
    }

    /** The NAL unit, without start code, of frame {@code number}; the first frame of the clip is number 0. */
    byte[] frame(int number) {
        ByteBuffer raw = ByteBuffer.allocate(CAPACITY);
        BitWriter bits = new BitWriter(raw);
        SliceHeaderWriter.write(header(number), false, 3, bits);
        int next = 0;
        int before = bar.filled(number - 1);
        int after = bar.filled(number);
        int rowStart = bar.top() / 16 * shape.macroblocksAcross() + bar.left() / 16;
        for (int column = before / 16; column * 16 < after && after > before; column++) {
            CAVLCWriter.writeUE(bits, rowStart + column - next);
            writeMoved(bits, after - before);
            next = rowStart + column + 1;
        }
        CAVLCWriter.writeUE(bits, shape.macroblocksAcross() * shape.macroblocksDown() - next);
        CAVLCWriter.writeTrailingBits(bits);
        bits.flush();
        raw.flip();
        return ParameterSets.unit(NAL_HEADER_REFERENCE_SLICE, raw);
    }

    private SliceHeader header(int number) {
        SliceHeader header = new SliceHeader();
        header.sps = sets.sequence();
        header.pps = sets.picture();
        header.sliceType = SliceType.P;
        header.sliceTypeRestr = true;
        header.frameNum = number % (1 << sets.sequence().log2MaxFrameNumMinus4 + 4);
        header.picOrderCntLsb = 2 * number % (1 << sets.sequence().log2MaxPicOrderCntLsbMinus4 + 4);
        sets.leaveUnfiltered(header);
        return header;
    }

    /** The predicted motion is none, as the macroblock above stands still: the difference is the motion itself. */
    private static void writeMoved(BitWriter bits, int pixels) {
        CAVLCWriter.writeUE(bits, P_L0_16X16);
        CAVLCWriter.writeSE(bits, -pixels * QUARTER_PIXELS);
        CAVLCWriter.writeSE(bits, 0);
        CAVLCWriter.writeUE(bits, NO_RESIDUAL);
    }
}

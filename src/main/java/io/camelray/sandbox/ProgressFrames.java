package io.camelray.sandbox;

import java.nio.ByteBuffer;
import org.jcodec.codecs.h264.H264Utils;
import org.jcodec.codecs.h264.io.model.PictureParameterSet;
import org.jcodec.codecs.h264.io.model.SeqParameterSet;
import org.jcodec.codecs.h264.io.model.SliceHeader;
import org.jcodec.codecs.h264.io.model.SliceType;
import org.jcodec.codecs.h264.io.write.CAVLCWriter;
import org.jcodec.codecs.h264.io.write.SliceHeaderWriter;
import org.jcodec.common.io.BitWriter;

/**
 * The frames after the first: each is one P slice that skips every macroblock but those at the growing end of a
 * progress bar, which it carries as raw samples (I_PCM). So a frame costs about a kilobyte and no encoding at all.
 */
final class ProgressFrames {

    private static final int NAL_HEADER_REFERENCE_SLICE = 0x61;
    private static final int MB_TYPE_PCM_IN_P_SLICE = 30;
    private static final int BAR = 0xFFC83C;
    private static final int TRACK = 0x303038;
    // With so fine a quantiser the deblocking filter leaves the edges of raw macroblocks alone.
    private static final int SLICE_QP = 10;

    private final SeqParameterSet sps;
    private final PictureParameterSet pps;
    private final ClipShape shape;
    private final int firstRow;
    private final int rows;
    private final int firstColumn;
    private final int columns;

    ProgressFrames(SeqParameterSet sps, PictureParameterSet pps, ClipShape shape) {
        this.sps = sps;
        this.pps = pps;
        this.shape = shape;
        rows = Math.max(1, shape.height() / 400);
        firstRow = shape.macroblocksDown() - rows - 2;
        firstColumn = shape.macroblocksAcross() / 16;
        columns = shape.macroblocksAcross() - 2 * firstColumn;
    }

    /** The NAL unit, without start code, of frame {@code number}; the first frame of the clip is number 0. */
    ByteBuffer frame(int number) {
        int first = number == 1 ? 0 : barEnd(number - 1) / 16;
        int last = number == 1 ? columns - 1 : Math.min(columns - 1, barEnd(number) / 16);
        ByteBuffer raw = ByteBuffer.allocate((last - first + 1) * rows * 400 + 256);
        BitWriter bits = new BitWriter(raw);
        SliceHeaderWriter.write(header(number), false, 3, bits);
        int next = 0;
        for (int row = firstRow; row < firstRow + rows; row++) {
            for (int column = first; column <= last; column++) {
                int address = row * shape.macroblocksAcross() + firstColumn + column;
                CAVLCWriter.writeUE(bits, address - next);
                writeRaw(bits, barEnd(number) - column * 16);
                next = address + 1;
            }
        }
        CAVLCWriter.writeUE(bits, shape.macroblocksAcross() * shape.macroblocksDown() - next);
        CAVLCWriter.writeTrailingBits(bits);
        bits.flush();
        raw.flip();
        ByteBuffer nal = ByteBuffer.allocate(raw.remaining() * 3 / 2 + 8);
        nal.put((byte) NAL_HEADER_REFERENCE_SLICE);
        H264Utils.escapeNAL(raw, nal);
        return nal.flip();
    }

    private SliceHeader header(int number) {
        SliceHeader header = new SliceHeader();
        header.sps = sps;
        header.pps = pps;
        header.sliceType = SliceType.P;
        header.sliceTypeRestr = true;
        header.frameNum = number % (1 << sps.log2MaxFrameNumMinus4 + 4);
        header.picOrderCntLsb = 2 * number % (1 << sps.log2MaxPicOrderCntLsbMinus4 + 4);
        header.sliceQpDelta = SLICE_QP - (pps.picInitQpMinus26 + 26);
        return header;
    }

    /** How many pixels of the bar are filled at a frame. */
    private int barEnd(int number) {
        return columns * 16 * number / (shape.frames() - 1);
    }

    private static void writeRaw(BitWriter bits, int filled) {
        CAVLCWriter.writeUE(bits, MB_TYPE_PCM_IN_P_SLICE);
        while (bits.curBit() % 8 != 0) {
            bits.write1Bit(0);
        }
        for (int i = 0; i < 256; i++) {
            bits.writeNBit(Yuv.luma(i % 16 < filled ? BAR : TRACK) + 128, 8);
        }
        for (int i = 0; i < 64; i++) {
            bits.writeNBit(Yuv.blue(i % 8 * 2 < filled ? BAR : TRACK) + 128, 8);
        }
        for (int i = 0; i < 64; i++) {
            bits.writeNBit(Yuv.red(i % 8 * 2 < filled ? BAR : TRACK) + 128, 8);
        }
    }
}

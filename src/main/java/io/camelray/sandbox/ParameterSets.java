package io.camelray.sandbox;

import java.nio.ByteBuffer;
import org.jcodec.codecs.h264.H264Utils;
import org.jcodec.codecs.h264.io.model.PictureParameterSet;
import org.jcodec.codecs.h264.io.model.SeqParameterSet;
import org.jcodec.codecs.h264.io.model.SliceHeader;
import org.jcodec.common.model.ColorSpace;

/** What all frames of a clip refer to: Baseline profile, level 4.0, one reference frame, nothing deblocked. */
record ParameterSets(SeqParameterSet sequence, PictureParameterSet picture) {

    private static final int NAL_HEADER_SEQUENCE = 0x67;
    private static final int NAL_HEADER_PICTURE = 0x68;
    private static final int BASELINE = 66;
    private static final int LEVEL = 40;
    // It takes 12 from the QP, and below 16 nothing is filtered (ITU-T H.264, table 8-16).
    private static final int LEAST_FILTER_OFFSET = -6;
    private static final int CAPACITY = 128;

    static ParameterSets of(ClipShape shape) {
        SeqParameterSet sequence = new SeqParameterSet();
        sequence.profileIdc = BASELINE;
        sequence.levelIdc = LEVEL;
        sequence.chromaFormatIdc = ColorSpace.YUV420J;
        sequence.numRefFrames = 1;
        sequence.frameMbsOnlyFlag = true;
        sequence.picWidthInMbsMinus1 = shape.macroblocksAcross() - 1;
        sequence.picHeightInMapUnitsMinus1 = shape.macroblocksDown() - 1;
        // In pairs of pixels, as two share a colour.
        sequence.frameCropRightOffset = (shape.macroblocksAcross() * 16 - shape.width()) / 2;
        sequence.frameCropBottomOffset = (shape.macroblocksDown() * 16 - shape.height()) / 2;
        sequence.frameCroppingFlag = sequence.frameCropRightOffset > 0 || sequence.frameCropBottomOffset > 0;
        PictureParameterSet picture = new PictureParameterSet();
        picture.picInitQpMinus26 = Quantiser.LUMA - 26;
        picture.chromaQpIndexOffset = Quantiser.CHROMA - Quantiser.LUMA;
        picture.deblockingFilterControlPresentFlag = true;
        return new ParameterSets(sequence, picture);
    }

    /**
     * Tells the deblocking filter to find no edge, which it would blur. The filter could be switched off as well, but
     * not every decoder obeys.
     */
    void leaveUnfiltered(SliceHeader header) {
        header.sliceAlphaC0OffsetDiv2 = LEAST_FILTER_OFFSET;
        header.sliceBetaOffsetDiv2 = LEAST_FILTER_OFFSET;
    }

    /** The NAL unit, without start code, of what the sequence has in common. */
    byte[] sequenceUnit() {
        ByteBuffer raw = ByteBuffer.allocate(CAPACITY);
        sequence.write(raw);
        return unit(NAL_HEADER_SEQUENCE, raw.flip());
    }

    /** The NAL unit, without start code, of what the pictures have in common. */
    byte[] pictureUnit() {
        ByteBuffer raw = ByteBuffer.allocate(CAPACITY);
        picture.write(raw);
        return unit(NAL_HEADER_PICTURE, raw.flip());
    }

    /** A NAL unit without start code, its payload escaped. */
    static byte[] unit(int header, ByteBuffer payload) {
        // At worst every other byte has to be escaped.
        ByteBuffer unit = ByteBuffer.allocate(payload.remaining() * 3 / 2 + 2);
        unit.put((byte) header);
        H264Utils.escapeNAL(payload, unit);
        unit.flip();
        byte[] bytes = new byte[unit.remaining()];
        unit.get(bytes);
        return bytes;
    }
}

package io.camelray.sandbox;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jcodec.codecs.h264.H264Encoder;
import org.jcodec.codecs.h264.H264Utils;
import org.jcodec.codecs.h264.encode.DumbRateControl;
import org.jcodec.codecs.h264.io.model.PictureParameterSet;
import org.jcodec.codecs.h264.io.model.SeqParameterSet;
import org.jcodec.common.model.Picture;
import org.jcodec.common.model.Rect;

/** Makes a playable H.264 MP4 of a shape and a card: one encoded picture, then a moving progress bar. */
final class ClipEncoder {

    private static final int NAL_TYPE = 0x1f;
    private static final int IDR_SLICE = 5;
    private static final int SPS = 7;
    private static final int PPS = 8;

    private final ClipPainter painter = new ClipPainter();

    /** The file: {@code ftyp}, {@code moov}, then {@code mdat}. Equal arguments give equal bytes. */
    byte[] encode(ClipShape shape, ClipCard card, boolean hdr) {
        Picture picture = painter.paint(shape, card);
        picture.setCrop(new Rect(0, 0, shape.width(), shape.height()));
        H264Encoder encoder = new H264Encoder(new DumbRateControl());
        ByteBuffer stream =
                encoder.encodeIDRFrame(picture, ByteBuffer.allocate(encoder.estimateBufferSize(picture) * 2));
        byte[] sps = null;
        byte[] pps = null;
        List<byte[]> frames = new ArrayList<>(shape.frames());
        for (ByteBuffer unit : H264Utils.splitFrame(stream)) {
            byte[] bytes = bytes(unit);
            switch (bytes[0] & NAL_TYPE) {
                case SPS -> sps = bytes;
                case PPS -> pps = bytes;
                case IDR_SLICE -> frames.add(bytes);
                default -> throw new IllegalStateException("unexpected NAL unit type " + (bytes[0] & NAL_TYPE));
            }
        }
        ProgressFrames progress = new ProgressFrames(readSps(sps), readPps(pps), shape);
        for (int number = 1; number < shape.frames(); number++) {
            frames.add(bytes(progress.frame(number)));
        }
        return new Mp4File(shape, sps, pps, hdr).write(frames);
    }

    private static SeqParameterSet readSps(byte[] unit) {
        return SeqParameterSet.read(payload(unit));
    }

    private static PictureParameterSet readPps(byte[] unit) {
        return PictureParameterSet.read(payload(unit));
    }

    private static ByteBuffer payload(byte[] unit) {
        ByteBuffer payload = ByteBuffer.wrap(unit.clone());
        payload.get();
        H264Utils.unescapeNAL(payload);
        return payload;
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}

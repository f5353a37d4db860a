package io.camelray.sandbox;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jcodec.api.FrameGrab;
import org.jcodec.api.JCodecException;
import org.jcodec.common.DemuxerTrackMeta;
import org.jcodec.common.io.ByteBufferSeekableByteChannel;
import org.jcodec.common.model.Picture;
import org.jcodec.containers.mp4.demuxer.MP4Demuxer;

/** An MP4 as a player sees it. */
record Clip(int width, int height, int frames, double seconds) {

    static Clip read(byte[] file) throws IOException {
        try (MP4Demuxer demuxer =
                MP4Demuxer.createMP4Demuxer(ByteBufferSeekableByteChannel.readFromByteBuffer(ByteBuffer.wrap(file)))) {
            DemuxerTrackMeta meta = demuxer.getVideoTrack().getMeta();
            return new Clip(
                    meta.getVideoCodecMeta().getSize().getWidth(),
                    meta.getVideoCodecMeta().getSize().getHeight(),
                    meta.getTotalFrames(),
                    meta.getTotalDuration());
        }
    }

    /** Decodes the first frame. */
    static Picture first(byte[] file) throws IOException, JCodecException {
        return FrameGrab.createFrameGrab(ByteBufferSeekableByteChannel.readFromByteBuffer(ByteBuffer.wrap(file)))
                .getNativeFrame()
                .cloneCropped();
    }

    /** Decodes every frame. */
    static List<Picture> decode(byte[] file) throws IOException, JCodecException {
        FrameGrab grab =
                FrameGrab.createFrameGrab(ByteBufferSeekableByteChannel.readFromByteBuffer(ByteBuffer.wrap(file)));
        List<Picture> pictures = new ArrayList<>();
        for (Picture picture = grab.getNativeFrame(); picture != null; picture = grab.getNativeFrame()) {
            pictures.add(picture.cloneCropped());
        }
        return pictures;
    }
}

package io.camelray.sandbox;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Locale;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.jcodec.common.DemuxerTrack;
import org.jcodec.common.DemuxerTrackMeta;
import org.jcodec.common.io.NIOUtils;
import org.jcodec.common.io.SeekableByteChannel;
import org.jcodec.common.model.Size;
import org.jcodec.containers.mp4.demuxer.MP4Demuxer;

/** Measures pictures and films by their bytes, whatever their names and types say. */
final class MediaProbe {

    private static final int RIFF_HEADER = 30;

    private MediaProbe() {}

    /** The measures of a JPEG, PNG, WebP or still GIF, else nothing. */
    static Optional<SourceShape> picture(byte[] file) {
        if (begins(file, 0, "RIFF") && begins(file, 8, "WEBP") && file.length >= RIFF_HEADER) {
            return webp(file);
        }
        try (MemoryCacheImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) {
                return Optional.empty();
            }
            ImageReader reader = readers.next();
            try {
                String format = reader.getFormatName().toLowerCase(Locale.ROOT);
                reader.setInput(in);
                boolean known = format.equals("png")
                        || format.equals("jpeg")
                        || format.equals("gif") && reader.getNumImages(true) == 1;
                return known
                        ? Optional.of(new SourceShape(reader.getWidth(0), reader.getHeight(0), 0))
                        : Optional.empty();
            } finally {
                reader.dispose();
            }
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<SourceShape> webp(byte[] file) {
        if (begins(file, 12, "VP8X")) {
            return Optional.of(new SourceShape(little(file, 24, 3) + 1, little(file, 27, 3) + 1, 0));
        }
        if (begins(file, 12, "VP8L")) {
            int bits = little(file, 21, 4);
            return Optional.of(new SourceShape((bits & 0x3fff) + 1, (bits >> 14 & 0x3fff) + 1, 0));
        }
        return begins(file, 12, "VP8 ")
                ? Optional.of(new SourceShape(little(file, 26, 2) & 0x3fff, little(file, 28, 2) & 0x3fff, 0))
                : Optional.empty();
    }

    /** The measures of an MP4 with a video track, else nothing. */
    static Optional<SourceShape> film(Path file) {
        try (SeekableByteChannel channel = NIOUtils.readableChannel(file.toFile())) {
            DemuxerTrack track = MP4Demuxer.createMP4Demuxer(channel).getVideoTrack();
            if (track == null || track.getMeta() == null) {
                return Optional.empty();
            }
            DemuxerTrackMeta meta = track.getMeta();
            Size size = meta.getVideoCodecMeta().getSize();
            return meta.getTotalDuration() > 0 && size.getHeight() > 0
                    ? Optional.of(new SourceShape(size.getWidth(), size.getHeight(), meta.getTotalDuration()))
                    : Optional.empty();
        } catch (IOException | RuntimeException e) {
            // What the demuxer throws for a file that is no MP4 depends on where it stumbles.
            return Optional.empty();
        }
    }

    private static boolean begins(byte[] file, int at, String letters) {
        for (int i = 0; i < letters.length(); i++) {
            if (at + i >= file.length || file[at + i] != letters.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static int little(byte[] file, int at, int bytes) {
        int value = 0;
        for (int i = bytes - 1; i >= 0; i--) {
            value = value << 8 | file[at + i] & 0xff;
        }
        return value;
    }
}

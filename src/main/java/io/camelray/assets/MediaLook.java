package io.camelray.assets;

import io.camelray.assets.MediaSource.Start;
import io.camelray.model.MediaFacts;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;

/** Tells what the bytes of a reference are; as few of them are fetched as tell it. */
final class MediaLook {

    /** Enough for nearly every header; JPEGs with large previews in front need more. */
    private static final int FIRST = 128 * 1024;

    private final Path scratchFolder;

    MediaLook(Path scratchFolder) {
        this.scratchFolder = scratchFolder;
    }

    /** @param identify whether the content is wanted, beside what it is */
    ProbeResult.Found look(MediaSource source, boolean identify) throws IOException, MediaRefusedException {
        Start start = source.start(FIRST);
        String type = type(source.name(), start.bytes());
        Optional<MediaFacts> early = fromStart(source.name(), type, start);
        if (early.isPresent()) {
            return new ProbeResult.Found(early.get(), identify ? content(start) : "");
        }
        try (ScratchFile scratch = ScratchFile.in(scratchFolder)) {
            Path file = source.whole(scratch.path());
            MediaFacts facts = fromWhole(source.name(), file);
            return new ProbeResult.Found(
                    facts, identify ? sha256(ContentDigests.withoutMd5(file).sha256()) : "");
        }
    }

    private static String content(Start start) {
        String digest = HexFormat.of().formatHex(Hashes.sha256().digest(start.bytes()));
        return start.isAll()
                ? sha256(digest)
                : "begins " + digest + ", " + start.total() + " bytes, tag " + start.tag();
    }

    private static String sha256(String digest) {
        return "sha256 " + digest;
    }

    /** The type by the magic number. */
    static String type(String name, byte[] start) throws MediaRefusedException {
        if (start.length == 0) {
            throw MediaRefusedException.unusable(name + " is empty");
        }
        Magic magic = Magic.of(start);
        String type = magic.imageType().isEmpty() ? magic.videoType() : magic.imageType();
        if (type.isEmpty()) {
            throw MediaRefusedException.unusable(name + " is neither an image nor a video, but " + magic.otherwise());
        }
        return type;
    }

    private static Optional<MediaFacts> fromStart(String name, String type, Start start)
            throws IOException, MediaRefusedException {
        if (start.total() < 0 || isWalked(type)) {
            return Optional.empty();
        }
        if (type.startsWith("video/")) {
            return Optional.of(new MediaFacts(type, start.total(), 0, 0, 0, 0));
        }
        try (InputStream in = new ByteArrayInputStream(start.bytes())) {
            return Optional.of(image(name, type, start.total(), in));
        } catch (EOFException e) {
            if (start.isAll()) {
                throw cutOff(name, type);
            }
            return Optional.empty();
        }
    }

    private static MediaFacts fromWhole(String name, Path file) throws IOException, MediaRefusedException {
        String type;
        try (InputStream in = Files.newInputStream(file)) {
            type = type(name, in.readNBytes(Magic.ENOUGH));
        }
        if (isWalked(type)) {
            return video(name, type, file);
        }
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            return type.startsWith("video/")
                    ? new MediaFacts(type, Files.size(file), 0, 0, 0, 0)
                    : image(name, type, Files.size(file), in);
        } catch (EOFException e) {
            throw cutOff(name, type);
        }
    }

    private static boolean isWalked(String type) {
        return type.equals("video/mp4") || type.equals("video/quicktime");
    }

    private static MediaFacts image(String name, String type, long bytes, InputStream in)
            throws IOException, MediaRefusedException {
        try {
            ImageShape shape = ImageShape.read(type, in);
            return new MediaFacts(type, bytes, shape.width(), shape.height(), shape.frames(), 0);
        } catch (BrokenImageException e) {
            throw MediaRefusedException.unusable(name + " is broken: " + e.getMessage());
        }
    }

    private static MediaFacts video(String name, String type, Path file) throws IOException, MediaRefusedException {
        Mp4Result result = Mp4Walk.of(file);
        if (result instanceof Mp4Defect defect) {
            throw MediaRefusedException.unusable(name + " is broken. " + defect.sentence());
        }
        Mp4Findings video = (Mp4Findings) result;
        int frames = (int) Math.min(video.frames(), Integer.MAX_VALUE);
        return new MediaFacts(
                type, Files.size(file), video.width(), video.height(), frames, video.durationMillis() / 1000.0);
    }

    private static MediaRefusedException cutOff(String name, String type) {
        return MediaRefusedException.unusable(name + " begins as " + type + " and is cut off");
    }
}

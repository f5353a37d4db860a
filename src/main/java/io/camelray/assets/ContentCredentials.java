package io.camelray.assets;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Whether an MP4 carries C2PA content credentials: a box {@code uuid} of their own kind, at the top level (C2PA
 * specification, "Embedding manifests into BMFF-based assets"). Only that they are there; they are not verified.
 */
public final class ContentCredentials {

    private static final long KIND_HIGH = 0xD8FEC3D61B0E483CL;
    private static final long KIND_LOW = 0x92975828877EC481L;

    private ContentCredentials() {}

    /** @throws IOException if the file cannot be read */
    public static boolean areIn(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            Mp4Window window = new Mp4Window(channel);
            boolean[] found = new boolean[1];
            new Mp4Boxes(window).walk(0, window.length(), true, box -> {
                if (box.type().equals("uuid") && box.size() >= 16) {
                    found[0] |= window.u64(box.content()) == KIND_HIGH && window.u64(box.content() + 8) == KIND_LOW;
                }
            });
            return found[0];
        } catch (BrokenMp4Exception e) {
            return false;
        }
    }
}

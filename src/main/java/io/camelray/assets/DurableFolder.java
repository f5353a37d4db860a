package io.camelray.assets;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Makes names and files survive a crash of the machine. */
public final class DurableFolder {

    private DurableFolder() {}

    /** Forces a folder's entries to the disk; where folders cannot be opened (Windows), the system cares for them. */
    public static void sync(Path folder) throws IOException {
        FileChannel opened;
        try {
            opened = FileChannel.open(folder, StandardOpenOption.READ);
        } catch (AccessDeniedException e) {
            return;
        }
        try (FileChannel channel = opened) {
            channel.force(true);
        }
    }

    public static void syncFile(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }
}

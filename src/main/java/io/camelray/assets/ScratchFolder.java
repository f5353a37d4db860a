package io.camelray.assets;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;

/** The folder of temporary files that media pass through. */
public final class ScratchFolder {

    private ScratchFolder() {}

    /**
     * Removes what killed programs left; files of other names are left alone.
     *
     * @param before files that were written later may be in use, by a command that runs beside this program
     * @return how many files were removed
     */
    public static int sweep(Path folder, Instant before) throws IOException {
        return sweep(folder, ScratchFile.NAMES, before);
    }

    /** @param names of those files that may be removed, as a glob */
    static int sweep(Path folder, String names, Instant before) throws IOException {
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        int removed = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, names)) {
            for (Path file : files) {
                if (isOlder(file, before) && Files.deleteIfExists(file)) {
                    removed++;
                }
            }
        }
        return removed;
    }

    private static boolean isOlder(Path file, Instant before) throws IOException {
        try {
            return Files.getLastModifiedTime(file).toInstant().isBefore(before);
        } catch (NoSuchFileException e) {
            return false;
        }
    }
}

package io.camelray.assets;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A temporary file that is gone afterwards, whatever happened. */
final class ScratchFile implements AutoCloseable {

    private static final String PREFIX = "media-";
    private static final String SUFFIX = ".part";

    /** Those of all scratch files and of what stands beside them. */
    static final String NAMES = PREFIX + "*" + SUFFIX + "*";

    private final Path file;

    private ScratchFile(Path file) {
        this.file = file;
    }

    static ScratchFile in(Path folder) throws IOException {
        Files.createDirectories(folder);
        return new ScratchFile(Files.createTempFile(folder, PREFIX, SUFFIX));
    }

    Path path() {
        return file;
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(PartFile.markOf(file));
        Files.deleteIfExists(file);
    }
}

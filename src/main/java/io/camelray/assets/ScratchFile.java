package io.camelray.assets;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A temporary file that is gone afterwards, whatever happened. */
final class ScratchFile implements AutoCloseable {

    private final Path file;

    private ScratchFile(Path file) {
        this.file = file;
    }

    static ScratchFile in(Path folder) throws IOException {
        Files.createDirectories(folder);
        return new ScratchFile(Files.createTempFile(folder, "media-", ".part"));
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

package io.camelray.intake;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A manifest as it was dropped.
 *
 * @param name its file name, for people
 * @param bytes all of it; more than {@link #MAX_BYTES} are refused when read
 * @param folder where the files are that it may name; empty if it came without a folder
 */
public record ManifestSource(String name, byte[] bytes, Optional<Path> folder) {

    /** The size above which nothing is a manifest. */
    public static final int MAX_BYTES = 5 * 1024 * 1024;

    /** A manifest that came without a folder, and so cannot name files. */
    public ManifestSource(String name, byte[] bytes) {
        this(name, bytes, Optional.empty());
    }

    /** The same manifest with the files of this folder beside it. */
    public ManifestSource in(Path beside) {
        return new ManifestSource(name, bytes, Optional.of(beside));
    }

    /** Reads a file, but never much more than a manifest may hold. */
    public static ManifestSource of(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new ManifestSource(file.getFileName().toString(), in.readNBytes(MAX_BYTES + 1))
                    .in(file.toAbsolutePath().getParent());
        }
    }
}

package io.camelray.intake;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A manifest as it was dropped.
 *
 * @param name its file name, for people
 * @param bytes all of it; more than {@link #MAX_BYTES} are refused when read
 */
public record ManifestSource(String name, byte[] bytes) {

    /** The size above which nothing is a manifest. */
    public static final int MAX_BYTES = 5 * 1024 * 1024;

    /** Reads a file, but never much more than a manifest may hold. */
    public static ManifestSource of(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new ManifestSource(file.getFileName().toString(), in.readNBytes(MAX_BYTES + 1));
        }
    }
}

package io.camelray.assets;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** A local file; it was found to be in an allowed folder, links considered. */
final class FileSource implements MediaSource {

    private final String name;
    private final Path real;
    private final long maxBytes;

    FileSource(String name, Path real, long maxBytes) {
        this.name = name;
        this.real = real;
        this.maxBytes = maxBytes;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Start start(int atMost) throws IOException, MediaRefusedException {
        long total = Files.size(whole(real));
        try (InputStream in = Files.newInputStream(real, LinkOption.NOFOLLOW_LINKS)) {
            return new Start(in.readNBytes(atMost), total, "");
        }
    }

    @Override
    public Path whole(Path scratch) throws IOException, MediaRefusedException {
        long bytes = Files.size(real);
        if (bytes > maxBytes) {
            throw MediaRefusedException.unusable(
                    name + " has " + bytes + " bytes; at most " + maxBytes + " are allowed");
        }
        return real;
    }
}

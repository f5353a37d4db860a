package io.camelray.assets;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A local file, and what was in it when it was verified. What is in it now is for the reader to find out.
 *
 * @param content the MD5 may be missing
 */
public record VerifiedFile(Path path, ContentDigests content) {

    /** Reads the file, in constant memory. @return what is in it now */
    ContentDigests read() throws IOException {
        return ContentDigests.of(path);
    }

    ContentDigests readWithoutMd5() throws IOException {
        return ContentDigests.withoutMd5(path);
    }
}

package io.camelray.assets;

import java.io.IOException;
import java.nio.file.Path;

/** One reference that may be read: its first bytes, and all of them where these do not tell enough. */
interface MediaSource {

    /** How it is named in sentences. */
    String name();

    /**
     * Reads at most so many bytes.
     *
     * @throws MediaRefusedException if there is nothing to read
     * @throws IOException if our own disk refuses
     */
    Start start(int atMost) throws IOException, MediaRefusedException;

    /**
     * The whole of it, never more than the settings allow.
     *
     * @param scratch where it may be put; a local file stays where it is
     * @return the file to read
     */
    Path whole(Path scratch) throws IOException, MediaRefusedException;

    /**
     * @param total bytes of the whole; negative when nobody knows before having read it
     * @param tag changes with the bytes; empty when the server has none that is strong
     */
    record Start(byte[] bytes, long total, String tag) {

        boolean isAll() {
            return total == bytes.length;
        }
    }
}

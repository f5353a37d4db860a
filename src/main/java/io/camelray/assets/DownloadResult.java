package io.camelray.assets;

import java.time.Duration;
import java.util.Optional;

/** How a download ended. No text in here carries the query of a URL. */
public sealed interface DownloadResult {

    /**
     * The whole body is in the file and on the disk.
     *
     * @param content its digests, made while it arrived
     * @param contentType as the server named it, without parameters; empty when it did not
     * @param entityTag as the server named it; empty when it did not
     */
    record Complete(ContentDigests content, String contentType, String entityTag) implements DownloadResult {

        public long bytes() {
            return content.bytes();
        }

        /** Hexadecimal. */
        public String sha256() {
            return content.sha256();
        }
    }

    /** The server no longer honours the URL (403; 400, 401, 404 and 410 at some stores): mint a fresh one. */
    record Expired(int status, String reason) implements DownloadResult {}

    /** It may work later with the same URL; what has arrived is kept for resuming. */
    record Transient(String reason, Optional<Duration> retryAfter) implements DownloadResult {}

    /** The URL, or a redirect, leads where we do not go. */
    record Forbidden(String reason, String remedy) implements DownloadResult {}

    /** The server answered with something that is not the file: a page, a refusal, more bytes than allowed. */
    record Unusable(String reason) implements DownloadResult {}
}

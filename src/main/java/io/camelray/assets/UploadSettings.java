package io.camelray.assets;

import java.util.Objects;
import java.util.Optional;

/**
 * How files are put into buckets.
 *
 * @param multipartAbove files of more bytes than this go in parts; S3 takes 5 GB at most in one request
 * @param partBytes the size of a part; larger where a file would else have more parts than S3 takes
 * @param kmsKey the key that the store is to encrypt with (SSE-KMS); empty: as the bucket says
 */
public record UploadSettings(long multipartAbove, long partBytes, Optional<String> kmsKey) {

    /** What S3 takes in one request, in round bytes. */
    public static final long MOST_IN_ONE = 5_000_000_000L;

    private static final long MOST_PARTS = 10_000;

    /** @throws IllegalArgumentException if a size is not positive, or more than S3 takes at once */
    public UploadSettings {
        Objects.requireNonNull(kmsKey, "kmsKey");
        if (multipartAbove < 1 || multipartAbove > MOST_IN_ONE) {
            throw new IllegalArgumentException(
                    "multipartAbove must be 1 to " + MOST_IN_ONE + " bytes, not " + multipartAbove);
        }
        if (partBytes < 1 || partBytes > MOST_IN_ONE) {
            throw new IllegalArgumentException("partBytes must be 1 to " + MOST_IN_ONE + " bytes, not " + partBytes);
        }
    }

    /** One request up to 5 GB, parts of 64 MB above, encrypted as the bucket says. */
    public static UploadSettings defaults() {
        return new UploadSettings(MOST_IN_ONE, 64L * 1024 * 1024, Optional.empty());
    }

    /** The size of the parts of a file, the last one excepted. */
    long partBytesOf(long fileBytes) {
        return Math.max(partBytes, (fileBytes + MOST_PARTS - 1) / MOST_PARTS);
    }
}

package io.camelray.assets;

import io.camelray.model.Destination;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How references are looked into and hosted.
 *
 * @param bucket where files are hosted for providers; without it, only what is small can be sent along
 * @param presignFor how long a provider can fetch what is hosted
 * @param margin a presigned URL with less life left is hosted anew
 * @param inlineUpTo bytes that may be sent along when there is no bucket
 * @param maxBytes no reference may be larger
 * @param allowed folders and bucket prefixes that references may lead to, besides the manifest's own folder
 * @param downloads the limits of getting hold of something on the web
 * @param scratch a folder for temporary files, created when missing
 */
public record AssetSettings(
        Optional<Destination.Bucket> bucket,
        Duration presignFor,
        Duration margin,
        long inlineUpTo,
        long maxBytes,
        List<Destination> allowed,
        DownloadSettings downloads,
        Path scratch) {

    private static final long MEGABYTE = 1024 * 1024;
    private static final Duration LONGEST_PRESIGNED = Duration.ofDays(7);

    public AssetSettings {
        Objects.requireNonNull(bucket, "bucket");
        Objects.requireNonNull(scratch, "scratch");
        allowed = List.copyOf(allowed);
        if (presignFor.compareTo(LONGEST_PRESIGNED) > 0 || presignFor.isNegative() || presignFor.isZero()) {
            throw new IllegalArgumentException(
                    "presignFor must be more than nothing and at most 7 days, not " + presignFor);
        }
        if (maxBytes <= 0) {
            throw new IllegalArgumentException("maxBytes must be positive, not " + maxBytes);
        }
        downloads = downloads.withMaxBytes(Math.min(maxBytes, downloads.maxBytes()));
    }

    /** No bucket, two hours, 30 minutes, 4 MB, 200 MB, only the manifest's folder, public https servers. */
    public static AssetSettings defaults(Path scratch) {
        return new AssetSettings(
                Optional.empty(),
                Duration.ofHours(2),
                Duration.ofMinutes(30),
                4 * MEGABYTE,
                200 * MEGABYTE,
                List.of(),
                DownloadSettings.defaults()
                        .withTimeouts(Duration.ofSeconds(10), Duration.ofSeconds(20), Duration.ofMinutes(5)),
                scratch);
    }

    /** Everywhere that references may lead to or are hosted. */
    public Stream<Destination> places() {
        return Stream.concat(bucket.stream().map(Destination.class::cast), allowed.stream());
    }

    public AssetSettings withBucket(Destination.Bucket value) {
        return new AssetSettings(
                Optional.of(value), presignFor, margin, inlineUpTo, maxBytes, allowed, downloads, scratch);
    }

    /** For providers that fetch no URLs: everything is sent along. */
    public AssetSettings withoutBucket() {
        return new AssetSettings(
                Optional.empty(), presignFor, margin, inlineUpTo, maxBytes, allowed, downloads, scratch);
    }

    public AssetSettings withPresignFor(Duration value) {
        return new AssetSettings(bucket, value, margin, inlineUpTo, maxBytes, allowed, downloads, scratch);
    }

    public AssetSettings withMargin(Duration value) {
        return new AssetSettings(bucket, presignFor, value, inlineUpTo, maxBytes, allowed, downloads, scratch);
    }

    public AssetSettings withInlineUpTo(long value) {
        return new AssetSettings(bucket, presignFor, margin, value, maxBytes, allowed, downloads, scratch);
    }

    public AssetSettings withMaxBytes(long value) {
        return new AssetSettings(bucket, presignFor, margin, inlineUpTo, value, allowed, downloads, scratch);
    }

    public AssetSettings withAllowed(List<Destination> value) {
        return new AssetSettings(bucket, presignFor, margin, inlineUpTo, maxBytes, value, downloads, scratch);
    }

    public AssetSettings withDownloads(DownloadSettings value) {
        return new AssetSettings(bucket, presignFor, margin, inlineUpTo, maxBytes, allowed, value, scratch);
    }
}

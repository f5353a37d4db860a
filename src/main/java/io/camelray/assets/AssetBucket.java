package io.camelray.assets;

import io.camelray.model.Destination;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.services.s3.S3Client;

/** The bucket that providers fetch from: every content is there once, under a key that its bytes decide. */
final class AssetBucket implements AutoCloseable {

    private static final Map<String, String> EXTENSIONS =
            Map.of("image/jpeg", "jpg", "video/quicktime", "mov", "video/x-matroska", "mkv");

    private final Supplier<S3Client> s3;
    private final Duration life;
    private Presigning presigning;

    AssetBucket(Supplier<S3Client> s3, Duration life) {
        this.s3 = s3;
        this.life = life;
    }

    /** Uploads the file unless it is there, and presigns it. */
    String url(Destination.Bucket bucket, Path file, ContentDigests content, String mediaType)
            throws StoreUnavailableException {
        String key = key(bucket, content, mediaType);
        if (!holds(bucket, key, content)) {
            new ObjectStore(s3.get()).put(bucket.name(), key, mediaType, file, content);
        }
        return presign(bucket.name(), key, mediaType);
    }

    /** Presigns the content if it is there. */
    Optional<String> url(Destination.Bucket bucket, ContentDigests content, String mediaType)
            throws StoreUnavailableException {
        String key = key(bucket, content, mediaType);
        return holds(bucket, key, content) ? Optional.of(presign(bucket.name(), key, mediaType)) : Optional.empty();
    }

    private boolean holds(Destination.Bucket bucket, String key, ContentDigests content)
            throws StoreUnavailableException {
        return new ObjectStore(s3.get())
                .head(bucket.name(), key)
                .filter(there -> there.bytes() == content.bytes()
                        && content.sha256().equals(there.metadata().get(ObjectStore.SHA256_METADATA)))
                .isPresent();
    }

    private static String key(Destination.Bucket bucket, ContentDigests content, String mediaType) {
        return bucket.prefix() + content.sha256() + "." + extension(mediaType);
    }

    String presign(String bucket, String key, String mediaType) throws StoreUnavailableException {
        return presigning().url(bucket, key, mediaType, life);
    }

    private synchronized Presigning presigning() {
        if (presigning == null) {
            presigning = Presigning.like(s3.get());
        }
        return presigning;
    }

    private static String extension(String mediaType) {
        String subtype = mediaType.substring(mediaType.indexOf('/') + 1).toLowerCase(Locale.ROOT);
        return EXTENSIONS.getOrDefault(mediaType, subtype);
    }

    @Override
    public synchronized void close() {
        if (presigning != null) {
            presigning.close();
        }
    }
}

package io.camelray.assets;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** An object in a bucket that may be read; what is read later is the same object, or the reading fails. */
final class StoredSource implements MediaSource {

    private final ObjectStore store;
    private final String bucket;
    private final String key;
    private final StoredObject object;

    private StoredSource(ObjectStore store, String bucket, String key, StoredObject object) {
        this.store = store;
        this.bucket = bucket;
        this.key = key;
        this.object = object;
    }

    static StoredSource of(ObjectStore store, String bucket, String key, long maxBytes) throws MediaRefusedException {
        String name = "s3://" + bucket + "/" + key;
        Optional<StoredObject> found;
        try {
            found = store.head(bucket, key);
        } catch (StoreUnavailableException e) {
            throw refused(e);
        }
        StoredObject object =
                found.orElseThrow(() -> MediaRefusedException.unreachable("There is no object " + name, false));
        if (object.bytes() > maxBytes) {
            throw MediaRefusedException.unusable(
                    name + " has " + object.bytes() + " bytes; at most " + maxBytes + " are allowed");
        }
        return new StoredSource(store, bucket, key, object);
    }

    @Override
    public String name() {
        return "s3://" + bucket + "/" + key;
    }

    long bytes() {
        return object.bytes();
    }

    /** Changes with the bytes. */
    String identity() {
        return name() + "#" + object.entityTag() + "#" + object.bytes();
    }

    @Override
    public Start start(int atMost) throws MediaRefusedException {
        if (object.bytes() == 0) {
            return new Start(new byte[0], 0, "");
        }
        try {
            int count = (int) Math.min(atMost, object.bytes());
            return new Start(store.start(bucket, key, object.entityTag(), count), object.bytes(), object.entityTag());
        } catch (StoreUnavailableException e) {
            throw refused(e);
        }
    }

    @Override
    public Path whole(Path scratch) throws IOException, MediaRefusedException {
        try {
            store.download(bucket, key, object, scratch);
            return scratch;
        } catch (StoreUnavailableException e) {
            throw refused(e);
        }
    }

    /** What the store refuses for good is not tried again; what changed in between is. */
    static MediaRefusedException refused(StoreUnavailableException e) {
        boolean forGood = e.getCause() instanceof S3Exception s3
                && s3.statusCode() >= 400
                && s3.statusCode() < 500
                && s3.statusCode() != 408
                && s3.statusCode() != 412
                && s3.statusCode() != 429;
        return MediaRefusedException.unreachable(e.getMessage(), !forGood);
    }
}

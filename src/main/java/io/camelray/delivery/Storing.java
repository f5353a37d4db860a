package io.camelray.delivery;

import io.camelray.assets.FolderStore;
import io.camelray.assets.ObjectProof.Proven;
import io.camelray.assets.ObjectStore;
import io.camelray.assets.ObjectUpload;
import io.camelray.assets.StoredObject;
import io.camelray.assets.UploadSettings;
import io.camelray.ledger.DeliveryLedger.PendingOutput;
import io.camelray.model.Destination;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Stores outputs where a route's own component cannot: in parts, encrypted with a key, or without replacing what is
 * there. Storing again what is stored already changes nothing. Thread-safe.
 */
public final class Storing {

    private static final int MOST_VERSIONS = 1000;

    private final Supplier<ObjectUpload> uploads;
    private final Supplier<ObjectStore> store;
    private final UploadSettings settings;
    private final IfThere ifThere;

    /** @param uploads and {@code store}: asked for only when a destination is a bucket */
    public Storing(
            Supplier<ObjectUpload> uploads, Supplier<ObjectStore> store, UploadSettings settings, IfThere ifThere) {
        this.uploads = uploads;
        this.store = store;
        this.settings = settings;
        this.ifThere = ifThere;
    }

    /**
     * What was stored.
     *
     * @param output under the key that it has now
     * @param entityTag that the store answered with; empty in a folder, and where the object was there already
     */
    public record Stored(SecuredOutput output, Optional<String> entityTag) {}

    /** Whether only this can store the output as it is wanted. */
    public boolean isNeededFor(SecuredOutput output) {
        boolean bucket = output.destination() instanceof Destination.Bucket;
        // Not every system lets a plain renaming replace a file.
        boolean replaces = output.destination() instanceof Destination.Folder folder
                && Files.exists(folder.path().resolve(output.key()));
        return replaces
                || ifThere != IfThere.OVERWRITE
                || bucket
                        && (output.bytes() > settings.multipartAbove()
                                || settings.kmsKey().isPresent());
    }

    /**
     * @throws DeliveryRetryException if the key is taken and the policy is to wait
     * @throws IOException if the destination cannot be reached or refuses, or the spool cannot be read
     */
    public Stored store(PendingOutput pending, SecuredOutput output) throws DeliveryRetryException, IOException {
        for (int version = 1; version <= MOST_VERSIONS; version++) {
            SecuredOutput here = version == 1 ? output : output.under(versioned(output.key(), version));
            Optional<Stored> stored = storeAt(pending, here);
            if (stored.isPresent()) {
                return stored.get();
            }
            if (ifThere == IfThere.FAIL) {
                break;
            }
        }
        throw new DeliveryRetryException(
                pending.render().id(),
                DeliveryPace.after(pending.attempt()),
                "Something else lies at " + output.location()
                        + ", and ray.deliver.existing=fail leaves it there; move it away, and the output is stored");
    }

    private Optional<Stored> storeAt(PendingOutput pending, SecuredOutput output) throws IOException {
        return output.destination() instanceof Destination.Bucket
                ? inBucket(pending, output)
                : inFolder(output, (Destination.Folder) output.destination());
    }

    private Optional<Stored> inBucket(PendingOutput pending, SecuredOutput output) throws IOException {
        String bucket = output.bucket().orElseThrow();
        boolean onlyIfAbsent = ifThere != IfThere.OVERWRITE;
        if (onlyIfAbsent) {
            // Before gigabytes are sent in vain; what comes between this and the upload is caught by its condition.
            Optional<StoredObject> found = store.get().head(bucket, output.objectKey());
            if (found.isPresent()) {
                return isOurs(pending, output, found.get()) ? Optional.of(found(output)) : Optional.empty();
            }
        }
        Optional<String> tag = uploads.get()
                .put(
                        bucket,
                        output.objectKey(),
                        new ObjectUpload.Content(
                                output.file(), output.bytes(), output.contentType(), output.metadata()),
                        onlyIfAbsent);
        if (tag.isPresent()) {
            return Optional.of(new Stored(output, tag));
        }
        // Refused by its condition: by somebody else's object, or by ours, if the first reply was lost.
        return store.get()
                .head(bucket, output.objectKey())
                .filter(object -> isOurs(pending, output, object))
                .map(object -> found(output));
    }

    private static Stored found(SecuredOutput output) {
        return new Stored(output, Optional.empty());
    }

    private static boolean isOurs(PendingOutput pending, SecuredOutput output, StoredObject object) {
        return object.bytes() == output.bytes()
                && output.sha256().equals(object.metadata().get(ObjectStore.SHA256_METADATA))
                && pending.render().id().toString().equals(object.metadata().get("render"));
    }

    private Optional<Stored> inFolder(SecuredOutput output, Destination.Folder folder) throws IOException {
        FolderStore files = new FolderStore(folder.path());
        if (ifThere == IfThere.OVERWRITE) {
            files.write(output.key(), out -> Files.copy(output.file(), out));
            return Optional.of(found(output));
        }
        boolean written = !Files.exists(files.resolve(output.key()))
                && files.writeNew(output.key(), out -> Files.copy(output.file(), out));
        return written || files.proves(output.key(), output.content()) instanceof Proven
                ? Optional.of(found(output))
                : Optional.empty();
    }

    /** {@code a/b.mp4} becomes {@code a/b-2.mp4}. */
    static String versioned(String key, int version) {
        int dot = key.lastIndexOf('.');
        boolean hasEnding = dot > key.lastIndexOf('/') + 1;
        return hasEnding ? key.substring(0, dot) + "-" + version + key.substring(dot) : key + "-" + version;
    }
}

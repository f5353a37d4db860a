package io.camelray.delivery;

import io.camelray.assets.FolderStore;
import io.camelray.assets.ObjectProof;
import io.camelray.assets.ObjectStore;
import io.camelray.assets.VerifiedFile;
import io.camelray.model.Destination;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;

/** A destination of either kind, as proof and sidecars need it. */
sealed interface DeliveryTarget {

    ObjectProof proves(String key, VerifiedFile file, Optional<String> uploadTag) throws IOException;

    void write(String key, String contentType, byte[] content) throws IOException;

    static DeliveryTarget of(Destination destination, Supplier<ObjectStore> objectStore) {
        return destination instanceof Destination.Bucket bucket
                ? new InBucket(objectStore.get(), bucket)
                : new InFolder(new FolderStore(((Destination.Folder) destination).path()));
    }

    record InBucket(ObjectStore store, Destination.Bucket bucket) implements DeliveryTarget {

        @Override
        public ObjectProof proves(String key, VerifiedFile file, Optional<String> uploadTag) throws IOException {
            return store.proves(bucket.name(), bucket.prefix() + key, file, uploadTag);
        }

        @Override
        public void write(String key, String contentType, byte[] content) throws IOException {
            store.put(bucket.name(), bucket.prefix() + key, contentType, content);
        }
    }

    record InFolder(FolderStore store) implements DeliveryTarget {

        @Override
        public ObjectProof proves(String key, VerifiedFile file, Optional<String> uploadTag) throws IOException {
            return store.proves(key, file.content());
        }

        @Override
        public void write(String key, String contentType, byte[] content) throws IOException {
            store.write(key, out -> out.write(content));
        }
    }
}

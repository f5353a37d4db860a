package io.camelray.assets;

import io.camelray.model.MediaRef;
import java.nio.file.Path;
import java.time.Clock;
import java.util.function.Supplier;

/** Opens references, after having checked that they may be read at all. */
final class MediaSources implements AutoCloseable {

    private final AssetSettings settings;
    private final GuardedDownload download;
    private final Supplier<ObjectStore> store;
    private final AllowedPlaces places;
    private final Clock clock;

    MediaSources(AssetSettings settings, GuardedDownload download, Supplier<ObjectStore> store, Clock clock) {
        this.settings = settings;
        this.download = download;
        this.store = store;
        this.places = new AllowedPlaces(settings.allowed());
        this.clock = clock;
    }

    /** @throws IllegalArgumentException for generations, which nobody fetches */
    MediaSource open(MediaRef ref, Path folder) throws MediaRefusedException {
        if (ref instanceof MediaRef.Web web) {
            return web(web);
        }
        if (ref instanceof MediaRef.Stored stored) {
            return stored(stored);
        }
        if (ref instanceof MediaRef.LocalFile file) {
            return new FileSource(file.path(), places.file(file.path(), folder), settings.maxBytes());
        }
        throw new IllegalArgumentException(ref + " names a generation; there is nothing to fetch");
    }

    WebSource web(MediaRef.Web ref) throws MediaRefusedException {
        return WebSource.of(ref.url(), download, settings, clock);
    }

    StoredSource stored(MediaRef.Stored ref) throws MediaRefusedException {
        places.requireBucket(ref.bucket(), ref.key());
        return StoredSource.of(store.get(), ref.bucket(), ref.key(), settings.maxBytes());
    }

    @Override
    public void close() {
        download.close();
    }
}

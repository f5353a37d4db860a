package io.camelray.assets;

import io.camelray.model.MediaRef;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.function.Supplier;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Looks into a reference before anything is paid for: whether it may be read, whether it is there, and what it is by its
 * bytes. Nothing is ever unpacked, and everything is bounded in bytes and time. May be used by many threads.
 */
public final class MediaProbe implements AutoCloseable {

    private final MediaSources sources;
    private final MediaLook look;

    /** @param s3 asked only when a reference leads into a bucket */
    public MediaProbe(AssetSettings settings, Supplier<S3Client> s3, Clock clock) {
        this(settings, new GuardedDownload(settings.downloads()), s3, clock);
    }

    MediaProbe(AssetSettings settings, GuardedDownload download, Supplier<S3Client> s3, Clock clock) {
        this.sources = new MediaSources(settings, download, () -> new ObjectStore(s3.get()), clock);
        this.look = new MediaLook(settings.scratch());
    }

    /**
     * @param folder the manifest's own, which local files are relative to
     * @throws IllegalArgumentException for generations, into which nobody can look
     */
    public ProbeResult probe(MediaRef ref, Path folder) {
        try {
            return new ProbeResult.Found(look.facts(sources.open(ref, folder)));
        } catch (MediaRefusedException e) {
            return e.refusal();
        } catch (IOException e) {
            return new MediaRefusal.Unreachable("A reference could not be read here: " + e, true);
        }
    }

    @Override
    public void close() {
        sources.close();
    }
}

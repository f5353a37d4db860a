package io.camelray.assets;

import io.camelray.model.MediaRef;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.function.Supplier;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Looks into a reference before anything is paid for: whether it may be read, whether it is there, and what it is by its
 * bytes. Nothing is ever unpacked, and everything is bounded in bytes and time. What was found on the web or in a bucket
 * is not looked into again for a minute. May be used by many threads.
 */
public final class MediaProbe implements AutoCloseable {

    private final MediaSources sources;
    private final MediaLook look;
    private final RecentLooks recent;
    private final boolean filesOnly;

    /** @param s3 asked only when a reference leads into a bucket */
    public MediaProbe(AssetSettings settings, Supplier<S3Client> s3, Clock clock) {
        this(settings, new GuardedDownload(settings.downloads()), s3, clock);
    }

    MediaProbe(AssetSettings settings, GuardedDownload download, Supplier<S3Client> s3, Clock clock) {
        this(settings, download, s3, clock, false);
    }

    /** A probe that looks into the files beside a manifest and never touches the network. */
    public static MediaProbe ofFiles(AssetSettings settings, Clock clock) {
        Supplier<S3Client> nowhere = () -> {
            throw new IllegalStateException("Only files are looked into");
        };
        return new MediaProbe(settings, new GuardedDownload(settings.downloads()), nowhere, clock, true);
    }

    private MediaProbe(
            AssetSettings settings, GuardedDownload download, Supplier<S3Client> s3, Clock clock, boolean filesOnly) {
        this.sources = new MediaSources(settings, download, () -> new ObjectStore(s3.get()), clock);
        this.look = new MediaLook(settings.scratch());
        this.recent = new RecentLooks(clock);
        this.filesOnly = filesOnly;
    }

    /** Whether this probe looks into such a reference; into generations nobody can. */
    public boolean looksInto(MediaRef ref) {
        return filesOnly ? ref instanceof MediaRef.LocalFile : !ref.isGeneration();
    }

    /**
     * @param folder the manifest's own, which local files are relative to
     * @throws IllegalArgumentException for generations, into which nobody can look
     */
    public ProbeResult probe(MediaRef ref, Path folder) {
        return ref instanceof MediaRef.LocalFile
                ? looked(ref, folder)
                : recent.find(ref).orElseGet(() -> {
                    ProbeResult result = looked(ref, folder);
                    recent.remember(ref, result);
                    return result;
                });
    }

    private ProbeResult looked(MediaRef ref, Path folder) {
        try {
            return look.look(sources.open(ref, folder), !(ref instanceof MediaRef.LocalFile));
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

package io.camelray.assets;

import io.camelray.assets.HostedContents.Content;
import io.camelray.assets.HostedMedia.AtUrl;
import io.camelray.assets.HostedMedia.InLine;
import io.camelray.model.Destination;
import io.camelray.model.MediaRef;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Makes references fetchable for providers; meant for the moment before the request goes out, since what is presigned
 * dies soon. Providers silently drop a source whose URL is dead, and bill. May be used by many threads.
 */
public final class AssetHost implements AutoCloseable {

    private final AssetSettings settings;
    private final MediaSources sources;
    private final Clock clock;
    private final AssetBucket bucket;
    private final HostedContents known = new HostedContents();

    /** @param s3 asked only when something is stored or presigned */
    public AssetHost(AssetSettings settings, Supplier<S3Client> s3, Clock clock) {
        this(settings, new GuardedDownload(settings.downloads()), s3, clock);
    }

    AssetHost(AssetSettings settings, GuardedDownload download, Supplier<S3Client> s3, Clock clock) {
        this.settings = settings;
        this.sources = new MediaSources(settings, download, () -> new ObjectStore(s3.get()), clock);
        this.clock = clock;
        this.bucket = new AssetBucket(s3, settings.presignFor());
    }

    /**
     * @param folder the manifest's own, which local files are relative to
     * @param inlineTaken bytes that the provider takes along with the request; 0 if it takes none
     * @throws IllegalArgumentException for generations, which providers know themselves
     */
    public HostedMedia host(MediaRef ref, Path folder, long inlineTaken) {
        long inline = Math.min(inlineTaken, settings.inlineUpTo());
        try {
            if (ref instanceof MediaRef.Web web) {
                return web(sources.web(web), web.url(), inline);
            }
            if (ref instanceof MediaRef.Stored stored) {
                return stored(stored, inline);
            }
            String expected = ref instanceof MediaRef.LocalFile file ? file.sha256() : "";
            return hosted(sources.open(ref, folder), expected, "", inline);
        } catch (MediaRefusedException e) {
            return e.refusal();
        } catch (StoreUnavailableException e) {
            return StoredSource.refused(e).refusal();
        } catch (IOException e) {
            return new MediaRefusal.Unreachable("A reference could not be read here: " + e, true);
        }
    }

    /** The URL as it is, after a look whether it still answers; or a copy, when it would not live long enough. */
    private HostedMedia web(WebSource source, String url, long inline) throws IOException, MediaRefusedException {
        if (source.life().lasts(clock.instant(), settings.margin())) {
            return new AtUrl(
                    url,
                    MediaLook.type(source.name(), source.start(Magic.ENOUGH).bytes()));
        }
        String soon =
                ", whose presigned URL may die within " + settings.margin().toMinutes() + " min,";
        return hosted(source, "", soon, inline);
    }

    private HostedMedia stored(MediaRef.Stored ref, long inline) throws IOException, MediaRefusedException {
        StoredSource source = sources.stored(ref);
        if (settings.bucket().isPresent()) {
            Optional<Content> content = known.of(source.identity());
            if (content.isPresent()) {
                String type = content.get().mediaType();
                Optional<String> url =
                        bucket.url(settings.bucket().get(), content.get().digests(), type);
                if (url.isPresent()) {
                    return new AtUrl(url.get(), type);
                }
            }
        } else if (source.bytes() > inline) {
            String type =
                    MediaLook.type(source.name(), source.start(Magic.ENOUGH).bytes());
            return new AtUrl(bucket.presign(ref.bucket(), ref.key(), type), type);
        }
        return hosted(source, "", "", inline);
    }

    private HostedMedia hosted(MediaSource source, String expectedSha256, String why, long inline)
            throws IOException, MediaRefusedException {
        try (ScratchFile scratch = ScratchFile.in(settings.scratch())) {
            Path file = source.whole(scratch.path());
            ContentDigests content = ContentDigests.of(file);
            if (!expectedSha256.isEmpty() && !expectedSha256.equalsIgnoreCase(content.sha256())) {
                throw MediaRefusedException.unusable(
                        source.name() + " has changed since the campaign was planned; plan it again");
            }
            String type = type(source, file);
            if (source instanceof StoredSource stored) {
                known.remember(stored.identity(), new Content(content, type));
            }
            if (settings.bucket().isPresent()) {
                Destination.Bucket to = settings.bucket().get();
                return new AtUrl(bucket.url(to, file, content, type), type);
            }
            if (content.bytes() > inline) {
                throw MediaRefusedException.forbidden(
                        source.name() + why + " has " + content.bytes() + " bytes, more than the " + inline
                                + " that can be sent along, and there is no bucket to host it in",
                        "Set ray.assets.bucket to a bucket that the provider can fetch presigned URLs from.");
            }
            return new InLine(base64(source, file, content), type);
        }
    }

    private static String type(MediaSource source, Path file) throws IOException, MediaRefusedException {
        try (InputStream in = Files.newInputStream(file)) {
            return MediaLook.type(source.name(), in.readNBytes(Magic.ENOUGH));
        }
    }

    /** What is sent is what was hashed, even if the file changes meanwhile. */
    private static String base64(MediaSource source, Path file, ContentDigests content)
            throws IOException, MediaRefusedException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes((int) content.bytes());
            if (!content.isOf(bytes)) {
                throw MediaRefusedException.unreachable(source.name() + " changed while it was read", true);
            }
            return Base64.getEncoder().encodeToString(bytes);
        }
    }

    @Override
    public void close() {
        sources.close();
        bucket.close();
    }
}

package io.camelray.assets;

import io.camelray.assets.DownloadResult.Complete;
import io.camelray.assets.DownloadResult.Expired;
import io.camelray.assets.DownloadResult.Forbidden;
import io.camelray.assets.DownloadResult.Transient;
import io.camelray.assets.DownloadResult.Unusable;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;

/** Something on the web, got hold of as any provider would, under the guards of a download. */
final class WebSource implements MediaSource {

    static final String REMEDY =
            "A provider could not fetch it either: name a public https address, or a local file or an"
                    + " s3:// object, which is hosted for the provider.";

    private final URI url;
    private final GuardedDownload download;
    private final AssetSettings settings;

    private WebSource(URI url, GuardedDownload download, AssetSettings settings) {
        this.url = url;
        this.download = download;
        this.settings = settings;
    }

    static WebSource of(String text, GuardedDownload download, AssetSettings settings, Clock clock)
            throws MediaRefusedException {
        URI url = UrlGuard.parse(text).orElseThrow(() -> MediaRefusedException.unusable("A reference is not a URL"));
        if (!url.isAbsolute()) {
            throw MediaRefusedException.unusable("The reference " + url.getRawPath() + " is not an absolute URL");
        }
        if (PresignedLife.of(url).isOver(clock.instant())) {
            throw MediaRefusedException.unreachable("The presigned URL " + RedactedUrl.of(url) + " has expired", false);
        }
        return new WebSource(url, download, settings);
    }

    PresignedLife life() {
        return PresignedLife.of(url);
    }

    @Override
    public String name() {
        return RedactedUrl.of(url);
    }

    @Override
    public Start start(int atMost) throws IOException, MediaRefusedException {
        FirstBytes first = new FirstBytes(atMost);
        DownloadResult result = download.look(url, first);
        if (first.isRangeRefused()) {
            return withoutRange(atMost);
        }
        requireComplete(result);
        if (first.total() > settings.maxBytes()) {
            throw MediaRefusedException.unusable(
                    name() + " has " + first.total() + " bytes; at most " + settings.maxBytes() + " are allowed");
        }
        return new Start(first.bytes(), first.total(), first.tag());
    }

    private Start withoutRange(int atMost) throws IOException, MediaRefusedException {
        try (ScratchFile scratch = ScratchFile.in(settings.scratch());
                InputStream in = Files.newInputStream(whole(scratch.path()))) {
            String tag = ContentDigests.withoutMd5(scratch.path()).sha256();
            return new Start(in.readNBytes(atMost), Files.size(scratch.path()), tag);
        }
    }

    @Override
    public Path whole(Path scratch) throws IOException, MediaRefusedException {
        requireComplete(download.fetch(url.toString(), scratch));
        return scratch;
    }

    private static void requireComplete(DownloadResult result) throws MediaRefusedException {
        if (result instanceof Expired expired) {
            throw MediaRefusedException.unreachable(expired.reason(), false);
        }
        if (result instanceof Transient later) {
            throw MediaRefusedException.unreachable(later.reason(), true);
        }
        if (result instanceof Forbidden forbidden) {
            throw MediaRefusedException.forbidden(forbidden.reason(), REMEDY);
        }
        if (result instanceof Unusable unusable) {
            throw MediaRefusedException.unusable(unusable.reason());
        }
        if (!(result instanceof Complete)) {
            throw new IllegalStateException("An unknown end of a download: " + result);
        }
    }
}

package io.camelray.assets;

import io.camelray.assets.DownloadResult.Transient;
import io.camelray.assets.DownloadResult.Unusable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.core5.http.ClassicHttpResponse;

/**
 * Downloads from servers that others name. It has an HTTP client of its own that never carries credentials or cookies,
 * asks for the bytes as they are, repeats and follows nothing by itself, and connects only to addresses that were checked;
 * redirects are followed here, hop by hop, under the same checks. A lost connection is resumed if the object is provably
 * the same. May be used by many threads, each with a file of its own.
 */
public final class GuardedDownload implements AutoCloseable {

    private final DownloadSettings settings;
    private final BodyReceiver receiver;
    private final GuardedClient client;

    public GuardedDownload(DownloadSettings settings) {
        this(
                settings,
                new VettingDnsResolver(
                        SystemDefaultDnsResolver.INSTANCE,
                        // A proxy finds the address itself, and only the proxy's own is looked up here.
                        address -> settings.allowPrivate()
                                ? AddressGuard.mayBePrivateStore(address)
                                : settings.egress().proxy().isPresent() || AddressGuard.isPublic(address)),
                System::nanoTime);
    }

    GuardedDownload(DownloadSettings settings, DnsResolver resolver, LongSupplier nanoTime) {
        this.settings = settings;
        this.receiver = new BodyReceiver(settings);
        this.client = new GuardedClient(settings, resolver, nanoTime);
    }

    /**
     * Downloads into {@code file}, going on after what an earlier download of the same object left there.
     *
     * @param url sent byte for byte as given
     * @throws IOException if the file cannot be opened or written
     */
    public DownloadResult fetch(String url, Path file) throws IOException {
        Optional<URI> parsed = UrlGuard.parse(url);
        if (parsed.isEmpty()) {
            return new Unusable("The provider named an address that is not a URL");
        }
        ThroughputGuard guard = client.guard();
        try (PartFile part = PartFile.open(file)) {
            for (int resumes = 0; ; resumes++) {
                long before = part.length();
                DownloadResult result = client.ask(parsed.get(), new IntoPart(receiver, part), guard);
                boolean progressed = part.canResume() && part.length() > before;
                if (!(result instanceof Transient) || !progressed || resumes >= settings.maxResumes()) {
                    part.checkpoint();
                    return result;
                }
            }
        }
    }

    /**
     * Looks at the first bytes only, under the same checks; the rest is not read, however long it is.
     *
     * @return a result other than {@link DownloadResult.Complete} if the URL does not answer with a file
     */
    DownloadResult look(URI url, FirstBytes into) throws IOException {
        return client.ask(url, into, client.guard());
    }

    /** Goes on with a partial file. */
    private record IntoPart(BodyReceiver receiver, PartFile part) implements GuardedClient.Exchange {

        @Override
        public void prepare(HttpGet request) {
            if (part.canResume()) {
                request.setHeader("Range", "bytes=" + part.length() + "-");
                request.setHeader("If-Range", part.tag());
            }
        }

        @Override
        public DownloadResult take(ClassicHttpResponse response, String from, ThroughputGuard guard)
                throws IOException {
            return receiver.receive(response, from, part, guard);
        }

        @Override
        public void rangeRefused() throws IOException {
            part.restart("");
        }

        @Override
        public long arrived() {
            return part.length();
        }
    }

    /** Breaks off what is under way; what has arrived can be resumed. */
    @Override
    public void close() {
        client.close();
    }
}

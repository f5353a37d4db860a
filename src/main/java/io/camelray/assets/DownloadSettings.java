package io.camelray.assets;

import java.time.Duration;
import java.util.Objects;

/**
 * The limits of a download.
 *
 * @param allowPrivate plain http and private addresses are allowed ({@code ray.download.allow-private}); for tests and
 *     stores inside one's own network
 * @param maxBytes no file may be larger
 * @param connectTimeout for each address that is tried
 * @param idleTimeout longest silence of the server
 * @param totalTimeout for one download, its redirects and resumed connections included
 * @param minBytesPerSecond slower than this over {@code throughputWindow} is given up for this time
 * @param throughputWindow over which the speed is measured
 * @param maxRedirects hops that are followed, each one checked
 * @param maxResumes lost connections that are made up for within one download
 * @param egress how the way out is; through a proxy, hosts are judged by their names
 */
public record DownloadSettings(
        boolean allowPrivate,
        long maxBytes,
        Duration connectTimeout,
        Duration idleTimeout,
        Duration totalTimeout,
        long minBytesPerSecond,
        Duration throughputWindow,
        int maxRedirects,
        int maxResumes,
        Egress egress) {

    private static final long TEN_GIGABYTES = 10L * 1024 * 1024 * 1024;

    public DownloadSettings {
        Objects.requireNonNull(connectTimeout, "connectTimeout");
        Objects.requireNonNull(idleTimeout, "idleTimeout");
        Objects.requireNonNull(totalTimeout, "totalTimeout");
        Objects.requireNonNull(throughputWindow, "throughputWindow");
        if (maxBytes <= 0) {
            throw new IllegalArgumentException("maxBytes must be positive, not " + maxBytes);
        }
    }

    /** Public https servers only, 10 GB, 30 minutes in all, 30 seconds of silence, 8 kB a second at least. */
    public static DownloadSettings defaults() {
        return new DownloadSettings(
                false,
                TEN_GIGABYTES,
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                Duration.ofMinutes(30),
                8 * 1024,
                Duration.ofSeconds(60),
                5,
                5,
                Egress.DIRECT);
    }

    public DownloadSettings withAllowPrivate(boolean value) {
        return new DownloadSettings(
                value,
                maxBytes,
                connectTimeout,
                idleTimeout,
                totalTimeout,
                minBytesPerSecond,
                throughputWindow,
                maxRedirects,
                maxResumes,
                egress);
    }

    public DownloadSettings withMaxBytes(long value) {
        return new DownloadSettings(
                allowPrivate,
                value,
                connectTimeout,
                idleTimeout,
                totalTimeout,
                minBytesPerSecond,
                throughputWindow,
                maxRedirects,
                maxResumes,
                egress);
    }

    public DownloadSettings withTimeouts(Duration connect, Duration idle, Duration total) {
        return new DownloadSettings(
                allowPrivate,
                maxBytes,
                connect,
                idle,
                total,
                minBytesPerSecond,
                throughputWindow,
                maxRedirects,
                maxResumes,
                egress);
    }

    public DownloadSettings withMinThroughput(long bytesPerSecond, Duration window) {
        return new DownloadSettings(
                allowPrivate,
                maxBytes,
                connectTimeout,
                idleTimeout,
                totalTimeout,
                bytesPerSecond,
                window,
                maxRedirects,
                maxResumes,
                egress);
    }

    public DownloadSettings withEgress(Egress value) {
        return new DownloadSettings(
                allowPrivate,
                maxBytes,
                connectTimeout,
                idleTimeout,
                totalTimeout,
                minBytesPerSecond,
                throughputWindow,
                maxRedirects,
                maxResumes,
                value);
    }
}

package io.camelray.sandbox;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** Where each provider's outputs can be had, and until when. */
final class OutputUrls {

    private final URI origin;
    private final UrlSigner luma;
    private final UrlSigner gmi;
    private final Duration retention;

    OutputUrls(URI origin, SandboxOptions options, byte[] secret) {
        this.origin = origin;
        this.luma = new UrlSigner(origin, options.urlLife(), secret, UrlSigner.Dialect.S3);
        this.gmi = new UrlSigner(origin, options.urlLife(), secret, UrlSigner.Dialect.GOOGLE);
        this.retention = options.replicate().retention();
    }

    /** A URL of a file; at Luma and GMI it differs from every one before. */
    URI url(Job job, OutputFile file, Instant now) {
        Provider provider = Provider.valueOf(job.provider().toUpperCase(Locale.ROOT));
        String path = new StoragePath(provider, job.id(), file).toString();
        return switch (provider) {
            case LUMA -> luma.sign(path, now);
            case GMI -> gmi.sign(path, now);
            case REPLICATE -> origin.resolve(path);
        };
    }

    /** What a URL of a signing provider is worth. @param query may be null */
    UrlSigner.Verdict judge(Provider provider, String path, String query, Instant now) {
        return switch (provider) {
            case LUMA -> luma.judge(path, query, now);
            case GMI -> gmi.judge(path, query, now);
            case REPLICATE -> new UrlSigner.Verdict.Good(path);
        };
    }

    /** Whether the file of a job is there at all: Replicate deletes it some time after the job's end. */
    boolean isKept(Job job, Instant now) {
        return job.isAt(Provider.REPLICATE)
                ? job.state(now) == JobState.COMPLETED && !job.isRemoved(retention, now)
                : true;
    }
}

package io.camelray.provider.replicate;

import io.camelray.model.ProviderJobId;
import io.camelray.model.ProviderName;
import io.camelray.model.RenderRequest;
import io.camelray.provider.CallbackScheme;
import io.camelray.provider.Dialect;
import io.camelray.provider.JobListing;
import io.camelray.provider.JobStatus;
import io.camelray.provider.MediaResolver;
import io.camelray.provider.Provider;
import io.camelray.provider.SubmitVerdict;
import io.camelray.provider.VerdictTable;
import io.camelray.provider.WireReply;
import io.camelray.provider.WireRequest;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/** Ray 3.2 at Replicate. */
public final class ReplicateProvider implements Provider {

    static final String MODEL = "luma/ray-3.2";
    static final String PREDICTIONS = "/predictions";

    private final Dialect dialect = new ReplicateDialect();
    private final ReplicateRequests requests;
    private final VerdictTable verdicts = new VerdictTable(dialect);
    private final ReplicateStatuses statuses = new ReplicateStatuses(dialect);
    private final JobListing listing = new ReplicateListing(dialect);
    private final CallbackScheme callbacks = new ReplicateCallbacks();

    /** @param webhook where Replicate is asked to call when a prediction has ended; empty for not at all */
    public ReplicateProvider(Optional<URI> webhook) {
        this.requests = new ReplicateRequests(webhook);
    }

    @Override
    public ProviderName name() {
        return ProviderName.REPLICATE;
    }

    @Override
    public String defaultBaseUrl() {
        return "https://api.replicate.com/v1";
    }

    @Override
    public String model(RenderRequest request) {
        return MODEL;
    }

    @Override
    public WireRequest submission(RenderRequest request, MediaResolver media) {
        return WireRequest.post("/models/" + MODEL + PREDICTIONS, requests.body(request, media));
    }

    @Override
    public SubmitVerdict verdict(Optional<RenderRequest> request, WireReply reply) {
        return verdicts.of(request, reply);
    }

    @Override
    public WireRequest statusQuery(ProviderJobId job) {
        return WireRequest.get(prediction(job));
    }

    @Override
    public String jobIdField() {
        return dialect.jobIdField();
    }

    @Override
    public JobStatus status(WireReply reply, Instant receivedAt) {
        return statuses.of(reply, receivedAt);
    }

    @Override
    public Optional<WireRequest> cancellation(ProviderJobId job) {
        return Optional.of(WireRequest.post(prediction(job) + "/cancel", ""));
    }

    @Override
    public Optional<CallbackScheme> callbacks() {
        return Optional.of(callbacks);
    }

    @Override
    public Optional<JobListing> listing() {
        return Optional.of(listing);
    }

    private static String prediction(ProviderJobId job) {
        return PREDICTIONS + "/" + WireRequest.encoded(job.value());
    }
}

package io.camelray.provider.gmi;

import io.camelray.model.ProviderJobId;
import io.camelray.model.ProviderName;
import io.camelray.model.RenderRequest;
import io.camelray.provider.Dialect;
import io.camelray.provider.JobListing;
import io.camelray.provider.JobStatus;
import io.camelray.provider.MediaResolver;
import io.camelray.provider.Provider;
import io.camelray.provider.SubmitVerdict;
import io.camelray.provider.VerdictTable;
import io.camelray.provider.WireReply;
import io.camelray.provider.WireRequest;
import java.time.Instant;
import java.util.Optional;

/** Ray 3.2 at GMI Cloud. */
public final class GmiProvider implements Provider {

    static final String REQUESTS = "/api/v1/ie/requestqueue/apikey/requests";

    private final Dialect dialect = new GmiDialect();
    private final GmiRequests requests = new GmiRequests();
    private final VerdictTable verdicts = new VerdictTable(dialect);
    private final GmiStatuses statuses = new GmiStatuses(dialect);
    private final JobListing listing = new GmiListing(dialect);

    @Override
    public ProviderName name() {
        return ProviderName.GMI;
    }

    @Override
    public String defaultBaseUrl() {
        return "https://console.gmicloud.ai";
    }

    @Override
    public String model(RenderRequest request) {
        return GmiModels.of(request.operation());
    }

    @Override
    public WireRequest submission(RenderRequest request, MediaResolver media) {
        return WireRequest.post(REQUESTS, requests.body(request, media));
    }

    @Override
    public SubmitVerdict verdict(Optional<RenderRequest> request, WireReply reply) {
        return verdicts.of(request, reply);
    }

    @Override
    public WireRequest statusQuery(ProviderJobId job) {
        return WireRequest.get(REQUESTS + "/" + WireRequest.encoded(job.value()));
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
    public Optional<JobListing> listing() {
        return Optional.of(listing);
    }
}

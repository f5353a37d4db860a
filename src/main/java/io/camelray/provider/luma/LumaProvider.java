package io.camelray.provider.luma;

import io.camelray.model.ProviderJobId;
import io.camelray.model.ProviderName;
import io.camelray.model.RenderRequest;
import io.camelray.provider.Dialect;
import io.camelray.provider.JobStatus;
import io.camelray.provider.MediaResolver;
import io.camelray.provider.Provider;
import io.camelray.provider.SubmitVerdict;
import io.camelray.provider.VerdictTable;
import io.camelray.provider.WireReply;
import io.camelray.provider.WireRequest;
import java.time.Instant;
import java.util.Optional;

/** The Luma Agents API, {@code ray-3.2}. */
public final class LumaProvider implements Provider {

    private final LumaRequests requests = new LumaRequests();
    private final Dialect dialect;
    private final VerdictTable verdicts;
    private final LumaStatuses statuses;

    /** @param trustUnavailable whether Luma's own 502 and 503 prove that nothing was accepted ({@code ray.trust-502}) */
    public LumaProvider(boolean trustUnavailable) {
        this.dialect = new LumaDialect(trustUnavailable);
        this.verdicts = new VerdictTable(dialect);
        this.statuses = new LumaStatuses(dialect);
    }

    @Override
    public ProviderName name() {
        return ProviderName.LUMA;
    }

    @Override
    public String defaultBaseUrl() {
        return "https://agents.lumalabs.ai/v1";
    }

    @Override
    public String model(RenderRequest request) {
        return LumaRequests.MODEL;
    }

    @Override
    public WireRequest submission(RenderRequest request, MediaResolver media) {
        return WireRequest.post("/generations", requests.body(request, media));
    }

    @Override
    public SubmitVerdict verdict(Optional<RenderRequest> request, WireReply reply) {
        return verdicts.of(request, reply);
    }

    @Override
    public WireRequest statusQuery(ProviderJobId job) {
        return WireRequest.get("/generations/" + WireRequest.encoded(job.value()));
    }

    @Override
    public String jobIdField() {
        return dialect.jobIdField();
    }

    @Override
    public JobStatus status(WireReply reply, Instant receivedAt) {
        return statuses.of(reply, receivedAt);
    }
}

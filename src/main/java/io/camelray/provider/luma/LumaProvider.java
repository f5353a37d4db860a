package io.camelray.provider.luma;

import io.camelray.model.ProviderJobId;
import io.camelray.model.ProviderName;
import io.camelray.model.RenderRequest;
import io.camelray.provider.JobStatus;
import io.camelray.provider.MediaResolver;
import io.camelray.provider.Provider;
import io.camelray.provider.SubmitVerdict;
import io.camelray.provider.WireReply;
import io.camelray.provider.WireRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** The Luma Agents API, {@code ray-3.2}. */
public final class LumaProvider implements Provider {

    private final LumaRequests requests = new LumaRequests();
    private final LumaVerdicts verdicts;
    private final LumaStatuses statuses = new LumaStatuses();

    /** @param trustUnavailable whether Luma's own 502 and 503 prove that nothing was accepted ({@code ray.trust-502}) */
    public LumaProvider(boolean trustUnavailable) {
        this.verdicts = new LumaVerdicts(trustUnavailable);
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
    public WireRequest submission(RenderRequest request, MediaResolver media) {
        return WireRequest.post("/generations", requests.body(request));
    }

    @Override
    public SubmitVerdict verdict(WireReply reply) {
        return verdicts.of(reply);
    }

    @Override
    public WireRequest statusQuery(ProviderJobId job) {
        return WireRequest.get("/generations/" + URLEncoder.encode(job.value(), StandardCharsets.UTF_8));
    }

    @Override
    public JobStatus status(WireReply reply, Instant receivedAt) {
        return statuses.of(reply, receivedAt);
    }
}

package io.camelray.ledger;

import io.camelray.model.Failure;
import io.camelray.model.OutputKind;
import io.camelray.model.ProviderJobId;
import io.camelray.model.RenderId;
import io.camelray.model.RenderRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the poller asks of the ledger. */
public interface PollingLedger {

    /** Renders that are rendering and this node's to poll, in order of id, after the given one. */
    List<RenderingRender> rendering(Optional<RenderId> after, int limit);

    /**
     * @param acceptedAt when the provider accepted it, by the ledger's clock
     * @param paidAttempts attempts that the provider accepted since it was planned or retried
     */
    record RenderingRender(
            RenderId id,
            String campaign,
            String account,
            ProviderJobId job,
            RenderRequest request,
            Instant acceptedAt,
            int paidAttempts) {}

    /**
     * The provider completed the job: the price is confirmed, the outputs wait for delivery, the children have one parent
     * less to wait for. A render that has nothing to deliver is delivered at once. Ignored unless the render is still
     * rendering this job, and this node's to poll.
     *
     * @param chainId what later steps refer to the result with; empty where the provider has no such thing
     * @return whether it was this call that changed the state
     */
    boolean recordRendered(RenderId render, ProviderJobId job, Optional<String> chainId, List<FoundOutput> outputs);

    /**
     * A file that the provider offers.
     *
     * @param url presigned; a secret: never logged, never shown
     * @param expiresAt when the URL dies
     */
    record FoundOutput(OutputKind kind, String url, Instant expiresAt) {}

    /**
     * The provider's job failed. With a {@code retryAfter} the render is planned again (its reserve released), else it
     * has failed for good. Ignored unless the render is still rendering this job, and this node's to poll. Counts towards the campaign's
     * {@code stopAfterFailures}, which holds its planned renders for {@code stop-loss}.
     *
     * @param charged whether the provider keeps the money
     * @return whether it was this call that changed the state
     */
    boolean recordJobFailed(
            RenderId render, ProviderJobId job, Failure failure, boolean charged, Optional<Duration> retryAfter);

    /** Renders that are rendering and that an operator wants cancelled, in order of id. */
    List<RenderingRender> cancelRequested(int limit);

    /**
     * The provider cancelled the job: the render is cancelled if that was requested, else it has failed. Ignored unless
     * the render is still rendering this job.
     *
     * @param failure what the provider said
     * @param charged whether the provider keeps the money
     * @return whether it was this call that changed the state
     */
    boolean recordJobCancelled(RenderId render, ProviderJobId job, Failure failure, boolean charged);

    /**
     * The account has not enough money to go on, and the job cost nothing: the account is paused, and the render is planned
     * again as if nothing happened. It is no failure of the campaign's. Ignored unless the render is still rendering this
     * job.
     *
     * @return whether it was this call that changed the state
     */
    boolean recordJobReturned(RenderId render, ProviderJobId job, String reason);

    /** The same as {@link SubmissionLedger#recordWarning} for the attempt whose job it is. */
    void recordWarning(RenderId render, ProviderJobId job, String warning);

    /** Fresh URLs for a render that still waits for delivery. */
    void recordFreshUrls(RenderId render, List<FoundOutput> outputs);

    /** How long renders like this one took from acceptance to completion, newest first. */
    List<Duration> pastRenderTimes(RenderRequest like, int limit);
}

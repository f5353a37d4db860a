package io.camelray.provider;

import io.camelray.model.ProviderJobId;
import io.camelray.model.ProviderName;
import io.camelray.model.RenderRequest;
import java.time.Instant;

/**
 * One provider's language. Implementations are pure and thread-safe: the same request always gives the same bytes, and
 * any reply at all, however broken, gives an answer rather than an exception.
 */
public interface Provider {

    ProviderName name();

    /** Where the provider is reached unless configured otherwise; no trailing slash. */
    String defaultBaseUrl();

    /**
     * The submission of a request, ready to be sent.
     *
     * @throws UnsupportedRequestException if this provider cannot do it; the rules refuse such requests long before
     */
    WireRequest submission(RenderRequest request);

    /** What the reply to a submission proves. */
    SubmitVerdict verdict(WireReply reply);

    /** The question for a job's status; asking is free and may be repeated. */
    WireRequest statusQuery(ProviderJobId job);

    /** What the reply to a status query says. @param receivedAt dates outputs whose URL does not say when it dies */
    JobStatus status(WireReply reply, Instant receivedAt);
}

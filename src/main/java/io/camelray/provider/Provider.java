package io.camelray.provider;

import io.camelray.model.ProviderJobId;
import io.camelray.model.ProviderName;
import io.camelray.model.RenderRequest;
import java.time.Instant;
import java.util.Optional;

/**
 * One provider's language. Implementations are pure and thread-safe: the same request always gives the same bytes, and
 * any reply at all, however broken, gives an answer rather than an exception.
 */
public interface Provider {

    ProviderName name();

    /** Where the provider is reached unless configured otherwise; no trailing slash. */
    String defaultBaseUrl();

    /** The exact model that a submission of this request asks for; replies name it as well (P04). */
    String model(RenderRequest request);

    /**
     * The submission of a request, ready to be sent.
     *
     * @param media answers for every {@link io.camelray.model.MediaRef} of the request
     * @throws UnsupportedRequestException if this provider cannot do it; the rules refuse such requests long before
     */
    WireRequest submission(RenderRequest request, MediaResolver media);

    /** What the reply to the submission of a request proves. */
    default SubmitVerdict verdict(RenderRequest request, WireReply reply) {
        return verdict(Optional.of(request), reply);
    }

    /** What the reply to a submission proves. @param request what was submitted; empty if nobody knows any more */
    SubmitVerdict verdict(Optional<RenderRequest> request, WireReply reply);

    /** The question for a job's status; asking is free and may be repeated. */
    WireRequest statusQuery(ProviderJobId job);

    /** What the reply to a status query says. @param receivedAt dates outputs whose URL does not say when it dies */
    JobStatus status(WireReply reply, Instant receivedAt);

    /** Where a reply about a job holds the id that one polls with. */
    String jobIdField();

    /** The same, unless the reply is about another job than the one that was asked for: then it says nothing. */
    default JobStatus status(ProviderJobId asked, WireReply reply, Instant receivedAt) {
        JobStatus status = status(reply, receivedAt);
        if (!(status instanceof JobStatus.Completed || status instanceof JobStatus.Failed)) {
            return status;
        }
        return ReplyJson.object(reply)
                .flatMap(body -> ReplyJson.id(body, jobIdField()))
                .filter(id -> !id.equals(asked.value()))
                .<JobStatus>map(id -> new JobStatus.Inconclusive(
                        "The answer is about job " + ErrorText.bounded(id) + ", not " + asked, Optional.empty()))
                .orElse(status);
    }

    /** The request that cancels a job, answered like a status query; empty where the provider cannot. */
    default Optional<WireRequest> cancellation(ProviderJobId job) {
        return Optional.empty();
    }

    /** How calls from the provider are checked; empty where it does not call back. */
    default Optional<CallbackScheme> callbacks() {
        return Optional.empty();
    }

    /** How to look for jobs whose submission ended unclear; empty where the provider cannot list. */
    default Optional<JobListing> listing() {
        return Optional.empty();
    }
}

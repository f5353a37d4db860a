package io.camelray.provider;

import io.camelray.model.RenderRequest;
import java.time.Instant;

/**
 * Lists what an account submitted lately, to find the job of a submission whose reply was lost. That a job is not
 * listed proves nothing.
 */
public interface JobListing {

    /** The question for the jobs that may be this request's, newest first. @param since no later than the submission */
    WireRequest query(RenderRequest request, Instant since);

    /** What the reply lists. */
    ListedJobs read(WireReply reply);
}

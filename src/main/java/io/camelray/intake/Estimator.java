package io.camelray.intake;

import io.camelray.model.ProviderName;
import io.camelray.model.RenderRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Tells how long renders will take. Whoever knows the accounts and what was learned of them implements it. */
public interface Estimator {

    Instant now();

    /** How long the account will need for all of these, with a margin. */
    Duration estimate(ProviderName provider, String account, List<Work> work);

    /**
     * Renders of one kind in one step.
     *
     * @param like one of them
     * @param after the steps that they start from
     */
    record Work(String step, RenderRequest like, long renders, Set<String> after) {

        Work plus(long more) {
            return new Work(step, like, renders + more, after);
        }
    }
}

package io.camelray.ledger;

import io.camelray.model.AttemptToken;
import io.camelray.model.ProviderJobId;
import io.camelray.model.RenderRequest;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** What finding the jobs of unknown submissions asks of the ledger (design §6). */
public interface ReconciliationLedger {

    /** Attempts of the account whose outcome nobody knows and whose renders still wait for it, oldest first. */
    List<UnknownAttempt> unknownAttempts(String account, int limit);

    /**
     * @param wireBody the bytes that were sent
     * @param wireHash SHA-256 of the body, hexadecimal
     * @param boundAt before the first byte, by the ledger's clock
     * @param over after this nothing of it can have been on the wire
     */
    record UnknownAttempt(
            AttemptToken token,
            RenderRequest request,
            byte[] wireBody,
            String wireHash,
            Instant boundAt,
            Instant over) {}

    /** Those of these jobs that no attempt of the account is known to have started. */
    Set<ProviderJobId> unclaimed(String account, Collection<ProviderJobId> jobs);

    /** Whether an attempt with this body waits for its reply: one of the jobs that a list shows may be its. */
    boolean isPosting(String account, String wireHash);
}

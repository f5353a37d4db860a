package io.camelray.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelray.model.Money;
import java.time.Instant;
import java.util.List;

/**
 * What really happened, whatever any client believes.
 *
 * @param generations every accepted one, in order
 * @param posts all {@code POST}s to a provider, refused ones too
 * @param polls all {@code GET}s to a provider
 * @param leakedAuthorization requests to storage that carried an API key or a cookie
 */
public record SandboxLedger(List<Generation> generations, long posts, long polls, long leakedAuthorization) {

    /**
     * One accepted generation.
     *
     * @param requestHash equal for equal requests of one account
     * @param state {@code queued}, {@code processing}, {@code completed} or {@code failed}
     * @param price what was reserved when it was accepted
     * @param charged what is kept of it by now; nothing for most failures
     * @param requestId the {@code X-Request-Id} of the request
     * @param body the request
     */
    public record Generation(
            String id,
            String account,
            String provider,
            String prompt,
            String requestHash,
            Instant acceptedAt,
            String state,
            Money price,
            Money charged,
            String requestId,
            JsonNode body) {

        public boolean isCharged() {
            return charged.compareTo(Money.ZERO) > 0;
        }
    }

    /** All the money kept by now. */
    public Money total() {
        return generations.stream().map(Generation::charged).reduce(Money.ZERO, Money::plus);
    }
}

package io.camelray.provider;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelray.model.ProviderJobId;
import java.time.Instant;
import java.util.Optional;

/**
 * A job as a list shows it.
 *
 * @param createdAt by the provider's clock
 * @param body what was submitted, as far as the list repeats it
 */
public record ListedJob(ProviderJobId job, Optional<Instant> createdAt, Optional<JsonNode> body) {

    /** Whether the provider repeats exactly this submission; the order of fields means nothing. */
    public boolean repeats(byte[] wireBody) {
        return body.isPresent() && body.equals(ReplyJson.object(wireBody));
    }
}

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

    /** Whether the provider repeats exactly this submission; the order of fields and 1 for 1.0 mean nothing. */
    public boolean repeats(byte[] wireBody) {
        Optional<JsonNode> sent = ReplyJson.object(wireBody);
        return body.isPresent() && sent.isPresent() && body.get().equals(ListedJob::compare, sent.get());
    }

    private static int compare(JsonNode left, JsonNode right) {
        if (left.isNumber() && right.isNumber()) {
            return Double.compare(left.doubleValue(), right.doubleValue());
        }
        return left.equals(right) ? 0 : 1;
    }
}

package io.camelray.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelray.model.ProviderJobId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A job as a list shows it.
 *
 * @param createdAt by the provider's clock
 * @param body what was submitted, as far as the list repeats it
 */
public record ListedJob(ProviderJobId job, Optional<Instant> createdAt, Optional<JsonNode> body) {

    /**
     * Whether the provider repeats exactly this submission; the order of fields and 1 for 1.0 mean nothing, nor does where
     * to call back, which no list repeats.
     */
    public boolean repeats(byte[] wireBody) {
        Optional<JsonNode> sent = ReplyJson.object(wireBody).map(ListedJob::withoutCallback);
        return body.isPresent() && sent.isPresent() && body.get().equals(ListedJob::compare, sent.get());
    }

    private static JsonNode withoutCallback(JsonNode sent) {
        return ((ObjectNode) sent).without(List.of("webhook", "webhook_events_filter"));
    }

    private static int compare(JsonNode left, JsonNode right) {
        if (left.isNumber() && right.isNumber()) {
            return Double.compare(left.doubleValue(), right.doubleValue());
        }
        return left.equals(right) ? 0 : 1;
    }
}

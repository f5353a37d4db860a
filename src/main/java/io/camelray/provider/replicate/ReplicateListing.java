package io.camelray.provider.replicate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.camelray.model.ProviderJobId;
import io.camelray.model.RenderRequest;
import io.camelray.provider.Dialect;
import io.camelray.provider.JobListing;
import io.camelray.provider.JobLists;
import io.camelray.provider.ListedJob;
import io.camelray.provider.ListedJobs;
import io.camelray.provider.ReplyJson;
import io.camelray.provider.WireReply;
import io.camelray.provider.WireRequest;
import io.camelray.provider.WireTime;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/** {@code GET /predictions?created_after} (ray-api §1.3.2): every model's predictions, newest first, 100 to a page. */
final class ReplicateListing implements JobListing {

    private final Dialect dialect;

    ReplicateListing(Dialect dialect) {
        this.dialect = dialect;
    }

    @Override
    public WireRequest query(RenderRequest request, Instant since) {
        return WireRequest.get(
                ReplicateProvider.PREDICTIONS + "?created_after=" + WireRequest.encoded(since.toString()));
    }

    @Override
    public ListedJobs read(WireReply reply) {
        return JobLists.read(dialect, reply, "results", ReplicateListing::job, ReplicateListing::next);
    }

    private static Optional<ListedJob> job(JsonNode entry) {
        if (!entry.path("model").asText("").equals(ReplicateProvider.MODEL)) {
            return Optional.empty();
        }
        return ReplyJson.id(entry, "id")
                .map(id -> new ListedJob(
                        new ProviderJobId(id), WireTime.of(entry.path("created_at")), body(entry.path("input"))));
    }

    private static Optional<JsonNode> body(JsonNode input) {
        return input.isObject()
                ? Optional.of(JsonNodeFactory.instance.objectNode().set("input", input))
                : Optional.empty();
    }

    /** Only the cursor is taken from the address: the key goes to no other host. */
    private static Optional<WireRequest> next(JsonNode body) {
        try {
            return Optional.ofNullable(body.path("next").asText(null))
                    .map(address -> URI.create(address).getRawQuery())
                    .map(query -> WireRequest.get(ReplicateProvider.PREDICTIONS + "?" + query));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}

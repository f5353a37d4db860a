package io.camelray.provider.gmi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import java.time.Instant;
import java.util.Optional;

/** {@code GET …/requests?model_id&page_size} (ray-api §1.2.2): one page, since no way to the next is documented. */
final class GmiListing implements JobListing {

    private static final int PAGE_SIZE = 100;

    private final Dialect dialect;

    GmiListing(Dialect dialect) {
        this.dialect = dialect;
    }

    @Override
    public WireRequest query(RenderRequest request, Instant since) {
        return WireRequest.get(
                GmiProvider.REQUESTS + "?model_id=" + GmiModels.of(request.operation()) + "&page_size=" + PAGE_SIZE);
    }

    @Override
    public ListedJobs read(WireReply reply) {
        return JobLists.read(dialect, reply, "requests", GmiListing::job, body -> Optional.empty());
    }

    private static Optional<ListedJob> job(JsonNode entry) {
        return ReplyJson.id(entry, "request_id")
                .map(id -> new ListedJob(new ProviderJobId(id), WireTime.of(entry.path("created_at")), body(entry)));
    }

    private static Optional<JsonNode> body(JsonNode entry) {
        if (!entry.path("model").isTextual() || !entry.path("payload").isObject()) {
            return Optional.empty();
        }
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.set("model", entry.get("model"));
        body.set("payload", entry.get("payload"));
        return Optional.of(body);
    }
}

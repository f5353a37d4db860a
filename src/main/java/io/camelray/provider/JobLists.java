package io.camelray.provider;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelray.provider.ListedJobs.Page;
import io.camelray.provider.ListedJobs.Unreadable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads lists of jobs, however broken. */
public final class JobLists {

    private JobLists() {}

    /**
     * @param field where the list stands in the body
     * @param job reads an entry; empty leaves it out
     * @param next finds the way to the next page in the body
     */
    public static ListedJobs read(
            Dialect dialect,
            WireReply reply,
            String field,
            Function<JsonNode, Optional<ListedJob>> job,
            Function<JsonNode, Optional<WireRequest>> next) {
        Optional<JsonNode> body = ReplyJson.object(reply)
                .filter(object -> reply.isSuccess() && object.path(field).isArray());
        if (body.isEmpty()) {
            return new Unreadable(
                    dialect.speaker() + " lists no jobs (HTTP " + reply.status() + "): " + dialect.message(reply),
                    dialect.retryAfter(reply));
        }
        List<ListedJob> jobs = new ArrayList<>();
        body.get().get(field).forEach(entry -> job.apply(entry).ifPresent(jobs::add));
        return new Page(jobs, next.apply(body.get()));
    }
}

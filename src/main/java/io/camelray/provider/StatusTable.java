package io.camelray.provider;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelray.provider.JobStatus.AccountFault;
import io.camelray.provider.JobStatus.Inconclusive;
import io.camelray.provider.JobStatus.Missing;
import java.util.Optional;
import java.util.function.Function;

/** What each answer to a status query says before anybody reads its body; the same for every provider. */
public final class StatusTable {

    private final Dialect dialect;
    private final String stateField;

    /** @param stateField where a job's state stands; without it, a reply says nothing about the job */
    public StatusTable(Dialect dialect, String stateField) {
        this.dialect = dialect;
        this.stateField = stateField;
    }

    /** @param job reads a job that has a state */
    public JobStatus of(WireReply reply, Function<JsonNode, JobStatus> job) {
        return switch (reply.status()) {
            case 200, 201, 202 -> read(reply, job);
            case 404 -> new Missing(dialect.message(reply));
            case 401, 403 ->
                new AccountFault(
                        dialect.speaker() + " refuses to be asked (" + reply.status() + "): " + dialect.message(reply));
            default ->
                new Inconclusive("HTTP " + reply.status() + ": " + dialect.message(reply), dialect.retryAfter(reply));
        };
    }

    private JobStatus read(WireReply reply, Function<JsonNode, JobStatus> job) {
        Optional<JsonNode> body = ReplyJson.object(reply);
        if (body.isEmpty()) {
            return new Inconclusive("The answer is not a JSON object", Optional.empty());
        }
        return body.filter(object -> object.path(stateField).isTextual())
                .map(job)
                .orElseGet(() -> new Inconclusive("The answer names no " + stateField, Optional.empty()));
    }
}

package io.camelray.provider;

import io.camelray.model.Failure;
import io.camelray.model.FailureClass;
import io.camelray.model.MediaRef;
import io.camelray.model.ProviderJobId;
import io.camelray.model.RenderRequest;
import io.camelray.provider.SubmitVerdict.Accepted;
import io.camelray.provider.SubmitVerdict.AccountFault;
import io.camelray.provider.SubmitVerdict.Ambiguous;
import io.camelray.provider.SubmitVerdict.NotAccepted;
import io.camelray.provider.SubmitVerdict.Rejected;
import io.camelray.provider.SubmitVerdict.Throttled;
import java.time.Duration;
import java.util.Optional;

/** What each answer to a submission proves: the table of design §6, the same for every provider. */
public final class VerdictTable {

    private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);
    /** Who refuses and asks for no wait at all would be asked without a break. */
    private static final Duration SHORTEST_WAIT = Duration.ofSeconds(1);

    private final Dialect dialect;

    public VerdictTable(Dialect dialect) {
        this.dialect = dialect;
    }

    public SubmitVerdict of(Optional<RenderRequest> request, WireReply reply) {
        int status = reply.status();
        if (reply.isSuccess()) {
            return accepted(reply);
        }
        if (status >= 300 && status < 400) {
            return new AccountFault("The address answers with a redirect (HTTP " + status + "); check the base URL");
        }
        return switch (status) {
            case 400, 413, 422 ->
                rejected(message(reply), "Correct what " + speaker() + " names, then drop the manifest again");
            case 401 -> new AccountFault(speaker() + " refuses the API key (401): " + message(reply));
            case 402 ->
                new AccountFault("The " + speaker() + " account has not enough balance (402): " + message(reply), true);
            case 403 -> new AccountFault("The " + speaker() + " account may not do this (403): " + message(reply));
            case 404 -> notFound(request, reply);
            case 405 -> noSuchAddress(reply);
            case 429 -> throttled(reply);
            case 502, 503 -> unavailable(reply);
            default -> new Ambiguous(speaker() + " answered with HTTP " + status + ": " + message(reply));
        };
    }

    private SubmitVerdict accepted(WireReply reply) {
        return ReplyJson.object(reply)
                .flatMap(body -> ReplyJson.id(body, dialect.jobIdField()))
                .<SubmitVerdict>map(id -> new Accepted(new ProviderJobId(id), dialect.requestsPerMinute(reply)))
                .orElseGet(
                        () -> new Ambiguous(speaker() + " answered with HTTP " + reply.status() + " but named no id"));
    }

    /** Only a request that names a generation can be at fault for what is not found. */
    private SubmitVerdict notFound(Optional<RenderRequest> request, WireReply reply) {
        boolean chained = request.filter(asked -> asked.media().anyMatch(MediaRef::isGeneration))
                .isPresent();
        return chained
                ? rejected(
                        speaker() + " does not know the clip that this starts from (404): " + message(reply),
                        "Start from a finished clip of the same " + speaker() + " account")
                : noSuchAddress(reply);
    }

    private SubmitVerdict noSuchAddress(WireReply reply) {
        return new AccountFault("No such address (" + reply.status() + "); check the base URL: " + message(reply));
    }

    private static SubmitVerdict rejected(String reason, String remedy) {
        return new Rejected(new Failure(FailureClass.REJECTED, reason, remedy));
    }

    private SubmitVerdict throttled(WireReply reply) {
        boolean concurrency = dialect.isConcurrency(reply);
        Duration asked = dialect.retryAfter(reply).orElseGet(() -> dialect.unnamedWait(concurrency));
        Duration wait = asked.compareTo(LONGEST_WAIT) > 0
                ? LONGEST_WAIT
                : asked.compareTo(SHORTEST_WAIT) < 0 ? SHORTEST_WAIT : asked;
        return new Throttled(wait, concurrency, dialect.requestsPerMinute(reply), message(reply));
    }

    private SubmitVerdict unavailable(WireReply reply) {
        String reason = speaker() + " is not available (HTTP " + reply.status() + "): " + message(reply);
        return dialect.provesUnavailable(reply) ? new NotAccepted(reason) : new Ambiguous(reason);
    }

    private String speaker() {
        return dialect.speaker();
    }

    private String message(WireReply reply) {
        return dialect.message(reply);
    }
}

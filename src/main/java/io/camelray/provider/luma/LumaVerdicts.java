package io.camelray.provider.luma;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelray.model.Failure;
import io.camelray.model.FailureClass;
import io.camelray.model.ProviderJobId;
import io.camelray.provider.ErrorText;
import io.camelray.provider.SubmitVerdict;
import io.camelray.provider.SubmitVerdict.Accepted;
import io.camelray.provider.SubmitVerdict.AccountFault;
import io.camelray.provider.SubmitVerdict.Ambiguous;
import io.camelray.provider.SubmitVerdict.NotAccepted;
import io.camelray.provider.SubmitVerdict.Rejected;
import io.camelray.provider.SubmitVerdict.Throttled;
import io.camelray.provider.WireReply;
import java.time.Duration;
import java.util.Optional;

/** What each answer to {@code POST /generations} proves: the table of design §6, read for Luma. */
final class LumaVerdicts {

    private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);
    private static final Duration CONCURRENCY_WAIT = Duration.ofSeconds(60);
    private static final Duration RATE_WAIT = Duration.ofSeconds(5);

    private final boolean trustUnavailable;

    LumaVerdicts(boolean trustUnavailable) {
        this.trustUnavailable = trustUnavailable;
    }

    SubmitVerdict of(WireReply reply) {
        int status = reply.status();
        if (reply.isSuccess()) {
            return accepted(reply);
        }
        if (status >= 300 && status < 400) {
            return new AccountFault("The address answers with a redirect (HTTP " + status + "); check the base URL");
        }
        return switch (status) {
            case 400, 413, 422 ->
                new Rejected(new Failure(
                        FailureClass.REJECTED,
                        message(reply),
                        "Correct what Luma names, then drop the manifest again"));
            case 401 -> new AccountFault("Luma refuses the API key (401): " + message(reply));
            case 402 -> new AccountFault("The Luma account has not enough balance (402): " + message(reply));
            case 403 -> new AccountFault("The Luma account may not do this (403): " + message(reply));
            case 404, 405 ->
                new AccountFault("No such address (" + status + "); check the base URL: " + message(reply));
            case 429 -> throttled(reply);
            case 502, 503 -> unavailable(reply);
            default -> new Ambiguous("Luma answered with HTTP " + status + ": " + message(reply));
        };
    }

    private static SubmitVerdict accepted(WireReply reply) {
        Optional<ProviderJobId> job = ErrorText.object(reply)
                .map(body -> body.get("id"))
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText)
                .filter(id -> !id.isBlank() && id.length() <= 200)
                .map(ProviderJobId::new);
        return job.<SubmitVerdict>map(id -> new Accepted(id, limit(reply)))
                .orElseGet(() -> new Ambiguous("Luma answered with HTTP " + reply.status() + " but named no id"));
    }

    private static SubmitVerdict throttled(WireReply reply) {
        boolean concurrency = reply.header("X-RateLimit-Limit").isEmpty()
                && message(reply).toLowerCase(java.util.Locale.ROOT).contains("concurrent");
        Duration fallback = concurrency ? CONCURRENCY_WAIT : RATE_WAIT;
        Duration asked = reply.number("Retry-After").map(Duration::ofSeconds).orElse(fallback);
        Duration clamped = asked.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : asked;
        return new Throttled(clamped, concurrency, limit(reply), message(reply));
    }

    private SubmitVerdict unavailable(WireReply reply) {
        boolean ownWords = ErrorText.object(reply)
                .map(body -> body.path("detail").isTextual())
                .orElse(false);
        boolean ownMarks = reply.header("X-API-Version").isPresent()
                || reply.header("X-Request-Id").isPresent();
        String reason = "Luma is not available (HTTP " + reply.status() + "): " + message(reply);
        return trustUnavailable && ownWords && ownMarks ? new NotAccepted(reason) : new Ambiguous(reason);
    }

    private static Optional<Integer> limit(WireReply reply) {
        return reply.number("X-RateLimit-Limit")
                .filter(limit -> limit >= 1 && limit <= 100_000)
                .map(Long::intValue);
    }

    private static String message(WireReply reply) {
        return ErrorText.of(reply, "detail");
    }
}

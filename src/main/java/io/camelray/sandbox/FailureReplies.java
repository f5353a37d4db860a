package io.camelray.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.net.URI;
import java.util.Arrays;
import java.util.Optional;

/** Puts the replies of a failure plan in place of the real ones, in the provider's own form. */
final class FailureReplies {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String GATEWAY_PAGE =
            "<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>";

    private final FailureInjector failures;
    private final ErrorStyle style;
    private final URI elsewhere;

    /** @param elsewhere where an injected redirect leads */
    FailureReplies(FailureInjector failures, ErrorStyle style, URI elsewhere) {
        this.failures = failures;
        this.style = style;
        this.elsewhere = elsewhere;
    }

    /** What answers a submission before anybody looks at it, if anything. */
    Optional<Answer> insteadOfSubmit(FailureInjector.Subject subject) {
        return failures.next(FailureStage.SUBMIT, subject, action -> !action.spoilsTheReply())
                .map(rule -> inPlace(rule.action()));
    }

    /** The reply to an accepted submission, or what a plan makes of it. */
    Answer accepted(FailureInjector.Subject subject, Answer real, Reply reply) {
        return failures.next(FailureStage.SUBMIT, subject, FailureAction::spoilsTheReply)
                .map(rule -> spoilt(rule, reply))
                .orElse(real);
    }

    /** The reply to a poll, or what a plan makes of it. */
    Answer polled(FailureInjector.Subject subject, Reply reply) {
        return failures.next(FailureStage.POLL, subject)
                .map(rule -> rule.action().spoilsTheReply() ? spoilt(rule, reply) : inPlace(rule.action()))
                .orElseGet(() -> new Answer.Send(reply));
    }

    /** For an action that replaces the reply. */
    Answer inPlace(FailureAction action) {
        if (action == FailureAction.RESET_BEFORE_ACCEPT || action == FailureAction.RESET) {
            return new Answer.HangUp();
        }
        Reply reply =
                switch (action) {
                    case MISSING_KEY -> error(401, "Missing or invalid API key");
                    case INVALID_KEY -> error(401, "Invalid API key");
                    case REVOKED_KEY -> error(401, "API key has been revoked");
                    case EXPIRED_KEY -> error(401, "API key has expired");
                    case NO_CREDITS -> error(402, "Insufficient credits");
                    case SUSPENDED -> error(403, "API client is suspended");
                    case DEACTIVATED -> error(403, "API client is deactivated");
                    case NOT_FOUND -> error(404, "Generation not found");
                    case TOO_LARGE -> error(413, "Image exceeds 50 MB size limit");
                    case BAD_MEDIA -> error(422, "video.start_frame: failed to fetch URL (HTTP 404)");
                    case BAD_SHAPE -> style.error(422, shapeProblem());
                    case RATE_LIMITED -> rateLimited(1);
                    case TOO_MANY_JOBS -> rateLimited(60);
                    case BARE_429 -> error(429, "Rate limit exceeded");
                    case ERROR_500 -> error(500, "Internal server error");
                    case BAD_GATEWAY_JSON -> error(502, "Upstream service unavailable");
                    case BAD_GATEWAY_HTML -> Reply.text(502, "text/html", GATEWAY_PAGE);
                    case UNAVAILABLE -> error(503, "Image URL ingestion unavailable");
                    case GATEWAY_TIMEOUT -> Reply.text(504, "text/plain", "upstream request timeout");
                    case EMPTY_ERROR -> Reply.text(500, "application/json", "");
                    case DETAIL_MISSING ->
                        Reply.json(
                                400,
                                JSON.objectNode().put(style == ErrorStyle.GMI ? "reason" : "error", "bad request"));
                    case DETAIL_OBJECT ->
                        style.error(
                                400,
                                JSON.objectNode().put("code", "bad_request").put("message", "bad request"));
                    case DETAIL_NUMBER -> style.error(400, JSON.numberNode(17));
                    case REDIRECT -> Reply.text(307, "text/plain", "").with("Location", elsewhere);
                    default -> throw new IllegalArgumentException(action + " does not replace a reply");
                };
        return new Answer.Send(reply);
    }

    private Reply error(int status, String message) {
        return style.error(status, message);
    }

    /** Only Luma says in a header when to come back; Replicate says it in the text, GMI not at all. */
    private Reply rateLimited(int seconds) {
        return switch (style) {
            case LUMA ->
                error(429, seconds == 60 ? "Too many concurrent jobs" : "Rate limit exceeded")
                        .with("Retry-After", seconds);
            case GMI -> error(429, "Rate limit exceeded");
            case REPLICATE -> throttled(seconds);
        };
    }

    static Reply throttled(long seconds) {
        return ErrorStyle.REPLICATE.error(429, "Request was throttled. Your rate limit resets in ~" + seconds + "s.");
    }

    /** For an action that spoils the reply to a request which was carried out. */
    Answer spoilt(FailureRule rule, Reply real) {
        if (rule.action().isHostile()) {
            return new Answer.Hostile(rule.action(), real, rule.delay());
        }
        return switch (rule.action()) {
            case DELAY_REPLY -> new Answer.SendLate(real, rule.delay());
            case SLOW_BODY -> new Answer.SendSlowly(real, rule.delay());
            case EMPTY_BODY -> new Answer.Send(real.withBody(new byte[0]));
            case TRUNCATED_JSON -> new Answer.Send(real.withBody(Arrays.copyOf(real.body(), real.body().length / 2)));
            case WRONG_CONTENT_TYPE -> new Answer.Send(real.with("Content-Type", "text/html"));
            case ERROR_500_AFTER_ACCEPT -> inPlace(FailureAction.ERROR_500);
            case GATEWAY_TIMEOUT_AFTER_ACCEPT -> inPlace(FailureAction.GATEWAY_TIMEOUT);
            case RESET_AFTER_ACCEPT -> new Answer.HangUp();
            default -> throw new IllegalArgumentException(rule.action() + " does not spoil a reply");
        };
    }

    private static ArrayNode shapeProblem() {
        ArrayNode list = JSON.arrayNode();
        list.addObject()
                .put("msg", "needs at least one item")
                .put("type", "too_short")
                .putArray("loc")
                .add("body")
                .add("video")
                .add("keyframes");
        return list;
    }
}

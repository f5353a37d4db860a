package io.camelray.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.net.URI;
import java.util.Arrays;

/** The replies that a failure plan puts in place of the real ones. */
final class FailureReplies {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String GATEWAY_PAGE =
            "<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>";

    private FailureReplies() {}

    /** For an action that replaces the reply. @param elsewhere where a redirect leads */
    static Answer inPlace(FailureAction action, URI elsewhere) {
        if (action == FailureAction.RESET_BEFORE_ACCEPT || action == FailureAction.RESET) {
            return new Answer.HangUp();
        }
        Reply reply =
                switch (action) {
                    case MISSING_KEY -> Reply.detail(401, "Missing or invalid API key");
                    case INVALID_KEY -> Reply.detail(401, "Invalid API key");
                    case REVOKED_KEY -> Reply.detail(401, "API key has been revoked");
                    case EXPIRED_KEY -> Reply.detail(401, "API key has expired");
                    case NO_CREDITS -> Reply.detail(402, "Insufficient credits");
                    case SUSPENDED -> Reply.detail(403, "API client is suspended");
                    case DEACTIVATED -> Reply.detail(403, "API client is deactivated");
                    case NOT_FOUND -> Reply.detail(404, "Generation not found");
                    case TOO_LARGE -> Reply.detail(413, "Image exceeds 50 MB size limit");
                    case BAD_MEDIA -> Reply.detail(422, "video.start_frame: failed to fetch URL (HTTP 404)");
                    case BAD_SHAPE -> Reply.detail(422, shapeProblem());
                    case RATE_LIMITED ->
                        Reply.detail(429, "Rate limit exceeded").with("Retry-After", 1);
                    case TOO_MANY_JOBS ->
                        Reply.detail(429, "Too many concurrent jobs").with("Retry-After", 60);
                    case BARE_429 -> Reply.detail(429, "Rate limit exceeded");
                    case ERROR_500 -> Reply.detail(500, "Internal server error");
                    case BAD_GATEWAY_JSON -> Reply.detail(502, "Upstream service unavailable");
                    case BAD_GATEWAY_HTML -> Reply.text(502, "text/html", GATEWAY_PAGE);
                    case UNAVAILABLE -> Reply.detail(503, "Image URL ingestion unavailable");
                    case GATEWAY_TIMEOUT -> Reply.text(504, "text/plain", "upstream request timeout");
                    case EMPTY_ERROR -> Reply.text(500, "application/json", "");
                    case DETAIL_MISSING -> Reply.json(400, JSON.objectNode().put("error", "bad request"));
                    case DETAIL_OBJECT ->
                        Reply.detail(
                                400,
                                JSON.objectNode().put("code", "bad_request").put("message", "bad request"));
                    case DETAIL_NUMBER -> Reply.detail(400, JSON.numberNode(17));
                    case REDIRECT -> Reply.text(307, "text/plain", "").with("Location", elsewhere);
                    default -> throw new IllegalArgumentException(action + " does not replace a reply");
                };
        return new Answer.Send(reply);
    }

    /** For an action that spoils the reply to a request which was carried out. */
    static Answer spoilt(FailureRule rule, Reply real) {
        return switch (rule.action()) {
            case DELAY_REPLY -> new Answer.SendLate(real, rule.delay());
            case EMPTY_BODY -> new Answer.Send(real.withBody(new byte[0]));
            case TRUNCATED_JSON -> new Answer.Send(real.withBody(Arrays.copyOf(real.body(), real.body().length / 2)));
            case WRONG_CONTENT_TYPE -> new Answer.Send(real.with("Content-Type", "text/html"));
            case ERROR_500_AFTER_ACCEPT -> inPlace(FailureAction.ERROR_500, URI.create("/"));
            case GATEWAY_TIMEOUT_AFTER_ACCEPT -> inPlace(FailureAction.GATEWAY_TIMEOUT, URI.create("/"));
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

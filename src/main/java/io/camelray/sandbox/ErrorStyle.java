package io.camelray.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** How each provider puts an error into JSON. */
enum ErrorStyle {
    /** {@code {"detail": "…"}}. */
    LUMA("application/json"),
    /** {@code {"error": "…"}}. */
    GMI("application/json"),
    /** Problem details. */
    REPLICATE("application/problem+json");

    private static final Map<Integer, String> TITLES = Map.of(
            400, "Bad Request",
            401, "Unauthenticated",
            402, "Insufficient credit",
            403, "Forbidden",
            404, "Not Found",
            413, "Content Too Large",
            422, "Input validation failed",
            429, "Too Many Requests",
            503, "Service Unavailable");

    private final String contentType;

    ErrorStyle(String contentType) {
        this.contentType = contentType;
    }

    static ErrorStyle of(Provider provider) {
        return valueOf(provider.name());
    }

    Reply error(int status, String message) {
        return error(status, JsonNodeFactory.instance.textNode(message));
    }

    Reply error(int status, JsonNode message) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        switch (this) {
            case LUMA -> body.set("detail", message);
            case GMI -> body.set("error", message);
            case REPLICATE -> {
                body.put("type", "about:blank");
                body.put("title", TITLES.getOrDefault(status, "Error"));
                body.put("status", status);
                body.set("detail", message);
                body.put("instance", "/sandbox");
            }
        }
        return Reply.text(status, contentType, body.toString());
    }
}

package io.camelray.provider;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes a readable sentence of whatever an error body holds: text, a list of texts or of field errors, an object, HTML
 * or nothing (ray-api §1.1.9, P01).
 */
public final class ErrorText {

    private static final int LONGEST = 500;
    private static final ObjectMapper JSON = new ObjectMapper();

    private ErrorText() {}

    /** The body as JSON, if it is a JSON object. */
    public static Optional<JsonNode> object(WireReply reply) {
        if (reply.truncated()) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(JSON.readTree(reply.body())).filter(JsonNode::isObject);
        } catch (java.io.IOException e) {
            return Optional.empty();
        }
    }

    /** The body's {@code field} as one line of at most 500 characters, else the start of the body. */
    public static String of(WireReply reply, String field) {
        String text = object(reply)
                .map(body -> body.get(field))
                .filter(detail -> !detail.isNull())
                .map(ErrorText::flatten)
                .filter(detail -> !detail.isBlank())
                .orElseGet(() -> opaque(reply));
        return bounded(text);
    }

    private static String opaque(WireReply reply) {
        String text = reply.text().replaceAll("<[^>]*>", " ");
        return text.isBlank()
                ? "HTTP " + reply.status() + " without a message"
                : "HTTP " + reply.status() + ": " + text;
    }

    private static String flatten(JsonNode detail) {
        if (detail.isTextual()) {
            return detail.asText();
        }
        if (detail.isArray()) {
            List<String> parts = new ArrayList<>();
            detail.forEach(entry -> parts.add(fieldError(entry)));
            return String.join("; ", parts);
        }
        return fieldError(detail);
    }

    private static String fieldError(JsonNode entry) {
        if (entry.isTextual()) {
            return entry.asText();
        }
        if (entry.path("msg").isTextual()) {
            List<String> path = new ArrayList<>();
            entry.path("loc").forEach(step -> path.add(step.asText()));
            return (path.isEmpty() ? "" : String.join("/", path) + ": ")
                    + entry.get("msg").asText();
        }
        try {
            return JSON.writeValueAsString(entry);
        } catch (JsonProcessingException e) {
            return entry.toString();
        }
    }

    /** One line without control characters, at most 500 characters. */
    public static String bounded(String text) {
        String line = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST - 1) + "…";
    }
}

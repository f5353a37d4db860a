package io.camelray.provider;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Makes a readable sentence of whatever an error body holds: text, a list of texts or of field errors, an object, HTML
 * or nothing (ray-api §1.1.9, P01).
 */
public final class ErrorText {

    private static final int LONGEST = 500;
    private static final int MOST_PARTS = 50;
    /** As much of a body as is looked at when it is no JSON. */
    private static final int LONGEST_OPAQUE = 4_000;

    private ErrorText() {}

    /** The first of the body's {@code fields} that says something, as one line, else the start of the body. */
    public static String of(WireReply reply, String... fields) {
        return ReplyJson.object(reply).flatMap(body -> in(body, fields)).orElseGet(() -> bounded(opaque(reply)));
    }

    /** The first of an object's {@code fields} that says something, as one line of at most 500 characters. */
    public static Optional<String> in(JsonNode object, String... fields) {
        return Stream.of(fields)
                .map(object::path)
                .filter(detail -> detail.isTextual() || detail.isContainerNode())
                .map(ErrorText::flatten)
                .map(ErrorText::bounded)
                .filter(detail -> !detail.isBlank())
                .findFirst();
    }

    private static String opaque(WireReply reply) {
        byte[] body = reply.body();
        String text = new String(body, 0, Math.min(body.length, LONGEST_OPAQUE), StandardCharsets.UTF_8)
                .replaceAll("<[^<>]*>", " ");
        return text.isBlank()
                ? "HTTP " + reply.status() + " without a message"
                : "HTTP " + reply.status() + ": " + text;
    }

    private static String flatten(JsonNode detail) {
        if (detail.isArray()) {
            List<String> parts = new ArrayList<>();
            for (int i = 0; i < Math.min(detail.size(), MOST_PARTS); i++) {
                parts.add(fieldError(detail.get(i)));
            }
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
        if (entry.path("message").isTextual()) {
            return entry.get("message").asText();
        }
        return entry.toString();
    }

    /** One line without control characters, at most 500 characters. */
    public static String bounded(String text) {
        String line = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST - 1) + "…";
    }
}

package io.camelray.provider;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Optional;

/** Reads a provider's JSON without trusting it: what is too deep, too long or not JSON is simply not readable. */
public final class ReplyJson {

    static final int DEEPEST = 64;
    /** Millions of tiny values would take a hundred times their length as objects. A long list has some ten thousand. */
    static final int MOST_TOKENS = 200_000;
    /** Some replies echo the request, and a request may carry a small clip. */
    static final int LONGEST_TEXT = 16 * 1024 * 1024;

    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxTokenCount(MOST_TOKENS)
                    .maxStringLength(LONGEST_TEXT)
                    .maxNumberLength(100)
                    .maxNameLength(1_000)
                    .build())
            .build());

    private ReplyJson() {}

    /** The body, if all of it is here and it is a JSON object. */
    public static Optional<JsonNode> object(WireReply reply) {
        return reply.truncated() ? Optional.empty() : object(reply.body());
    }

    static Optional<JsonNode> object(byte[] body) {
        try {
            return Optional.ofNullable(JSON.readTree(body)).filter(JsonNode::isObject);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** A field that holds an id: text that is not blank, at most 200 characters. */
    public static Optional<String> id(JsonNode object, String field) {
        return Optional.ofNullable(object.get(field))
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText)
                .filter(id -> !id.isBlank() && id.length() <= 200);
    }
}

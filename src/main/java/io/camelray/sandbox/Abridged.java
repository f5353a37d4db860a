package io.camelray.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;

/** Requests for the record: inline media, which may be tens of megabytes, give way to their length. */
final class Abridged {

    private static final int MAX_KEPT_TEXT = 16 * 1024;

    private Abridged() {}

    static JsonNode of(JsonNode node) {
        if (node.isTextual() && node.textValue().length() > MAX_KEPT_TEXT) {
            return TextNode.valueOf("(" + node.textValue().length() + " characters)");
        }
        if (node instanceof ObjectNode object) {
            ObjectNode copy = object.objectNode();
            object.properties().forEach(field -> copy.set(field.getKey(), of(field.getValue())));
            return copy;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode copy = array.arrayNode();
            array.forEach(item -> copy.add(of(item)));
            return copy;
        }
        return node;
    }
}

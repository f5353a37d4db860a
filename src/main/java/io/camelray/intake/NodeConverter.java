package io.camelray.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelray.model.Place;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Turns composed nodes into a JSON tree. Bounded: aliases may repeat what they stand for, but not without end. */
final class NodeConverter {

    private static final int MAX_NODES = 200_000;
    private static final int MAX_NAME = 200;
    private static final int MAX_DIGITS = 30;
    private static final Set<Tag> KNOWN = Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL, Tag.SEQ, Tag.MAP);
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private int nodes;

    JsonNode convert(Node root) throws UnreadableManifestException {
        return convert(root, 0);
    }

    private JsonNode convert(Node node, int depth) throws UnreadableManifestException {
        if (++nodes > MAX_NODES) {
            throw refuse(
                    node,
                    "The manifest holds more than " + MAX_NODES + " values, with what its aliases repeat.",
                    "Split the campaign, or write values out instead of using aliases.");
        }
        if (depth > BoundedParser.DEEPEST) {
            throw refuse(node, "An alias here contains itself.", "Remove the alias.");
        }
        checkTag(node);
        if (node instanceof MappingNode mapping) {
            return object(mapping, depth);
        }
        if (node instanceof SequenceNode sequence) {
            ArrayNode array = JSON.arrayNode();
            for (Node item : sequence.getValue()) {
                array.add(convert(item, depth + 1));
            }
            return array;
        }
        return scalar((ScalarNode) node);
    }

    private static void checkTag(Node node) throws UnreadableManifestException {
        if (!KNOWN.contains(node.getTag())) {
            throw refuse(
                    node,
                    "The tag " + Kinds.shorten(node.getTag().toString()) + " is not allowed in a manifest.",
                    "Remove the tag.");
        }
    }

    private JsonNode object(MappingNode mapping, int depth) throws UnreadableManifestException {
        ObjectNode object = JSON.objectNode();
        Map<String, Node> names = new HashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key)
                    || key.getValue().length() > MAX_NAME) {
                throw refuse(
                        tuple.getKeyNode(),
                        "A field's name is not text, or longer than " + MAX_NAME + " characters.",
                        "Give the field a name; put a value that begins with {{ in quotes.");
            }
            checkTag(key);
            String name = text(key);
            Node first = names.put(name, key);
            if (first != null) {
                throw refuse(
                        key,
                        "The field '" + name + "' is there twice; the first is at " + Places.at(first, "") + ".",
                        "Remove one of them.");
            }
            object.set(name, convert(tuple.getValueNode(), depth + 1));
        }
        return object;
    }

    private static JsonNode scalar(ScalarNode node) throws UnreadableManifestException {
        String text = text(node);
        Tag tag = node.getTag();
        if (tag.equals(Tag.NULL)) {
            return JSON.nullNode();
        }
        if (tag.equals(Tag.BOOL)) {
            return JSON.booleanNode(Boolean.parseBoolean(text));
        }
        return tag.equals(Tag.INT) || tag.equals(Tag.FLOAT) ? number(text) : JSON.textNode(text);
    }

    /** A number as it is written; what is no decimal number of ordinary size, or begins with zeros, stays text. */
    private static JsonNode number(String text) {
        try {
            BigDecimal number =
                    text.length() > MAX_DIGITS || text.matches("[+-]?0[0-9]+") ? null : new BigDecimal(text);
            if (number == null || Math.abs((long) number.scale()) > MAX_DIGITS) {
                return JSON.textNode(text);
            }
            return text.matches("[+-]?[0-9]{1,18}")
                    ? JSON.numberNode(number.longValueExact())
                    : DecimalNode.valueOf(number);
        } catch (NumberFormatException e) {
            return JSON.textNode(text);
        }
    }

    /** Text that every store and every provider can hold. */
    private static String text(ScalarNode node) throws UnreadableManifestException {
        String text = node.getValue();
        int stray = stray(text);
        if (stray >= 0) {
            throw refuse(
                    node,
                    String.format("The text holds U+%04X, which is no character.", (int) text.charAt(stray)),
                    "Remove that character.");
        }
        return text;
    }

    /** Where the text holds what not every store and provider can hold, or -1. */
    static int stray(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean pair = Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            if (c == 0 || Character.isSurrogate(c) && !pair) {
                return i;
            }
            if (pair) {
                i++;
            }
        }
        return -1;
    }

    private static UnreadableManifestException refuse(Node node, String message, String remedy) {
        Place place = Places.at(node, "");
        return new UnreadableManifestException(place, message, remedy);
    }
}

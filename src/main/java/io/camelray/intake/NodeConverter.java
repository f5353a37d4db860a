package io.camelray.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelray.model.Place;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Turns composed nodes into a JSON tree and notes their places. */
final class NodeConverter {

    /** How many nodes aliases may repeat: a few anchors stay cheap, a bomb does not go off. */
    private static final int MAX_REPEATED = 50_000;

    private static final int MAX_DIGITS = 30;
    private static final Set<Tag> KNOWN = Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL, Tag.SEQ, Tag.MAP);
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Places places;
    private final Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private int repeated;

    NodeConverter(Places places) {
        this.places = places;
    }

    JsonNode convert(Node root) throws UnreadableManifestException {
        return convert(root, "", 0);
    }

    private JsonNode convert(Node node, String pointer, int depth) throws UnreadableManifestException {
        Place place = place(node, pointer);
        if (!seen.add(node) && ++repeated > MAX_REPEATED) {
            throw new UnreadableManifestException(
                    place, "The manifest's aliases repeat too much.", "Write the values out instead of using aliases.");
        }
        if (depth > BoundedParser.DEEPEST) {
            throw new UnreadableManifestException(
                    new Place("", place.line(), place.column()), "An alias here contains itself.", "Remove the alias.");
        }
        if (!KNOWN.contains(node.getTag())) {
            throw new UnreadableManifestException(
                    place, "The tag " + node.getTag() + " is not allowed in a manifest.", "Remove the tag.");
        }
        places.value(pointer, place.line(), place.column());
        if (node instanceof MappingNode mapping) {
            return object(mapping, pointer, depth);
        }
        if (node instanceof SequenceNode sequence) {
            ArrayNode array = JSON.arrayNode();
            for (Node item : sequence.getValue()) {
                array.add(convert(item, Places.child(pointer, array.size()), depth + 1));
            }
            return array;
        }
        return scalar((ScalarNode) node, place);
    }

    private JsonNode object(MappingNode mapping, String pointer, int depth) throws UnreadableManifestException {
        ObjectNode object = JSON.objectNode();
        for (NodeTuple tuple : mapping.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                throw new UnreadableManifestException(
                        place(tuple.getKeyNode(), pointer), "A field's name is not text.", "Name the field.");
            }
            String name = text(key, place(key, pointer));
            String child = Places.child(pointer, name);
            Place at = place(key, child);
            if (object.has(name)) {
                throw new UnreadableManifestException(
                        at,
                        "The field '" + name + "' is there twice; the first is at "
                                + places.ofName(child).toString().replaceFirst(" \\(.*", "") + ".",
                        "Remove one of them.");
            }
            places.name(child, at.line(), at.column());
            object.set(name, convert(tuple.getValueNode(), child, depth + 1));
        }
        return object;
    }

    private JsonNode scalar(ScalarNode node, Place place) throws UnreadableManifestException {
        String text = text(node, place);
        Tag tag = node.getTag();
        if (tag.equals(Tag.NULL)) {
            return JSON.nullNode();
        }
        if (tag.equals(Tag.BOOL)) {
            return JSON.booleanNode(Boolean.parseBoolean(text));
        }
        if (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)) {
            return number(text);
        }
        return JSON.textNode(text);
    }

    /** A number as it is written; what is no decimal number of ordinary size, or begins with zeros, stays text. */
    private static JsonNode number(String text) {
        try {
            if (text.matches("[+-]?0[0-9]+")) {
                return JSON.textNode(text);
            }
            BigDecimal number = text.length() > MAX_DIGITS ? null : new BigDecimal(text);
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
    private static String text(ScalarNode node, Place place) throws UnreadableManifestException {
        String text = node.getValue();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean pair = Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            if (c == 0 || Character.isSurrogate(c) && !pair) {
                throw new UnreadableManifestException(
                        place,
                        String.format("The text holds U+%04X, which is no character.", (int) c),
                        "Remove that character.");
            }
            if (pair) {
                i++;
            }
        }
        return text;
    }

    private static Place place(Node node, String pointer) {
        Mark mark = node.getStartMark().orElseThrow();
        return new Place(pointer, mark.getLine() + 1, mark.getColumn() + 1);
    }
}

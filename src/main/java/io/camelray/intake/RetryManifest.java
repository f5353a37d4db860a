package io.camelray.intake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * Writes a manifest that asks for some cells of a revision again: the text of that revision's manifest, as its author
 * wrote it, with {@code retryOf} and {@code only} before it.
 */
public final class RetryManifest {

    static final String RETRY_OF = "retryOf";
    static final String ONLY = "only";
    static final String STEP = "step";
    static final String CELL = "cell";
    static final String WHY = "why";

    private static final Set<String> OURS = Set.of(RETRY_OF, ONLY);
    private static final ObjectMapper JSON = new ObjectMapper();

    private RetryManifest() {}

    /**
     * A render to ask for again.
     *
     * @param cell its axis values as canonical JSON
     * @param why for people: what went wrong and what to do
     */
    public record Entry(String step, String cell, List<String> why) {}

    /** @param text the manifest of the revision; if that was a retry itself, what it asked for is replaced */
    public static String write(String text, String campaign, int revision, List<Entry> entries) {
        try {
            JsonNode root = parse(text);
            ObjectNode wanted = JSON.createObjectNode();
            wanted.put(RETRY_OF, campaign + "/r" + revision);
            ArrayNode only = wanted.putArray(ONLY);
            entries.forEach(entry -> only.add(node(entry)));
            root.properties().stream()
                    .filter(field -> !OURS.contains(field.getKey()))
                    .forEach(field -> wanted.set(field.getKey(), field.getValue()));
            String written = into(without(text), wanted.path(RETRY_OF), only);
            return reads(written, wanted)
                    ? written
                    : JSON.writerWithDefaultPrettyPrinter().writeValueAsString(wanted);
        } catch (UnreadableManifestException | JsonProcessingException e) {
            throw new IllegalStateException("The manifest of " + campaign + " r" + revision + " was read before", e);
        }
    }

    private static ObjectNode node(Entry entry) {
        try {
            ObjectNode node = JSON.createObjectNode().put(STEP, entry.step());
            node.set(CELL, JSON.readTree(entry.cell()));
            String why = entry.why().stream()
                    .map(line -> line.replaceAll("[\\s\\p{Cntrl}\\p{Cs}\uFFFE\uFFFF]+", " ")
                            .strip()
                            .replaceFirst("\\.$", ""))
                    .collect(Collectors.joining(". ", "", "."));
            return node.put(WHY, why);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("A cell is canonical JSON, not " + entry.cell(), e);
        }
    }

    private static JsonNode parse(String text) throws UnreadableManifestException {
        return ManifestReader.read(new ManifestSource("", text.getBytes(StandardCharsets.UTF_8)))
                .root();
    }

    private static boolean reads(String written, JsonNode wanted) {
        try {
            return parse(written).equals(wanted);
        } catch (UnreadableManifestException e) {
            return false;
        }
    }

    private static MappingNode mapping(String text) throws UnreadableManifestException {
        return (MappingNode) ManifestReader.node(text);
    }

    /** The text without the fields of an earlier retry, and without what people wrote between them. */
    private static String without(String text) throws UnreadableManifestException {
        String left = text;
        for (String field : OURS) {
            List<NodeTuple> fields = mapping(left).getValue();
            for (int at = 0; at < fields.size() - 1; at++) {
                if (fields.get(at).getKeyNode() instanceof ScalarNode name
                        && name.getValue().equals(field)) {
                    left = left.substring(0, start(left, fields.get(at)))
                            + left.substring(start(left, fields.get(at + 1)));
                    break;
                }
            }
        }
        return left;
    }

    private static int start(String text, NodeTuple field) {
        return text.offsetByCodePoints(
                0, field.getKeyNode().getStartMark().orElseThrow().getIndex());
    }

    /** The fields before all others, in the style of the text. */
    private static String into(String text, JsonNode retryOf, ArrayNode only) throws UnreadableManifestException {
        MappingNode root = mapping(text);
        NodeTuple first = root.getValue().get(0);
        int start = start(text, first);
        StringBuilder fields = new StringBuilder();
        if (root.getFlowStyle() == FlowStyle.FLOW) {
            fields.append('"').append(RETRY_OF).append("\": ").append(retryOf).append(",\n  \"");
            fields.append(ONLY).append("\": ").append(only).append(",\n  ");
        } else {
            String indent = "\n"
                    + " ".repeat(first.getKeyNode().getStartMark().orElseThrow().getColumn());
            fields.append(RETRY_OF).append(": ").append(retryOf.textValue());
            fields.append("   # only what is named here goes again, with what starts from it")
                    .append(indent);
            fields.append(ONLY).append(':');
            for (JsonNode entry : only) {
                fields.append(indent).append("  - ").append(STEP).append(": ").append(entry.path(STEP));
                fields.append(indent).append("    ").append(CELL).append(": ").append(spaced(entry.path(CELL)));
                fields.append(indent).append("    ").append(WHY).append(": ").append(entry.path(WHY));
            }
            fields.append(indent);
        }
        return text.substring(0, start) + fields + text.substring(start);
    }

    private static String spaced(JsonNode cell) {
        return cell.properties().stream()
                .map(axis -> JSON.getNodeFactory().textNode(axis.getKey()) + ": " + axis.getValue())
                .collect(Collectors.joining(", ", "{", "}"));
    }
}

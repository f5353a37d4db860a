package io.camelray.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * The firing that a manifest comes from, as the manifest's own field {@code firing} says it. So each firing has a digest,
 * and with it a revision, of its own, and what is kept of it can be planned again as it was.
 *
 * @param schedule the schedule's name
 * @param at when it fired, in its time zone
 */
record Firing(String schedule, ZonedDateTime at) {

    static final String FIELD = "firing";
    static final String SCHEDULE = "schedule";

    private static final String AT = "at";
    private static final Pattern VARIABLE = Pattern.compile("\\{\\{\\s*schedule\\.(name|date|time)\\s*}}");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH-mm-ss");

    static Firing of(Schedule schedule, Instant at) {
        return new Firing(schedule.name(), at.atZone(schedule.times().zone()));
    }

    /** The firing of a schedule whose times cannot be told, to see what else is wrong with it. */
    static Firing trial(String schedule, Instant now) {
        return new Firing(schedule, now.atZone(ZoneOffset.UTC));
    }

    /** What a manifest says of its firing; empty if it says nothing that can be read. */
    static Optional<Firing> of(JsonNode root) {
        JsonNode firing = root.path(FIELD);
        if (!firing.path(SCHEDULE).isTextual() || !firing.path(AT).isTextual()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Firing(
                    firing.path(SCHEDULE).textValue(),
                    ZonedDateTime.parse(firing.path(AT).textValue())));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** The manifest with this firing written after all else, in the style of its text: its lines stay where they are. */
    ManifestSource into(ManifestSource template) throws UnreadableManifestException {
        String text = ManifestText.decode(template.bytes());
        Node root = ManifestReader.node(text);
        if (!(root instanceof MappingNode fields) || fields.getValue().isEmpty()) {
            return template;
        }
        String field = "\"" + FIELD + "\": {\"" + SCHEDULE + "\": " + TextNode.valueOf(schedule) + ", \"" + AT + "\": "
                + TextNode.valueOf(at.toString()) + "}";
        String fired = fields.getFlowStyle() == FlowStyle.FLOW
                ? inside(text, index(text, root.getEndMark()) - 1, field)
                : below(text, " ".repeat(column(fields)) + field);
        return new ManifestSource(template.name(), fired.getBytes(StandardCharsets.UTF_8), template.folder());
    }

    private static String inside(String text, int brace, String field) {
        return text.substring(0, brace) + ", " + field + text.substring(brace);
    }

    private static String below(String text, String line) {
        return text + (text.endsWith("\n") ? "" : "\n") + line + "\n";
    }

    private static int index(String text, Optional<Mark> mark) {
        return text.offsetByCodePoints(0, mark.orElseThrow().getIndex());
    }

    private static int column(MappingNode fields) {
        return fields.getValue()
                .get(0)
                .getKeyNode()
                .getStartMark()
                .orElseThrow()
                .getColumn();
    }

    /** The same tree with {@code {{schedule.date}}} and the like filled in everywhere. */
    JsonNode fill(JsonNode node) {
        if (node.isTextual()) {
            return TextNode.valueOf(fill(node.textValue()));
        }
        if (node.isObject()) {
            ObjectNode filled = JsonNodeFactory.instance.objectNode();
            node.properties().forEach(field -> filled.set(field.getKey(), fill(field.getValue())));
            return filled;
        }
        if (node.isArray()) {
            ArrayNode filled = JsonNodeFactory.instance.arrayNode();
            node.forEach(item -> filled.add(fill(item)));
            return filled;
        }
        return node;
    }

    private String fill(String text) {
        Map<String, String> values = Map.of(
                "name", schedule,
                "date", at.toLocalDate().toString(),
                "time", TIME.format(at));
        return VARIABLE.matcher(text).replaceAll(found -> Matcher.quoteReplacement(values.get(found.group(1))));
    }
}

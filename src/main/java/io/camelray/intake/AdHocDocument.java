package io.camelray.intake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelray.model.Place;
import io.camelray.model.Violation;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Writes an ad-hoc request as the manifest that it stands for, so that it is read and checked like any other. */
final class AdHocDocument {

    private static final String STEP = "/steps/0";
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final ObjectMapper MAPPER =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private AdHocDocument() {}

    /** @throws UnreadableManifestException if a text holds what no text may hold, or all of it is too large or deep */
    static ManifestDocument of(AdHocRequest request) throws UnreadableManifestException {
        ObjectNode root = JSON.objectNode();
        root.put("campaign", request.campaign());
        request.provider().ifPresent(provider -> root.put("provider", provider));
        request.account().ifPresent(account -> root.put("account", account));
        root.put("budget", request.budget().toDollars());
        String operation = request.operation().label();
        ObjectNode step = root.putArray("steps").addObject();
        step.put("id", operation).put("operation", operation);
        for (RenderField field : RenderField.values()) {
            Object value = request.fields().get(field.label());
            if (value != null) {
                step.set(field.label(), node(field, value));
            }
        }
        root.putObject("deliver").put("key", AdHocRequest.name(request.key()) + "/{{step}}.{{ext}}");
        byte[] bytes = root.toPrettyString().getBytes(StandardCharsets.UTF_8);
        return ManifestReader.read(new ManifestSource(request.campaign(), bytes))
                .ofRequest();
    }

    /** All texts in the fields that the operator wrote. */
    static Set<String> trusted(AdHocRequest request) {
        Set<String> texts = new HashSet<>();
        for (RenderField field : RenderField.values()) {
            Object value = request.fields().get(field.label());
            if (value != null && request.trusted().contains(field.label())) {
                collect(node(field, value), texts);
            }
        }
        return texts;
    }

    private static void collect(JsonNode node, Set<String> texts) {
        if (node.isTextual()) {
            texts.add(node.textValue());
        }
        node.forEach(member -> collect(member, texts));
    }

    private static JsonNode node(RenderField field, Object value) {
        if (value instanceof String text) {
            return switch (field.kind()) {
                case FLAG -> FieldTexts.isFlag(text) ? JSON.booleanNode(text.equals("true")) : JSON.textNode(text);
                case LIST, GROUP -> parsed(text);
                case TEXT, CHOICE, REFERENCE -> JSON.textNode(text);
            };
        }
        return node(value, 0);
    }

    /** What is no JSON stays text, which the schema refuses in words. */
    private static JsonNode parsed(String text) {
        try {
            JsonNode parsed = MAPPER.readTree(text);
            return parsed.isMissingNode() ? JSON.textNode(text) : parsed;
        } catch (JsonProcessingException e) {
            return JSON.textNode(text);
        }
    }

    private static JsonNode node(Object value, int depth) {
        if (value instanceof Map<?, ?> map && depth < BoundedParser.DEEPEST) {
            ObjectNode object = JSON.objectNode();
            map.forEach((name, member) -> object.set(String.valueOf(name), node(member, depth + 1)));
            return object;
        }
        if (value instanceof Collection<?> items && depth < BoundedParser.DEEPEST) {
            ArrayNode array = JSON.arrayNode();
            items.forEach(item -> array.add(node(item, depth + 1)));
            return array;
        }
        if (value instanceof Boolean || value instanceof Number) {
            return parsed(value.toString());
        }
        return value == null ? JSON.nullNode() : JSON.textNode(value.toString());
    }

    /** The same violation, with the name of the field in place of the pointer into the manifest. */
    static Violation ofField(Violation violation) {
        String pointer = violation.place().pointer();
        String field = pointer.startsWith(STEP + '/') ? pointer.substring(STEP.length()) : pointer;
        return new Violation(
                violation.rule(),
                violation.severity(),
                new Place(field.equals(STEP) || field.isEmpty() ? "" : field.substring(1), 0, 0),
                violation.message(),
                violation.remedy(),
                "");
    }
}

package io.camelray.intake;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One axis of the matrix: its own values, and those that only an include brings. */
final class Axis {

    private final String name;
    private final List<Value> values = new ArrayList<>();
    private final Map<String, Integer> byText = new HashMap<>();
    private int own;

    /**
     * @param text what it is called: the scalar's text, or the object's id
     * @param node as written
     * @param pointer where it is written
     */
    record Value(String text, JsonNode node, String pointer) {}

    Axis(String name) {
        this.name = name;
    }

    /** What a value is compared by: a scalar's text, an object's id. */
    static String text(JsonNode node) {
        return node.isObject() ? node.path("id").asText() : node.asText();
    }

    String name() {
        return name;
    }

    /** Adds one of the axis's own values. @return false if a value of that text is there already */
    boolean add(JsonNode node, String pointer) {
        if (byText.containsKey(text(node))) {
            return false;
        }
        append(node, pointer);
        own = values.size();
        return true;
    }

    /** The index of a value, adding it if need be; it takes no part in the product. */
    int borrow(JsonNode node, String pointer) {
        Integer index = byText.get(text(node));
        return index == null ? append(node, pointer) : index;
    }

    private int append(JsonNode node, String pointer) {
        values.add(new Value(text(node), node, pointer));
        byText.put(text(node), values.size() - 1);
        return values.size() - 1;
    }

    /** The index of the value with this text, or -1. */
    int indexOf(String text) {
        return byText.getOrDefault(text, -1);
    }

    boolean hasObjects() {
        return values.stream().anyMatch(value -> value.node().isObject());
    }

    Value value(int index) {
        return values.get(index);
    }

    List<Value> values() {
        return List.copyOf(values);
    }

    List<String> texts() {
        return values.stream().map(Value::text).toList();
    }

    /** How many values take part in the product. */
    int size() {
        return own;
    }
}

package io.camelray.intake;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelray.model.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** One axis of the matrix: its own values, and those that only an include brings; or the rows of a data file. */
final class Axis {

    /** How many values are listed where nobody reads more. */
    private static final int LISTED = 1000;

    private final String name;
    private final Optional<DataTable> data;
    private final String pointer;
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
        this.data = Optional.empty();
        this.pointer = "";
    }

    /** An axis of a data file's rows. @param pointer where it is named */
    Axis(String name, DataTable data, String pointer) {
        this.name = name;
        this.data = Optional.of(data);
        this.own = data.size();
        this.pointer = pointer;
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
        return data.isPresent() ? data.get().indexOf(text) : byText.getOrDefault(text, -1);
    }

    boolean hasObjects() {
        return data.isPresent()
                || values.stream().anyMatch(value -> value.node().isObject());
    }

    Value value(int index) {
        return data.isPresent() ? new Value(data.get().id(index), data.get().cells(index), pointer) : values.get(index);
    }

    /** The first values, as many as anybody reads. */
    Stream<Value> values() {
        return IntStream.range(0, data.isPresent() ? Math.min(own, LISTED) : values.size())
                .mapToObj(this::value);
    }

    /** Where a column of a value stands, if that is not in the manifest. @param at the pointer of what asks for it */
    Optional<Place> place(int index, String column, String at) {
        return data.map(table -> table.place(index, column, at));
    }

    /** How many values take part in the product. */
    int size() {
        return own;
    }
}

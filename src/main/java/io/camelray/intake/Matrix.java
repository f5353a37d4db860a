package io.camelray.intake;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelray.model.Place;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The axes of the fan-out with what is excluded and included. */
final class Matrix {

    private final List<Axis> axes;
    private final CellPatterns excludes;
    private final List<Include> includes;
    private final CellPatterns overriding = new CellPatterns();

    /**
     * @param pattern the values of the axes that it names
     * @param overrides the render fields that it sets
     */
    record Include(int[] pattern, Map<RenderField, FieldValue> overrides, String pointer) {}

    Matrix(List<Axis> axes, CellPatterns excludes, List<Include> includes) {
        this.axes = List.copyOf(axes);
        this.excludes = excludes;
        this.includes = List.copyOf(includes);
        this.includes.forEach(include -> overriding.add(include.pattern()));
    }

    static Matrix empty() {
        return new Matrix(List.of(), new CellPatterns(), List.of());
    }

    /** The same without the cells that have this value. */
    Matrix without(int axis, int value) {
        int[] pattern = new int[axes.size()];
        Arrays.fill(pattern, CellPatterns.ANY);
        pattern[axis] = value;
        return new Matrix(axes, excludes.and(pattern), includes);
    }

    List<Axis> axes() {
        return axes;
    }

    CellPatterns excludes() {
        return excludes;
    }

    List<Include> includes() {
        return includes;
    }

    OptionalInt axis(String name) {
        for (int i = 0; i < axes.size(); i++) {
            if (axes.get(i).name().equals(name)) {
                return OptionalInt.of(i);
            }
        }
        return OptionalInt.empty();
    }

    /** What the axis of this name holds in this cell. */
    Optional<Axis.Value> value(String axis, Cell cell) {
        OptionalInt index = axis(axis);
        return index.isEmpty() || !isSet(cell, index.getAsInt())
                ? Optional.empty()
                : Optional.of(axes.get(index.getAsInt()).value(cell.at()[index.getAsInt()]));
    }

    /** Where a column of what this cell holds stands, if that is in a data file. @param at the pointer of what asks for it */
    Optional<Place> place(String axis, Cell cell, String column, String at) {
        OptionalInt index = axis(axis);
        return index.isEmpty() || !isSet(cell, index.getAsInt())
                ? Optional.empty()
                : axes.get(index.getAsInt()).place(cell.at()[index.getAsInt()], column, at);
    }

    /** What the includes that match this cell say of a field; the last one that speaks is heard. */
    Optional<FieldValue> override(RenderField field, Cell cell) {
        if (includes.isEmpty()) {
            return Optional.empty();
        }
        Optional<FieldValue> found = Optional.empty();
        for (int number : overriding.matching(cell.at())) {
            FieldValue value = includes.get(number).overrides().get(field);
            found = value == null ? found : Optional.of(value);
        }
        return found;
    }

    /** The values joined by {@code _}, safe for file names; empty without axes. */
    String label(Cell cell) {
        StringJoiner label = new StringJoiner("_");
        for (int i = 0; i < axes.size(); i++) {
            if (isSet(cell, i)) {
                label.add(SafeName.of(axes.get(i).value(cell.at()[i]).text()));
            }
        }
        return label.toString();
    }

    /** The values as canonical JSON, axes in manifest order. */
    String canonical(Cell cell) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < axes.size(); i++) {
            if (isSet(cell, i)) {
                object.put(axes.get(i).name(), axes.get(i).value(cell.at()[i]).text());
            }
        }
        return object.toString();
    }

    /** The values' texts by axis. */
    Map<String, String> texts(Cell cell) {
        return IntStream.range(0, axes.size())
                .filter(i -> isSet(cell, i))
                .boxed()
                .collect(Collectors.toMap(
                        i -> axes.get(i).name(),
                        i -> axes.get(i).value(cell.at()[i]).text()));
    }

    private static boolean isSet(Cell cell, int axis) {
        return cell.at()[axis] != CellPatterns.ANY;
    }

    List<String> axisNames() {
        return axes.stream().map(Axis::name).toList();
    }
}

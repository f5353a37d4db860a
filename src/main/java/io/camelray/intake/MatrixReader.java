package io.camelray.intake;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelray.model.Labelled;
import io.camelray.rules.Stage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the matrix of a manifest. What has the wrong shape has been told by the schema and makes it unusable here. */
final class MatrixReader {

    private static final String RULE = "matrix";
    private static final String POINTER = "/matrix";
    private static final Pattern AXIS_NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,62}");
    private static final Set<String> STRUCTURE = Set.of("include", "exclude");

    private final JsonNode matrix;
    private final Places places;
    private final DataFiles data;
    private final Violations violations;
    private final List<Axis> axes = new ArrayList<>();
    private boolean usable = true;

    /** @param data reads the files that axes come from */
    MatrixReader(ManifestDocument document, DataFiles data, Violations violations) {
        this.data = data;
        this.matrix = document.root().path("matrix");
        this.places = document.places();
        this.violations = violations;
    }

    /** The matrix, or empty if its axes cannot be expanded. */
    Optional<Matrix> read() {
        if (matrix.isMissingNode()) {
            return Optional.of(Matrix.empty());
        }
        if (!matrix.isObject()) {
            return Optional.empty();
        }
        for (Map.Entry<String, JsonNode> entry : matrix.properties()) {
            if (!STRUCTURE.contains(entry.getKey())) {
                readAxis(entry.getKey(), entry.getValue());
            }
        }
        if (!usable) {
            return Optional.empty();
        }
        CellPatterns excludes = new CellPatterns();
        readEntries("exclude", (entry, pointer) -> readExclude(entry, pointer).ifPresent(excludes::add));
        List<Matrix.Include> includes = new ArrayList<>();
        readEntries("include", (entry, pointer) -> readInclude(entry, pointer).ifPresent(includes::add));
        return usable ? Optional.of(new Matrix(axes, excludes, includes)) : Optional.empty();
    }

    private void readAxis(String name, JsonNode values) {
        String pointer = Places.child(POINTER, name);
        if (Names.RESERVED.contains(name)) {
            violations.error(
                    Stage.ENVELOPE,
                    RULE,
                    places.ofName(pointer),
                    "An axis cannot be called '" + name + "'; templates use that name for something else.",
                    "Choose another name for the axis.");
        }
        if (!AXIS_NAME.matcher(name).matches()) {
            violations.error(
                    Stage.ENVELOPE,
                    RULE,
                    places.ofName(pointer),
                    "'" + Kinds.shorten(name) + "' is not the name of an axis.",
                    "Begin with a letter; use letters, digits, hyphens and underscores, at most 63.");
        }
        Optional<RenderField> sets = Labelled.find(RenderField.class, name);
        if (sets.isPresent() && !sets.get().isPlain()) {
            violations.error(
                    Stage.ENVELOPE,
                    RULE,
                    places.ofName(pointer),
                    "An axis cannot set '" + name + "', which is not one plain value.",
                    "Use an axis of your own, and its values as {{axis}} within " + name + ".");
        }
        if (values.isObject() && sets.isEmpty()) {
            readData(name, values.path(DataFiles.FROM), Places.child(pointer, DataFiles.FROM));
            return;
        }
        Axis axis = new Axis(name);
        for (int i = 0; values.isArray() && i < values.size(); i++) {
            JsonNode value = values.get(i);
            String at = Places.child(pointer, i);
            if (value.isNull()
                    || value.isArray()
                    || value.isObject() && !value.path("id").isValueNode()) {
                usable = false;
            } else if (!axis.add(value, at)) {
                violations.error(
                        Stage.ENVELOPE,
                        RULE,
                        places.of(at),
                        "Axis '" + name + "' lists '" + Kinds.shorten(Axis.text(value)) + "' twice.",
                        "Remove one of them; for several takes of the same, add an axis such as take: [1, 2].");
            }
        }
        usable &= values.isArray() && axis.size() > 0;
        axes.add(axis);
    }

    private void readData(String name, JsonNode from, String pointer) {
        Optional<DataTable> table =
                from.isTextual() ? data.read(from.textValue(), places.of(pointer)) : Optional.empty();
        usable &= table.isPresent();
        axes.add(table.map(rows -> new Axis(name, rows, pointer)).orElseGet(() -> new Axis(name)));
    }

    private interface Entry {
        void read(JsonNode entry, String pointer);
    }

    private void readEntries(String name, Entry reader) {
        JsonNode list = matrix.path(name);
        String pointer = Places.child(POINTER, name);
        for (int i = 0; list.isArray() && i < list.size(); i++) {
            if (list.get(i).isObject()) {
                reader.read(list.get(i), Places.child(pointer, i));
            }
        }
    }

    private Optional<int[]> readExclude(JsonNode entry, String pointer) {
        int[] pattern = anyCell();
        boolean good = true;
        for (Map.Entry<String, JsonNode> field : entry.properties()) {
            String at = Places.child(pointer, field.getKey());
            int axis = axisIndex(field.getKey());
            if (!field.getValue().isValueNode() || field.getValue().isNull()) {
                good = false;
            } else if (axis < 0) {
                violations.error(
                        Stage.REFERENCES,
                        RULE,
                        places.ofName(at),
                        "There is no axis '" + Kinds.shorten(field.getKey()) + "' to exclude from.",
                        Suggestions.didYouMean(field.getKey(), axisNames(), knownAxes()));
                good = false;
            } else {
                pattern[axis] = axes.get(axis).indexOf(Axis.text(field.getValue()));
                good &= pattern[axis] >= 0 || unknownValue(axes.get(axis), field.getValue(), at);
            }
        }
        return good ? Optional.of(pattern) : Optional.empty();
    }

    private Optional<Matrix.Include> readInclude(JsonNode entry, String pointer) {
        int[] pattern = anyCell();
        Map<RenderField, FieldValue> overrides = new EnumMap<>(RenderField.class);
        boolean good = true;
        for (Map.Entry<String, JsonNode> field : entry.properties()) {
            String at = Places.child(pointer, field.getKey());
            int axis = axisIndex(field.getKey());
            Optional<RenderField> render = Labelled.find(RenderField.class, field.getKey());
            if (axis >= 0) {
                pattern[axis] = includedValue(axes.get(axis), field.getValue(), at);
                good &= pattern[axis] >= 0;
            } else if (render.isPresent()) {
                overrides.put(render.get(), new FieldValue(field.getValue(), at));
            } else {
                unknownInclude(field.getKey(), at);
                good = false;
            }
        }
        if (good
                && !axes.isEmpty()
                && !entry.isEmpty()
                && Arrays.stream(pattern).allMatch(value -> value == CellPatterns.ANY)) {
            violations.error(
                    Stage.REFERENCES,
                    RULE,
                    places.of(pointer),
                    "This include names no axis, so it does not say which variants it means.",
                    "Name the axes, or move the fields to defaults.");
            good = false;
        }
        return good ? Optional.of(new Matrix.Include(pattern, overrides, pointer)) : Optional.empty();
    }

    /** A value that the axis has, or a new one of an axis of plain values. */
    private int includedValue(Axis axis, JsonNode value, String pointer) {
        int index = axis.indexOf(Axis.text(value));
        if (index < 0 && value.isValueNode() && !value.isNull() && !axis.hasObjects()) {
            return axis.borrow(value, pointer);
        }
        if (index < 0) {
            unknownValue(axis, value, pointer);
        }
        return index;
    }

    private void unknownInclude(String name, String pointer) {
        List<String> known = new ArrayList<>(axisNames());
        known.addAll(RenderField.labels());
        violations.error(
                Stage.REFERENCES,
                "unknown-field",
                places.ofName(pointer),
                "'" + Kinds.shorten(name) + "' is neither an axis nor a render field.",
                Suggestions.didYouMean(name, known, "Known here: " + String.join(", ", known) + "."));
    }

    private boolean unknownValue(Axis axis, JsonNode value, String pointer) {
        String text = Axis.text(value);
        violations.error(
                Stage.REFERENCES,
                RULE,
                places.of(pointer),
                "Axis '" + axis.name() + "' has no '" + Kinds.shorten(text) + "'.",
                Suggestions.didYouMean(
                        text, axis.values().map(Axis.Value::text).toList(), "Name one of the axis's values."));
        return false;
    }

    private int[] anyCell() {
        int[] pattern = new int[axes.size()];
        Arrays.fill(pattern, CellPatterns.ANY);
        return pattern;
    }

    private int axisIndex(String name) {
        return axisNames().indexOf(name);
    }

    private List<String> axisNames() {
        return axes.stream().map(Axis::name).toList();
    }

    private String knownAxes() {
        return axes.isEmpty() ? "The matrix has no axes." : "Axes are: " + String.join(", ", axisNames()) + ".";
    }
}

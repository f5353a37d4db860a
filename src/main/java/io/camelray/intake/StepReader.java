package io.camelray.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.camelray.model.Labelled;
import io.camelray.model.Operation;
import io.camelray.rules.Stage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the steps of a manifest, each by itself. What has the wrong shape has been told by the schema. */
final class StepReader {

    private static final String RULE = "steps";
    private static final String POINTER = "/steps";

    private final JsonNode root;
    private final Places places;
    private final Matrix matrix;
    private final Violations violations;
    private final Set<String> ids = new HashSet<>();

    StepReader(ManifestDocument document, Matrix matrix, Violations violations) {
        this.root = document.root();
        this.places = document.places();
        this.matrix = matrix;
        this.violations = violations;
    }

    /** The steps in order; the one that the top level makes, if none are written. */
    List<Step> read() {
        Map<RenderField, FieldValue> top = FieldValue.fields("", root);
        JsonNode list = root.path("steps");
        if (!list.isArray() || list.isEmpty()) {
            if (!list.isMissingNode()) { // whatever they were to ask for is not missing
                top.putIfAbsent(RenderField.PROMPT, new FieldValue(NullNode.getInstance(), POINTER));
            }
            return List.of(new Step(
                    0,
                    Step.DEFAULT_ID,
                    "",
                    Operation.GENERATE,
                    true,
                    Coverage.all(matrix),
                    top,
                    true,
                    List.of(),
                    false));
        }
        top.forEach((field, value) -> violations.error(
                Stage.CROSS_FIELD,
                RULE,
                places.ofName(value.pointer()),
                "'" + field.label() + "' stands beside steps, so it belongs to none of them.",
                "Move it into a step, or into defaults if it is meant for every step."));
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            steps.add(step(i, list.get(i), Places.child(POINTER, i)));
        }
        return steps;
    }

    private Step step(int number, JsonNode step, String pointer) {
        Optional<Operation> operation =
                Labelled.find(Operation.class, step.path("operation").asText());
        return new Step(
                number,
                id(step.path("id"), number, Places.child(pointer, "id")),
                pointer,
                operation.orElse(Operation.GENERATE),
                operation.isPresent(),
                each(step.path("each"), Places.child(pointer, "each")),
                FieldValue.fields(pointer, step),
                true,
                List.of(),
                false);
    }

    private String id(JsonNode id, int number, String pointer) {
        if (!id.isTextual() || !ManifestInterpreter.isSlug(id.textValue())) {
            return "step-" + (number + 1);
        }
        if (!ids.add(id.textValue())) {
            violations.error(
                    Stage.ENVELOPE,
                    RULE,
                    places.of(pointer),
                    "There are two steps called '" + id.textValue() + "'.",
                    "Give one of them another id.");
        }
        return id.textValue();
    }

    private Coverage each(JsonNode each, String pointer) {
        if (!each.isArray()) {
            return Coverage.all(matrix);
        }
        List<Integer> axes = new ArrayList<>();
        for (int i = 0; i < each.size(); i++) {
            String name = each.get(i).asText();
            int axis = matrix.axisNames().indexOf(name);
            if (axis >= 0 && axes.contains(axis)) {
                violations.error(
                        Stage.ENVELOPE,
                        RULE,
                        places.of(Places.child(pointer, i)),
                        "Axis '" + name + "' is named twice.",
                        "Remove one of them.");
            } else if (axis >= 0) {
                axes.add(axis);
            } else if (each.get(i).isTextual()) {
                violations.error(
                        Stage.REFERENCES,
                        RULE,
                        places.of(Places.child(pointer, i)),
                        "There is no axis '" + Kinds.shorten(name) + "' to fan out over.",
                        Suggestions.didYouMean(name, matrix.axisNames(), knownAxes()));
            }
        }
        return Coverage.of(matrix, axes);
    }

    private String knownAxes() {
        return matrix.axes().isEmpty()
                ? "The matrix has no axes; write each: []."
                : "Axes are: " + String.join(", ", matrix.axisNames()) + ".";
    }
}

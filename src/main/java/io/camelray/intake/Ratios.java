package io.camelray.intake;

import com.fasterxml.jackson.databind.node.TextNode;
import io.camelray.model.Labelled;
import io.camelray.model.Operation;
import io.camelray.model.Place;
import io.camelray.rules.Stage;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * How a campaign without steps comes to its aspect ratios: each rendered by itself, or one master that is painted out to
 * the others. The master is 16:9 where that is asked for, else the first ratio of the axis.
 */
enum Ratios implements Labelled {
    NATIVE("native"),
    REFRAME("reframe"),
    CHEAPEST("cheapest");

    static final String FIELD = "ratios";
    static final String REFRAME_STEP = "reframe";

    private static final String WIDE = "16:9";
    private static final Set<RenderField> REFRAMED =
            Set.of(RenderField.PROMPT, RenderField.RESOLUTION, RenderField.HDR, RenderField.EXR_EXPORT);

    private final String label;

    Ratios(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }

    /** What the manifest says; native where it says nothing, or what cannot be, which is told. */
    static Ratios read(ManifestDocument document, Matrix matrix, Violations violations) {
        Optional<Ratios> said =
                Labelled.find(Ratios.class, document.root().path(FIELD).asText());
        if (said.isPresent() && !isAsked(document, matrix)) {
            violations.error(
                    Stage.CROSS_FIELD,
                    FIELD,
                    document.places().ofName("/" + FIELD),
                    document.root().has("steps")
                            ? "'ratios' and steps say the same thing twice."
                            : "'ratios' says how several aspect ratios are made, and there is no such axis.",
                    document.root().has("steps")
                            ? "Remove ratios, or let it make the steps."
                            : "Add matrix: { aspectRatio: [\"16:9\", …] }, or remove ratios.");
            return NATIVE;
        }
        return said.orElse(NATIVE);
    }

    /** Whether there is anything to choose. */
    static boolean isAsked(ManifestDocument document, Matrix matrix) {
        return !document.root().has("steps") && axis(matrix).isPresent();
    }

    static OptionalInt axis(Matrix matrix) {
        return matrix.axis(RenderField.ASPECT_RATIO.label());
    }

    /** The index of the master's ratio on its axis. */
    static int master(Matrix matrix) {
        Axis axis = matrix.axes().get(axis(matrix).orElseThrow());
        return Math.max(0, axis.indexOf(WIDE));
    }

    /** A master over all other axes, and a reframe for each further ratio. */
    static List<Step> steps(Matrix matrix, Map<RenderField, FieldValue> top, Violations violations) {
        int axis = axis(matrix).orElseThrow();
        int master = master(matrix);
        Axis.Value ratio = matrix.axes().get(axis).value(master);
        matrix.includes().stream()
                .filter(include -> include.pattern()[axis] == master)
                .findFirst()
                .ifPresent(include -> violations.error(
                        Stage.CROSS_FIELD,
                        FIELD,
                        new Place(include.pointer(), 0, 0),
                        "An include cannot change " + ratio.text()
                                + " alone: the other ratios are painted out from it.",
                        "Say ratios: native, or leave the ratio out of the include."));
        Map<RenderField, FieldValue> own = new EnumMap<>(RenderField.class);
        own.putAll(top);
        own.put(RenderField.ASPECT_RATIO, new FieldValue(ratio.node(), ratio.pointer()));
        Coverage others = Coverage.of(
                matrix,
                IntStream.range(0, matrix.axes().size())
                        .filter(i -> i != axis)
                        .boxed()
                        .toList());
        Step first = new Step(0, Step.DEFAULT_ID, "", Operation.GENERATE, true, others, own, true, List.of(), false);
        Map<RenderField, FieldValue> rest = new EnumMap<>(RenderField.class);
        REFRAMED.stream().filter(top::containsKey).forEach(field -> rest.put(field, top.get(field)));
        rest.put(RenderField.SOURCE, new FieldValue(TextNode.valueOf(Step.DEFAULT_ID), "/" + FIELD));
        Step further = new Step(
                1, REFRAME_STEP, "", Operation.REFRAME, true, Coverage.all(matrix), rest, true, List.of(first), false);
        return List.of(first, further);
    }

    /** Whether a field reaches a reframe that is made here; what makes the clip belongs to its master. */
    static boolean reaches(Step step, RenderField field) {
        return step.isWritten()
                || step.operation() != Operation.REFRAME
                || REFRAMED.contains(field)
                || field == RenderField.ASPECT_RATIO
                || field == RenderField.SOURCE;
    }

    /** The cells of a step: those of a reframe that is made here leave the master's ratio out. */
    static Matrix cells(Matrix matrix, Step step) {
        return step.isWritten() || step.operation() != Operation.REFRAME
                ? matrix
                : matrix.without(axis(matrix).orElseThrow(), master(matrix));
    }

    /** Whether a cell is asked for, not only needed by others: a master whose own ratio is excluded is not. */
    static boolean isWanted(Matrix matrix, List<Step> steps, Step step, Cell cell) {
        if (step.isWritten()
                || steps.stream().allMatch(one -> one.operation() != Operation.REFRAME)
                || step.operation() == Operation.REFRAME) {
            return true;
        }
        int[] at = cell.at().clone();
        at[axis(matrix).orElseThrow()] = master(matrix);
        return !matrix.excludes().matchesAny(at);
    }
}

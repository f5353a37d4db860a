package io.camelray.intake;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelray.rules.Stage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Which step starts from which: told from what is written, before any cell is made. */
final class StepGraph {

    private static final String RULE = "steps";

    private final Manifest manifest;
    private final Matrix matrix;
    private final ManifestDocument document;
    private final List<Step> steps;
    private final Violations violations;
    private final Map<String, Step> byId = new HashMap<>();
    private final Map<Step, Map<String, Step>> written = new LinkedHashMap<>();

    StepGraph(Manifest manifest, Matrix matrix, ManifestDocument document, List<Step> steps, Violations violations) {
        this.manifest = manifest;
        this.matrix = matrix;
        this.document = document;
        this.steps = steps;
        this.violations = violations;
        steps.stream().filter(Step::isWritten).forEach(step -> byId.putIfAbsent(step.id(), step));
    }

    /** The steps with what they may be joined to, and with whether they are delivered. */
    List<Step> link() {
        steps.forEach(step -> written.put(step, written(step)));
        Set<String> used = new HashSet<>();
        List<Step> linked = new ArrayList<>();
        for (Step step : steps) {
            List<Step> joins = new ArrayList<>();
            written.get(step).forEach((pointer, target) -> {
                used.add(target.id());
                if (isSound(step, target, pointer)) {
                    linked.stream()
                            .filter(known -> known.number() == target.number())
                            .forEach(joins::add);
                }
            });
            linked.add(step.with(true, List.copyOf(joins)));
        }
        List<Step> out = new ArrayList<>();
        for (Step step : linked) {
            JsonNode deliver = document.root().at(step.pointer()).path("deliver");
            boolean delivered = step.isWritten() && deliver.isBoolean()
                    ? deliver.booleanValue()
                    : !used.contains(step.id()) || !step.isWritten();
            out.add(step.with(
                    delivered,
                    step.joins().stream().map(join -> out.get(join.number())).toList()));
        }
        if (out.stream().noneMatch(Step::delivered)) {
            violations.warning(
                    Stage.CROSS_FIELD,
                    RULE,
                    document.places().of("/steps"),
                    "No step is delivered, so everything is rendered and paid for nothing.",
                    "Let a step say deliver: true.");
        }
        return out;
    }

    /** Every step that this one names, by where it does. */
    private Map<String, Step> written(Step step) {
        Map<String, Step> found = new LinkedHashMap<>();
        for (RenderField field : RenderField.JOINS) {
            Optional.ofNullable(step.own().get(field))
                    .map(List::of)
                    .or(() -> axis(field, step))
                    .or(() ->
                            Optional.ofNullable(manifest.defaults().get(field)).map(List::of))
                    .ifPresent(values -> values.forEach(value -> note(value, found)));
            matrix.includes().stream()
                    .filter(include -> step.each().coversAllOf(include.pattern()))
                    .forEach(include ->
                            Optional.ofNullable(include.overrides().get(field)).ifPresent(value -> note(value, found)));
        }
        return found;
    }

    private Optional<List<FieldValue>> axis(RenderField field, Step step) {
        OptionalInt axis = matrix.axis(field.label());
        return axis.isPresent() && step.each().covers(axis.getAsInt())
                ? Optional.of(matrix.axes()
                        .get(axis.getAsInt())
                        .values()
                        .map(value -> new FieldValue(value.node(), value.pointer()))
                        .toList())
                : Optional.empty();
    }

    private void note(FieldValue value, Map<String, Step> found) {
        Step target = value.node().isTextual() ? byId.get(value.node().textValue()) : null;
        if (target != null) {
            found.put(value.pointer(), target);
        }
    }

    private boolean isSound(Step step, Step target, String pointer) {
        if (target.number() >= step.number()) {
            String chain = chain(step, target);
            boolean cycle = !chain.isEmpty();
            tell(
                    pointer,
                    target.number() == step.number()
                            ? "Step '" + step.id() + "' starts from itself: " + chain + "."
                            : cycle
                                    ? "The steps go round in a circle: " + chain + "."
                                    : "Step '" + step.id() + "' starts from '" + target.id() + "', which comes later: "
                                            + step.id() + " → " + target.id() + ".",
                    cycle ? "Start from an earlier step." : "Move '" + target.id() + "' before '" + step.id() + "'.");
            return false;
        }
        List<String> more = target.each()
                .beyond(step.each())
                .mapToObj(axis -> "'" + matrix.axisNames().get(axis) + "'")
                .toList();
        if (!more.isEmpty()) {
            tell(
                    pointer,
                    "Step '" + target.id() + "' fans out over " + String.join(", ", more) + " and '" + step.id()
                            + "' does not, so it cannot be told which result to start from.",
                    "Add " + String.join(", ", more) + " to each of '" + step.id() + "'.");
        }
        return more.isEmpty();
    }

    /** The way back from the target to the step, as names; empty if there is none. */
    private String chain(Step step, Step target) {
        Deque<List<Step>> ways = new ArrayDeque<>(List.of(List.of(step, target)));
        Set<Step> seen = new HashSet<>();
        while (!ways.isEmpty()) {
            List<Step> way = ways.poll();
            Step last = way.get(way.size() - 1);
            if (last == step) {
                return String.join(" → ", way.stream().map(Step::id).toList());
            }
            if (seen.add(last)) {
                new LinkedHashSet<>(written.get(last).values()).forEach(next -> {
                    List<Step> longer = new ArrayList<>(way);
                    longer.add(next);
                    ways.add(longer);
                });
            }
        }
        return "";
    }

    private void tell(String pointer, String message, String remedy) {
        violations.error(Stage.REFERENCES, RULE, document.places().of(pointer), message, remedy);
    }
}

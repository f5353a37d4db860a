package io.camelray.intake;

import io.camelray.model.Place;
import java.util.List;
import java.util.Optional;

/** A manifest that could be read: what it says, its matrix, its steps, and where everything stands. */
record Campaign(Manifest manifest, Matrix matrix, List<Step> steps, Places places) {

    /**
     * What a field says in one cell of a step: its defaults, then an axis of its name, then the step's own field, then a
     * matching include; the later goes before the earlier.
     */
    Optional<FieldValue> effective(RenderField field, Step step, Cell cell) {
        if (!Ratios.reaches(step, field)) {
            return Optional.empty();
        }
        Optional<FieldValue> overridden = matrix.override(field, cell);
        if (overridden.isPresent()) {
            return overridden;
        }
        FieldValue own = step.own().get(field);
        if (own != null) {
            return Optional.of(own);
        }
        Optional<Axis.Value> ofAxis = matrix.value(field.label(), cell);
        return ofAxis.isPresent()
                ? ofAxis.map(value -> new FieldValue(value.node(), value.pointer()))
                : Optional.ofNullable(manifest.defaults().get(field));
    }

    /** Whether the outputs of a cell are delivered. */
    boolean delivers(Step step, Cell cell) {
        return step.delivered() && Ratios.isWanted(matrix, steps, step, cell);
    }

    Place place(String pointer) {
        return places.of(pointer);
    }
}

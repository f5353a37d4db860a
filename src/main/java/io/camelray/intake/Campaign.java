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
        return matrix.override(field, cell)
                .or(() -> Optional.ofNullable(step.own().get(field)))
                .or(() -> matrix.value(field.label(), cell).map(value -> new FieldValue(value.node(), value.pointer())))
                .or(() -> Optional.ofNullable(manifest.defaults().get(field)));
    }

    /** Whether the outputs of a cell are delivered. */
    boolean delivers(Step step, Cell cell) {
        return step.delivered() && Ratios.isWanted(matrix, steps, step, cell);
    }

    Place place(String pointer) {
        return places.of(pointer);
    }
}

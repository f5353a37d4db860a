package io.camelray.intake;

import io.camelray.model.Place;
import java.util.Optional;

/** A manifest that could be read: what it says, its matrix, and where everything stands. */
record Campaign(Manifest manifest, Matrix matrix, Places places) {

    /**
     * What a field says in one cell: its defaults, then an axis of its name, then the step's own field, then a matching
     * include; the later goes before the earlier.
     */
    Optional<FieldValue> effective(RenderField field, Cell cell) {
        return matrix.override(field, cell)
                .or(() -> Optional.ofNullable(manifest.own().get(field)))
                .or(() -> matrix.value(field.label(), cell).map(value -> new FieldValue(value.node(), value.pointer())))
                .or(() -> Optional.ofNullable(manifest.defaults().get(field)));
    }

    Place place(String pointer) {
        return places.of(pointer);
    }
}

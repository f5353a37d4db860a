package io.camelray.intake;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.EnumMap;
import java.util.Map;

/** A value as a manifest writes it, and where. */
record FieldValue(JsonNode node, String pointer) {

    /** The render fields that an object holds. */
    static Map<RenderField, FieldValue> fields(String pointer, JsonNode object) {
        Map<RenderField, FieldValue> fields = new EnumMap<>(RenderField.class);
        for (RenderField field : RenderField.values()) {
            JsonNode value = object.path(field.label());
            if (!value.isMissingNode()) {
                fields.put(field, new FieldValue(value, Places.child(pointer, field.label())));
            }
        }
        return fields;
    }
}

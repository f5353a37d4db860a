package io.camelray.intake;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelray.model.AspectRatio;
import io.camelray.model.ClipLength;
import io.camelray.model.Direction;
import io.camelray.model.Labelled;
import io.camelray.model.MediaRef;
import io.camelray.model.Resolution;
import java.util.Optional;

/** Reads the render fields of a variant, templates filled in. What no field takes is told, and counts as not said. */
final class VariantFields {

    private final Campaign campaign;
    private final FieldTexts texts;
    private final References references;
    private final FieldGroups groups;

    VariantFields(Campaign campaign, FieldTexts texts, References references) {
        this.campaign = campaign;
        this.texts = texts;
        this.references = references;
        this.groups = new FieldGroups(texts, references);
    }

    /** Reads one field into {@code values}. */
    void read(RenderField field, Step step, Cell cell, Complaints complaints, VariantValues values) {
        Optional<FieldValue> said = campaign.effective(field, step, cell);
        if (said.isEmpty()) {
            return;
        }
        FieldValue value = said.get();
        values.said(field, value.pointer());
        long before = complaints.violations().heard();
        boolean usable =
                switch (field.kind()) {
                    case TEXT, CHOICE, FLAG -> readPlain(field, value, complaints, values);
                    case REFERENCE -> readReference(field, step, value, complaints, values);
                    case LIST, GROUP -> readGroup(field, step, value, complaints, values);
                };
        if (!usable || complaints.violations().heard() != before) {
            values.unusable(field);
        }
    }

    private boolean readPlain(RenderField field, FieldValue value, Complaints complaints, VariantValues values) {
        Optional<String> text = texts.text(
                field.label(),
                value,
                field.remedy(),
                field.kind() == RenderField.Kind.FLAG ? JsonNode::isBoolean : JsonNode::isTextual,
                written -> accepts(field, written),
                complaints);
        text.ifPresent(found -> values.put(field, found));
        return text.isPresent();
    }

    private boolean readReference(
            RenderField field, Step step, FieldValue value, Complaints complaints, VariantValues values) {
        if (value.node().asText().isEmpty() || !value.node().isTextual()) {
            return false;
        }
        Optional<MediaRef> reference = texts.fill(value, complaints)
                .flatMap(filled -> references.read(step, true, filled, value.pointer(), complaints));
        reference.ifPresent(found -> values.put(field, found));
        return reference.isPresent();
    }

    private boolean readGroup(
            RenderField field, Step step, FieldValue value, Complaints complaints, VariantValues values) {
        if (field == RenderField.KEYFRAMES) {
            values.putKeyframes(groups.keyframes(step, value, complaints));
            return value.node().isArray();
        }
        if (!value.node().isObject()) {
            return false;
        }
        if (field == RenderField.EDIT) {
            values.putEdit(groups.edit(step, value, complaints));
        } else {
            values.putPosition(groups.position(value, complaints));
        }
        return true;
    }

    private static boolean accepts(RenderField field, String text) {
        return switch (field) {
            case PROMPT -> true;
            case ASPECT_RATIO -> Labelled.find(AspectRatio.class, text).isPresent();
            case RESOLUTION -> Labelled.find(Resolution.class, text).isPresent();
            case DURATION -> Labelled.find(ClipLength.class, text).isPresent();
            case DIRECTION -> Labelled.find(Direction.class, text).isPresent();
            case HDR, EXR_EXPORT, LOOP -> FieldTexts.isFlag(text);
            case START_FRAME, END_FRAME, KEYFRAMES, SOURCE, EDIT, SOURCE_POSITION -> false;
        };
    }
}

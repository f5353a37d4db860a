package io.camelray.intake;

import io.camelray.model.EditControls;
import io.camelray.model.Keyframe;
import io.camelray.model.Labelled;
import io.camelray.model.MediaRef;
import io.camelray.model.SourcePosition;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the render fields of one variant say, and where each of them stands. */
final class VariantValues {

    private final String stepPointer;
    private final Map<RenderField, String> texts = new EnumMap<>(RenderField.class);
    private final Map<RenderField, MediaRef> references = new EnumMap<>(RenderField.class);
    private final Map<RenderField, String> pointers = new EnumMap<>(RenderField.class);
    private final Set<RenderField> unusable = EnumSet.noneOf(RenderField.class);
    private List<Keyframe> keyframes = List.of();
    private Optional<EditControls> edit = Optional.empty();
    private Optional<SourcePosition> position = Optional.empty();

    VariantValues(Step step) {
        this.stepPointer = step.pointer();
    }

    void said(RenderField field, String pointer) {
        pointers.put(field, pointer);
    }

    void unusable(RenderField field) {
        unusable.add(field);
    }

    void put(RenderField field, String text) {
        texts.put(field, text);
    }

    void put(RenderField field, MediaRef reference) {
        references.put(field, reference);
    }

    void putKeyframes(List<Keyframe> frames) {
        keyframes = frames;
    }

    void putEdit(EditControls controls) {
        edit = Optional.of(controls);
    }

    void putPosition(Optional<SourcePosition> where) {
        position = where;
    }

    Optional<String> text(RenderField field) {
        return Optional.ofNullable(texts.get(field));
    }

    boolean flag(RenderField field) {
        return Boolean.parseBoolean(texts.get(field));
    }

    <E extends Enum<E> & Labelled> Optional<E> label(RenderField field, Class<E> type) {
        return text(field).flatMap(text -> Labelled.find(type, text));
    }

    Optional<MediaRef> reference(RenderField field) {
        return Optional.ofNullable(references.get(field));
    }

    List<Keyframe> keyframes() {
        return keyframes;
    }

    Optional<EditControls> edit() {
        return edit;
    }

    Optional<SourcePosition> position() {
        return position;
    }

    boolean isSaid(RenderField field) {
        return pointers.containsKey(field);
    }

    /** Whether this field, or the one that it is part of, says what cannot be used, which has been told. */
    boolean isUnusable(String path) {
        return field(path).filter(unusable::contains).isPresent();
    }

    /** Where a field's value stands, {@code edit/strength} or {@code prompt}; the step if nowhere. */
    String pointer(String path) {
        int slash = path.indexOf('/');
        return field(path)
                .map(pointers::get)
                .map(pointer -> slash < 0 ? pointer : pointer + path.substring(slash))
                .orElseGet(() ->
                        stepPointer.isEmpty() || field(path).isPresent() ? stepPointer : stepPointer + '/' + path);
    }

    private static Optional<RenderField> field(String path) {
        int slash = path.indexOf('/');
        return Labelled.find(RenderField.class, slash < 0 ? path : path.substring(0, slash));
    }
}

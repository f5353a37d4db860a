package io.camelray.intake;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelray.model.EditControls;
import io.camelray.model.EditStrength;
import io.camelray.model.Keyframe;
import io.camelray.model.MediaRef;
import io.camelray.model.PoseStrength;
import io.camelray.model.SourcePosition;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Reads the fields that are made of others: key frames, edit controls, the source's position. */
final class FieldGroups {

    static final String AT = "at";
    static final String AT_REMEDY = "Write a frame such as 60, or seconds such as 2.5s.";

    private static final Pattern FRAMES = Pattern.compile("[0-9]{1,9}");
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,7}(\\.[0-9]{1,9})?s");

    private final FieldTexts texts;
    private final References references;

    FieldGroups(FieldTexts texts, References references) {
        this.texts = texts;
        this.references = references;
    }

    List<Keyframe> keyframes(Step step, FieldValue list, Complaints complaints) {
        List<Keyframe> frames = new ArrayList<>();
        for (int i = 0; list.node().isArray() && i < list.node().size(); i++) {
            keyframe(step, new FieldValue(list.node().get(i), Places.child(list.pointer(), i)), complaints)
                    .ifPresent(frames::add);
        }
        return frames;
    }

    private Optional<Keyframe> keyframe(Step step, FieldValue item, Complaints complaints) {
        OptionalInt frame = member(item, AT).map(at -> frame(at, complaints)).orElseGet(OptionalInt::empty);
        Optional<MediaRef> image = member(item, "image")
                .filter(value -> value.node().isTextual())
                .flatMap(value -> texts.fill(value, complaints)
                        .flatMap(filled -> references.read(step, false, filled, value.pointer(), complaints)));
        return frame.isPresent() && image.isPresent()
                ? Optional.of(new Keyframe(frame.getAsInt(), image.get()))
                : Optional.empty();
    }

    private OptionalInt frame(FieldValue at, Complaints complaints) {
        return texts.text(
                        AT,
                        at,
                        AT_REMEDY,
                        node -> node.isTextual() || node.isIntegralNumber(),
                        text -> FRAMES.matcher(text).matches()
                                || SECONDS.matcher(text).matches(),
                        complaints)
                .map(text -> OptionalInt.of(frame(text)))
                .orElseGet(OptionalInt::empty);
    }

    /** Seconds become the nearest frame. */
    private static int frame(String text) {
        return text.endsWith("s")
                ? new BigDecimal(text.substring(0, text.length() - 1))
                        .multiply(BigDecimal.valueOf(Keyframe.FRAMES_PER_SECOND))
                        .setScale(0, RoundingMode.HALF_UP)
                        .intValueExact()
                : Integer.parseInt(text);
    }

    EditControls edit(Step step, FieldValue edit, Complaints complaints) {
        return new EditControls(
                read(edit, "autoControls", value -> texts.flag("edit/autoControls", value, complaints))
                        .orElse(false),
                read(edit, "strength", value -> texts.choice("edit/strength", value, EditStrength.class, complaints)),
                read(edit, "pose", value -> texts.choice("edit/pose", value, PoseStrength.class, complaints)),
                number(edit, "edit", "depth", complaints),
                number(edit, "edit", "normals", complaints),
                number(edit, "edit", "trajectory", complaints),
                read(edit, "face", value -> texts.flag("edit/face", value, complaints)),
                member(edit, "keyframes")
                        .map(list -> keyframes(step, list, complaints))
                        .orElse(List.of()));
    }

    /** Empty if any of the four is missing or no number, which is told. */
    Optional<SourcePosition> position(FieldValue position, Complaints complaints) {
        List<Double> sides = new ArrayList<>();
        for (String side : List.of("x", "y", "width", "height")) {
            number(position, "sourcePosition", side, complaints).ifPresent(sides::add);
        }
        return sides.size() == 4
                ? Optional.of(new SourcePosition(sides.get(0), sides.get(1), sides.get(2), sides.get(3)))
                : Optional.empty();
    }

    private OptionalDouble number(FieldValue group, String path, String name, Complaints complaints) {
        return member(group, name)
                .map(value -> texts.number(path + '/' + name, value, complaints))
                .orElseGet(OptionalDouble::empty);
    }

    private static <T> Optional<T> read(FieldValue group, String name, Function<FieldValue, Optional<T>> reader) {
        return member(group, name).flatMap(reader);
    }

    private static Optional<FieldValue> member(FieldValue group, String name) {
        JsonNode node = group.node().path(name);
        return node.isMissingNode()
                ? Optional.empty()
                : Optional.of(new FieldValue(node, Places.child(group.pointer(), name)));
    }
}

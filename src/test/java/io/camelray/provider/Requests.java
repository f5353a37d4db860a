package io.camelray.provider;

import io.camelray.model.AspectRatio;
import io.camelray.model.Direction;
import io.camelray.model.EditControls;
import io.camelray.model.EditStrength;
import io.camelray.model.Keyframe;
import io.camelray.model.MediaRef;
import io.camelray.model.Operation;
import io.camelray.model.PoseStrength;
import io.camelray.model.RenderRequest;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Requests of every kind. */
public final class Requests {

    public static final MediaRef FIRST = new MediaRef.Web("https://cdn.example/first.png");
    public static final MediaRef LAST = new MediaRef.Web("https://cdn.example/last.png");
    public static final MediaRef SMALL_IMAGE = new MediaRef.LocalFile("small.png", "00");
    public static final MediaRef SMALL_CLIP = new MediaRef.LocalFile("small.mp4", "00");
    public static final MediaRef CLIP = new MediaRef.Web("https://cdn.example/clip.mp4");
    public static final MediaRef PARENT = new MediaRef.Generation("d290f1ee-6c54-4b01-90e6-d701748f0851");

    public static final EditControls MANUAL = new EditControls(
            false,
            Optional.of(EditStrength.FLEX_2),
            Optional.of(PoseStrength.PRECISE),
            OptionalDouble.of(0.25),
            OptionalDouble.of(0.5),
            OptionalDouble.of(0.75),
            Optional.of(true),
            List.of());

    private Requests() {}

    public static RenderRequest.Builder generate() {
        return RenderRequest.builder(Operation.GENERATE, "a mug").aspectRatio(Optional.of(AspectRatio.R16X9));
    }

    public static RenderRequest.Builder extend(Direction direction) {
        return RenderRequest.builder(Operation.EXTEND, "and on")
                .aspectRatio(Optional.of(AspectRatio.R16X9))
                .source(Optional.of(PARENT))
                .direction(Optional.of(direction));
    }

    public static RenderRequest.Builder edit(MediaRef source, EditControls controls) {
        return RenderRequest.builder(Operation.EDIT, "by night")
                .source(Optional.of(source))
                .edit(Optional.of(controls));
    }

    public static RenderRequest.Builder reframe(MediaRef source) {
        return RenderRequest.builder(Operation.REFRAME, "wider")
                .aspectRatio(Optional.of(AspectRatio.R9X16))
                .source(Optional.of(source));
    }

    /** An edit that the model steers, with one guide image on the source's grid. */
    public static EditControls guided() {
        return new EditControls(
                true,
                Optional.empty(),
                Optional.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                Optional.empty(),
                List.of(new Keyframe(48, FIRST)));
    }
}

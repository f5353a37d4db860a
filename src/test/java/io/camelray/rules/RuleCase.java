package io.camelray.rules;

import io.camelray.model.AspectRatio;
import io.camelray.model.ClipLength;
import io.camelray.model.Direction;
import io.camelray.model.EditControls;
import io.camelray.model.Keyframe;
import io.camelray.model.MediaFacts;
import io.camelray.model.MediaRef;
import io.camelray.model.Operation;
import io.camelray.model.ProviderName;
import io.camelray.model.RenderRequest;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Requests that break no rule, to start a case from. */
final class RuleCase {

    static final String ID = "d290f1ee-6c54-4b01-90e6-d701748f0851";
    static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    static final MediaRef IMAGE = new MediaRef.Web("https://cdn.example.com/mug.png");
    static final MediaRef CLIP = new MediaRef.Web("https://cdn.example.com/mug.mp4");
    static final MediaRef FILE = new MediaRef.LocalFile("clips/mug.mp4", "");
    static final MediaRef STEP = new MediaRef.Step("hero");
    static final MediaRef GENERATION = new MediaRef.Generation(ID);
    static final RenderRequest PLAIN =
            RenderRequest.textToVideo("A mug on a table").withAspectRatio(AspectRatio.R16X9);
    static final RenderRequest TEN = PLAIN.withLength(ClipLength.TEN_SECONDS);
    static final RenderRequest HDR = PLAIN.withHdr(true);
    static final RenderRequest EXTEND = on(Operation.EXTEND)
            .aspectRatio(Optional.of(AspectRatio.R16X9))
            .direction(Optional.of(Direction.FORWARD))
            .build();
    static final RenderRequest BACKWARD =
            EXTEND.toBuilder().direction(Optional.of(Direction.BACKWARD)).build();
    static final RenderRequest EDIT =
            on(Operation.EDIT).edit(Optional.of(EditControls.AUTO)).build();
    static final RenderRequest REFRAME =
            on(Operation.REFRAME).aspectRatio(Optional.of(AspectRatio.R9X16)).build();

    private RuleCase() {}

    private static RenderRequest.Builder on(Operation operation) {
        return RenderRequest.builder(operation, "A mug on a table").source(Optional.of(STEP));
    }

    static RenderRequest start(RenderRequest request, MediaRef image) {
        return request.toBuilder().startFrame(Optional.of(image)).build();
    }

    static RenderRequest end(RenderRequest request, MediaRef image) {
        return request.toBuilder().endFrame(Optional.of(image)).build();
    }

    static RenderRequest source(RenderRequest request, MediaRef clip) {
        return request.toBuilder().source(Optional.of(clip)).build();
    }

    static RenderRequest noSource(RenderRequest request) {
        return request.toBuilder().source(Optional.empty()).build();
    }

    static RenderRequest keyframes(RenderRequest request, int... frames) {
        return request.toBuilder().keyframes(at(frames)).build();
    }

    static List<Keyframe> at(int... frames) {
        return IntStream.of(frames)
                .mapToObj(frame -> new Keyframe(frame, IMAGE))
                .toList();
    }

    static RenderRequest edit(RenderRequest request, EditControls controls) {
        return request.toBuilder().edit(Optional.of(controls)).build();
    }

    static EditControls guided(int... frames) {
        EditControls auto = EditControls.AUTO;
        return new EditControls(
                true,
                auto.strength(),
                auto.pose(),
                auto.depthBlur(),
                auto.normalsAugmentation(),
                auto.trajectorySparsity(),
                auto.face(),
                at(frames));
    }

    /** With a clock that stands still. */
    static RuleContext at(ProviderName provider) {
        return RuleContext.of(provider).withClock(Clock.fixed(NOW, ZoneOffset.UTC));
    }

    static MediaFacts image(String type, long bytes, int width, int height, int pictures) {
        return new MediaFacts(type, bytes, width, height, pictures, 0);
    }

    static MediaFacts video(String type, long bytes, int width, int height, double seconds) {
        return new MediaFacts(type, bytes, width, height, (int) Math.round(seconds * 24), seconds);
    }

    static RuleContext knowing(RuleContext context, MediaRef ref, MediaFacts facts) {
        return context.withFacts(Map.of(ref, facts));
    }
}

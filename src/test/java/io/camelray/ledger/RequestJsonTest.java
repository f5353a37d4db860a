package io.camelray.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.camelray.model.AspectRatio;
import io.camelray.model.ClipLength;
import io.camelray.model.Direction;
import io.camelray.model.EditControls;
import io.camelray.model.EditStrength;
import io.camelray.model.Keyframe;
import io.camelray.model.MediaRef;
import io.camelray.model.Operation;
import io.camelray.model.PoseStrength;
import io.camelray.model.RenderRequest;
import io.camelray.model.Resolution;
import io.camelray.model.SourcePosition;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RequestJsonTest {
    private static final MediaRef WEB = new MediaRef.Web("https://media.example.test/a.png?x=1&y=\"ü\"");
    private static final MediaRef FILE = new MediaRef.LocalFile("photos/mug.png", "ab12");
    private static final MediaRef STORED = new MediaRef.Stored("assets", "clips/one.mp4");
    private static final MediaRef GENERATION = new MediaRef.Generation("0b1c");
    private static final MediaRef STEP = new MediaRef.Step("hero");

    static Stream<RenderRequest> requests() {
        return Stream.of(
                RenderRequest.textToVideo("A mug"),
                RenderRequest.builder(Operation.GENERATE, "A \"mug\"\n on a table")
                        .aspectRatio(Optional.of(AspectRatio.R21X9))
                        .resolution(Resolution.P1080)
                        .length(ClipLength.TEN_SECONDS)
                        .hdr(true)
                        .exrExport(true)
                        .loop(true)
                        .startFrame(Optional.of(WEB))
                        .endFrame(Optional.of(GENERATION))
                        .build(),
                RenderRequest.builder(Operation.GENERATE, "Key by key")
                        .keyframes(List.of(
                                new Keyframe(0, WEB),
                                new Keyframe(60, FILE),
                                new Keyframe(119, STORED),
                                new Keyframe(120, new MediaRef.LocalFile("not/read/yet.png", ""))))
                        .build(),
                RenderRequest.builder(Operation.EXTEND, "Onwards")
                        .source(Optional.of(STEP))
                        .direction(Optional.of(Direction.BACKWARD))
                        .build(),
                RenderRequest.builder(Operation.EDIT, "In snow")
                        .source(Optional.of(STORED))
                        .startFrame(Optional.of(FILE))
                        .edit(Optional.of(new EditControls(
                                false,
                                Optional.of(EditStrength.REIMAGINE_2),
                                Optional.of(PoseStrength.COARSE),
                                OptionalDouble.of(0),
                                OptionalDouble.of(0.25),
                                OptionalDouble.of(1),
                                Optional.of(false),
                                List.of(new Keyframe(12, WEB), new Keyframe(13, STEP)))))
                        .build(),
                RenderRequest.builder(Operation.EDIT, "As it likes")
                        .source(Optional.of(GENERATION))
                        .edit(Optional.of(EditControls.AUTO))
                        .build(),
                RenderRequest.builder(Operation.EDIT, "Nothing chosen")
                        .source(Optional.of(WEB))
                        .edit(Optional.of(EditControls.NONE))
                        .build(),
                RenderRequest.builder(Operation.REFRAME, "Wider")
                        .source(Optional.of(FILE))
                        .aspectRatio(Optional.of(AspectRatio.R9X16))
                        .sourcePosition(Optional.of(new SourcePosition(-0.5, 0.125, 1, 2)))
                        .build());
    }

    @ParameterizedTest
    @MethodSource("requests")
    void aRequestIsReadBackAsItWasWritten(RenderRequest request) {
        assertThat(RequestJson.read(RequestJson.write(request))).isEqualTo(request);
    }

    @Test
    void whatIsMissingTakesItsDefaultAndWhatIsNotKnownIsPassedOver() {
        assertThat(RequestJson.read("{\"prompt\":\"A mug\",\"source\":null,\"mood\":{\"warm\":true}}"))
                .isEqualTo(RenderRequest.textToVideo("A mug"));
        assertThat(RequestJson.read("{\"operation\":\"edit\",\"prompt\":\"A mug\",\"edit\":{}}")
                        .edit())
                .contains(EditControls.NONE);
    }

    @Test
    void aReferenceThatIsNotUnderstoodIsNeverDropped() {
        assertThatThrownBy(() -> RequestJson.read("{\"prompt\":\"A mug\",\"source\":{\"kind\":\"hologram\"}}"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("hologram");
        assertThatThrownBy(() -> RequestJson.read("{\"prompt\":\"A mug\",\"source\":{\"kind\":\"web\"}}"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("'url'");
    }

    @Test
    void requestsThatTakeDifferentlyLongHaveDifferentShapes() {
        RenderRequest request = RenderRequest.textToVideo("A mug");
        RenderRequest hdr = request.withHdr(true);
        assertThat(Stream.of(
                                request,
                                request.withLength(ClipLength.TEN_SECONDS),
                                request.withResolution(Resolution.P1080),
                                hdr,
                                hdr.withExrExport(true),
                                RenderRequest.builder(Operation.EXTEND, "A mug").build(),
                                RenderRequest.builder(Operation.EDIT, "A mug").build(),
                                RenderRequest.builder(Operation.REFRAME, "A mug")
                                        .build())
                        .map(RequestJson::shape))
                .doesNotHaveDuplicates();
        assertThat(RequestJson.shape(request.withPrompt("A cup").withAspectRatio(AspectRatio.R1X1)))
                .isEqualTo(RequestJson.shape(request));
    }
}

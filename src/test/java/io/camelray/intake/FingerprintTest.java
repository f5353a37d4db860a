package io.camelray.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.camelray.model.AspectRatio;
import io.camelray.model.ClipLength;
import io.camelray.model.Direction;
import io.camelray.model.EditControls;
import io.camelray.model.Keyframe;
import io.camelray.model.MediaRef;
import io.camelray.model.Operation;
import io.camelray.model.RenderRequest;
import io.camelray.model.Resolution;
import io.camelray.model.SourcePosition;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FingerprintTest {

    private static final RenderRequest PLAIN = RenderRequest.textToVideo("A mug");

    @Test
    void every_field_that_changes_the_video_changes_the_fingerprint() {
        assertThat(Stream.of(
                                PLAIN,
                                PLAIN.withPrompt("A mug "),
                                PLAIN.withAspectRatio(AspectRatio.R16X9),
                                PLAIN.withResolution(Resolution.P540),
                                PLAIN.withLength(ClipLength.TEN_SECONDS),
                                PLAIN.withHdr(true),
                                PLAIN.withHdr(true).withExrExport(true),
                                PLAIN.withLoop(true))
                        .map(Fingerprint::of))
                .doesNotHaveDuplicates()
                .allMatch(fingerprint -> fingerprint.matches("[0-9a-f]{64}"));
    }

    @Test
    void a_prompt_cannot_pretend_to_be_another_field() {
        assertThat(Fingerprint.of(PLAIN.withPrompt("A mug\naspectRatio:4:16:9")))
                .isNotEqualTo(Fingerprint.of(PLAIN.withAspectRatio(AspectRatio.R16X9)));
    }

    @Test
    void the_fingerprint_of_a_request_never_changes() {
        assertThat(Fingerprint.of(PLAIN)).isEqualTo("dac17ed32dbdb8da8494ff0702db0daa79c444cc7bbc764a0c1a406aaec85f05");
    }

    @Test
    void every_thing_that_a_render_starts_from_changes_the_fingerprint() {
        Optional<MediaRef> image = Optional.of(new MediaRef.LocalFile("mug.png", "abc"));
        RenderRequest.Builder edit =
                RenderRequest.builder(Operation.EDIT, "A mug").source(image);

        assertThat(Stream.of(
                                PLAIN.toBuilder().startFrame(image),
                                PLAIN.toBuilder().endFrame(image),
                                PLAIN.toBuilder().startFrame(image).endFrame(image),
                                PLAIN.toBuilder().keyframes(List.of(new Keyframe(0, image.get()))),
                                PLAIN.toBuilder().keyframes(List.of(new Keyframe(1, image.get()))),
                                PLAIN.toBuilder().source(image),
                                PLAIN.toBuilder().direction(Optional.of(Direction.FORWARD)),
                                PLAIN.toBuilder().direction(Optional.of(Direction.BACKWARD)),
                                PLAIN.toBuilder().sourcePosition(Optional.of(new SourcePosition(0, 0, 1, 1))),
                                PLAIN.toBuilder().sourcePosition(Optional.of(new SourcePosition(0, 0, 1, 2))),
                                PLAIN.toBuilder().edit(Optional.of(EditControls.NONE)),
                                PLAIN.toBuilder().edit(Optional.of(EditControls.AUTO)),
                                edit)
                        .map(RenderRequest.Builder::build)
                        .map(Fingerprint::of))
                .doesNotHaveDuplicates()
                .doesNotContain(Fingerprint.of(PLAIN));
    }

    @Test
    void a_file_is_known_by_its_content_not_by_its_name() {
        assertThat(started(new MediaRef.LocalFile("a.png", "abc")))
                .isEqualTo(started(new MediaRef.LocalFile("b.png", "abc")))
                .isNotEqualTo(started(new MediaRef.LocalFile("a.png", "abd")));
    }

    @Test
    void a_signature_that_expires_is_no_part_of_an_address_but_any_other_query_is() {
        assertThat(started(new MediaRef.Web("https://x.com/a.png?X-Amz-Expires=60&X-Amz-Signature=1")))
                .isEqualTo(started(new MediaRef.Web("https://x.com/a.png?X-Amz-Expires=60&X-Amz-Signature=2")))
                .isNotEqualTo(started(new MediaRef.Web("https://x.com/b.png?X-Amz-Expires=60&X-Amz-Signature=1")));
        assertThat(started(new MediaRef.Web("https://x.com/a.png?v=1")))
                .isNotEqualTo(started(new MediaRef.Web("https://x.com/a.png?v=2")));
    }

    @Test
    void a_step_stands_for_the_fingerprint_of_its_render() {
        RenderRequest request = RenderRequest.builder(Operation.REFRAME, "Wider")
                .source(Optional.of(new MediaRef.Step("hero")))
                .build();

        assertThat(Fingerprint.of(request, id -> id + " 1"))
                .isEqualTo(Fingerprint.of(request, id -> "hero 1"))
                .isNotEqualTo(Fingerprint.of(request, id -> "hero 2"));
        assertThatIllegalArgumentException().isThrownBy(() -> Fingerprint.of(request));
    }

    @Test
    void what_was_looked_into_is_known_by_its_content_wherever_it_lies() {
        MediaRef web = new MediaRef.Web("https://x.com/a.png?v=1");
        MediaRef stored = new MediaRef.Stored("assets", "a.png");

        assertThat(looked(web, "sha256 abc"))
                .isEqualTo(looked(stored, "sha256 abc"))
                .isEqualTo(started(new MediaRef.LocalFile("a.png", "abc")))
                .isNotEqualTo(looked(web, "sha256 abd"))
                .isNotEqualTo(started(web));
    }

    private static String looked(MediaRef ref, String content) {
        RenderRequest request = PLAIN.toBuilder().startFrame(Optional.of(ref)).build();
        return Fingerprint.of(request, id -> id, seen -> Optional.of(content));
    }

    private static String started(MediaRef ref) {
        return Fingerprint.of(PLAIN.toBuilder().startFrame(Optional.of(ref)).build());
    }
}

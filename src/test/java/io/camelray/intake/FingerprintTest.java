package io.camelray.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelray.model.AspectRatio;
import io.camelray.model.ClipLength;
import io.camelray.model.RenderRequest;
import io.camelray.model.Resolution;
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
}

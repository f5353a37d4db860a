package io.camelray.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jcodec.api.JCodecException;
import org.jcodec.common.model.Picture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClipEncoderTest {

    private static final ClipCard CARD = new ClipCard("An amber bottle on wet slate", "video", 30);

    private final ClipEncoder encoder = new ClipEncoder();

    @ParameterizedTest
    @CsvSource({
        "360p, 16:9, 5, 640, 360, 121",
        "540p, 16:9, 5, 960, 540, 121",
        "720p, 16:9, 10, 1280, 720, 241",
        "1080p, 16:9, 5, 1920, 1080, 121",
        "360p, 9:16, 5, 360, 640, 121",
        "720p, 1:1, 5, 960, 960, 121",
        "720p, 4:3, 5, 1112, 834, 121",
        "720p, 3:4, 5, 834, 1112, 121",
        "720p, 21:9, 5, 1470, 630, 121"
    })
    void aClipHasTheAskedShape(String resolution, String ratio, int seconds, int width, int height, int frames)
            throws IOException {
        Clip clip = Clip.read(encoder.encode(ClipShape.of(resolution, ratio, seconds), CARD, false));
        assertThat(clip.width()).isEqualTo(width);
        assertThat(clip.height()).isEqualTo(height);
        assertThat(clip.frames()).isEqualTo(frames);
        assertThat(clip.seconds()).isEqualTo(frames / 24.0, within(0.001));
    }

    @Test
    void equalArgumentsGiveEqualBytes() {
        ClipShape shape = ClipShape.of("360p", "16:9", 5);
        assertThat(new ClipEncoder().encode(shape, CARD, false)).isEqualTo(encoder.encode(shape, CARD, false));
    }

    @ParameterizedTest
    @CsvSource({"16:9, 640, 360", "9:16, 360, 640"})
    void everyFrameDecodesToTheDisplayedSizeAndTheBarGrows(String ratio, int width, int height)
            throws IOException, JCodecException {
        ClipShape shape = ClipShape.of("360p", ratio, 5);
        List<Picture> frames = Clip.decode(encoder.encode(shape, CARD, false));
        assertThat(frames).hasSize(121);
        assertThat(frames).allMatch(frame -> frame.getWidth() == width && frame.getHeight() == height);
        ProgressBar bar = ProgressBar.of(shape);
        for (int number = 0; number <= 120; number++) {
            assertThat(brightPixels(frames.get(number), bar))
                    .as("frame %d", number)
                    .isCloseTo(bar.filled(number), within(2));
        }
        assertThat(bar.filled(120)).isEqualTo(bar.width());
        assertThat(bar.filled(60)).isBetween(bar.width() * 2 / 5, bar.width() * 3 / 5);
    }

    @Test
    void whatTheBarDoesNotTouchStaysAsItWas() throws IOException, JCodecException {
        List<Picture> frames = Clip.decode(encoder.encode(ClipShape.of("360p", "16:9", 5), CARD, false));
        byte[] first = frames.get(0).getPlaneData(0);
        byte[] last = frames.get(120).getPlaneData(0);
        assertThat(Arrays.copyOf(last, 640 * 300)).isEqualTo(Arrays.copyOf(first, 640 * 300));
    }

    @Test
    void differentPromptsGiveDifferentPictures() throws IOException, JCodecException {
        ClipShape shape = ClipShape.of("360p", "16:9", 5);
        byte[] one = Clip.decode(encoder.encode(shape, CARD, false)).get(0).getPlaneData(0);
        byte[] other = Clip.decode(encoder.encode(shape, new ClipCard("A red bottle", "video", 30), false))
                .get(0)
                .getPlaneData(0);
        assertThat(one).isNotEqualTo(other);
    }

    @Test
    void theIndexComesBeforeTheSamples() {
        byte[] file = encoder.encode(ClipShape.of("360p", "1:1", 5), CARD, false);
        List<String> boxes = new ArrayList<>();
        ByteBuffer buffer = ByteBuffer.wrap(file);
        for (int at = 0; at < file.length; at += buffer.getInt(at)) {
            boxes.add(new String(file, at + 4, 4, StandardCharsets.US_ASCII));
        }
        assertThat(boxes).containsExactly("ftyp", "moov", "mdat");
    }

    @Test
    void anEndlessPromptAndOneWithoutSpacesStillFit() throws IOException {
        ClipShape shape = ClipShape.of("360p", "9:16", 5);
        assertThat(Clip.read(encoder.encode(shape, new ClipCard("word ".repeat(1200), "video", 1), false))
                        .frames())
                .isEqualTo(121);
        assertThat(Clip.read(encoder.encode(shape, new ClipCard("x".repeat(6000), "video", 1), false))
                        .frames())
                .isEqualTo(121);
    }

    /** Along the middle of the bar; it is much brighter than its track. */
    private static int brightPixels(Picture frame, ProgressBar bar) {
        int start = (bar.top() + ProgressBar.HEIGHT / 2) * frame.getWidth() + bar.left();
        int bright = 0;
        for (int i = 0; i < bar.width(); i++) {
            if (frame.getPlaneData(0)[start + i] + 128 > 110) {
                bright++;
            }
        }
        return bright;
    }
}

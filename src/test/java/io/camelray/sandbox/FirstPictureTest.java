package io.camelray.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.jcodec.api.JCodecException;
import org.jcodec.common.model.Picture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FirstPictureTest {

    private static final String PROMPT =
            "A slow dolly across a rainy neon street at night; a woman with a red umbrella walks towards the camera";
    private static final int WHITE = 235;

    @ParameterizedTest
    @CsvSource({"360p, 16:9", "360p, 9:16", "360p, 1:1", "1080p, 16:9", "720p, 4:3"})
    void theFirstFrameShowsWhatWasPainted(String resolution, String ratio) throws IOException, JCodecException {
        ClipShape shape = ClipShape.of(resolution, ratio, 5);
        ClipCard card = new ClipCard(PROMPT, "video", 200);
        Picture shown = Clip.first(new ClipEncoder().encode(shape, card, false));
        PaintedPicture painted = new ClipPainter().paint(shape, card);
        assertThat(shown.getWidth()).isEqualTo(shape.width());
        assertThat(shown.getHeight()).isEqualTo(shape.height());
        int inText = 0;
        long squares = 0;
        for (int y = 0; y < shape.height(); y++) {
            for (int x = 0; x < shape.width(); x++) {
                int error = Math.abs(luma(shown, x, y) - luma(painted, x, y));
                if (flat(painted, x, y)) {
                    assertThat(error).as("background at %d, %d", x, y).isLessThanOrEqualTo(1);
                } else {
                    inText++;
                    squares += error * error;
                }
            }
        }
        assertThat(inText).isPositive();
        assertThat(10 * Math.log10(255.0 * 255 * inText / squares))
                .as("PSNR of the text, in dB")
                .isGreaterThan(38);
        assertThat(colours(shown)).isEqualTo(colours(painted, shape.width(), shape.height()));
    }

    @Test
    void aDecoderShowsExactlyWhatTheEncoderPredictedFrom() throws IOException, JCodecException {
        ClipShape shape = ClipShape.of("360p", "16:9", 1);
        PaintedPicture picture = detailed(shape, new Random(11));
        ParameterSets sets = ParameterSets.of(shape);
        byte[] frame = new FirstPicture(sets, picture).frame();
        Picture shown =
                Clip.first(new Mp4File(shape, sets.sequenceUnit(), sets.pictureUnit(), false).write(List.of(frame)));
        for (int y = 0; y < shape.height(); y++) {
            for (int x = 0; x < shape.width(); x++) {
                assertThat(luma(shown, x, y)).as("pixel at %d, %d", x, y).isEqualTo(luma(picture, x, y));
            }
        }
        assertThat(colours(shown)).isEqualTo(colours(picture, shape.width(), shape.height()));
    }

    /** Macroblocks flat, noisy or with strokes, many in a colour of their own, in any neighbourhood. */
    private static PaintedPicture detailed(ClipShape shape, Random random) {
        int columns = shape.macroblocksAcross();
        int rows = shape.macroblocksDown();
        PaintedPicture picture = PaintedPicture.of(columns, rows, new byte[columns * rows * 256], 0x405060);
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                int rgb = random.nextInt(3) == 0 ? random.nextInt(1 << 24) : 0x405060;
                picture.fill(column * 16, row * 16, 16, 16, rgb);
                int detail = random.nextInt(4);
                for (int i = 0; i < 256 && detail > 1; i++) {
                    int at = (row * 16 + i / 16) * picture.stride() + column * 16 + i % 16;
                    if (detail == 2 || i % 7 < 2) {
                        picture.luma()[at] = (byte) (16 + random.nextInt(WHITE - 16));
                    }
                }
            }
        }
        return picture;
    }

    private static boolean flat(PaintedPicture picture, int x, int y) {
        for (int i = 0; i < 256; i++) {
            if (luma(picture, x / 16 * 16 + i % 16, y / 16 * 16 + i / 16) != luma(picture, x, y)) {
                return false;
            }
        }
        return true;
    }

    private static int luma(PaintedPicture picture, int x, int y) {
        return picture.luma()[y * picture.stride() + x] & 255;
    }

    private static int luma(Picture picture, int x, int y) {
        return picture.getPlaneData(0)[y * picture.getWidth() + x] + 128;
    }

    private static String colours(Picture picture) {
        StringBuilder colours = new StringBuilder();
        int width = picture.getWidth() / 2;
        for (int i = 0; i < width * (picture.getHeight() / 2); i++) {
            colours.append(picture.getPlaneData(1)[i] + 128).append(' ');
            colours.append(picture.getPlaneData(2)[i] + 128).append(i % width == width - 1 ? '\n' : ' ');
        }
        return colours.toString();
    }

    private static String colours(PaintedPicture picture, int width, int height) {
        StringBuilder colours = new StringBuilder();
        for (int y = 0; y < height / 2; y++) {
            for (int x = 0; x < width / 2; x++) {
                int at = y / 8 * picture.columns() + x / 8;
                colours.append(picture.blue()[at] & 255).append(' ');
                colours.append(picture.red()[at] & 255).append(x == width / 2 - 1 ? '\n' : ' ');
            }
        }
        return colours.toString();
    }
}

package io.camelray.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelray.assets.Mp4Bytes;
import io.camelray.delivery.OutputVerdict.Broken;
import io.camelray.delivery.OutputVerdict.Sound;
import io.camelray.model.AspectRatio;
import io.camelray.model.ClipLength;
import io.camelray.model.Operation;
import io.camelray.model.OutputKind;
import io.camelray.model.RenderRequest;
import io.camelray.model.Resolution;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutputCheckTest {

    private static final RenderRequest WIDE =
            RenderRequest.textToVideo("a lamp").withAspectRatio(AspectRatio.R16X9);

    @TempDir
    Path folder;

    private OutputVerdict check(OutputKind kind, byte[] bytes, RenderRequest request) throws IOException {
        return new OutputCheck().check(kind, Files.write(folder.resolve("file"), bytes), request);
    }

    private List<String> flags(Mp4Bytes video, RenderRequest request) throws IOException {
        Sound sound = (Sound) check(OutputKind.VIDEO, video.build(), request);
        assertThat(sound.contentType()).isEqualTo("video/mp4");
        List<String> flags = new ArrayList<>();
        sound.findings().path("flags").forEach(flag -> flags.add(flag.asText()));
        return flags;
    }

    private static RenderRequest of(Operation operation) {
        return RenderRequest.builder(operation, "a lamp")
                .aspectRatio(Optional.of(AspectRatio.R16X9))
                .resolution(Resolution.P720)
                .length(ClipLength.FIVE_SECONDS)
                .hdr(false)
                .exrExport(false)
                .loop(false)
                .build();
    }

    @Test
    void a_video_as_asked_has_no_flags_and_its_measures_are_kept() throws IOException {
        Sound sound = (Sound) check(OutputKind.VIDEO, Mp4Bytes.video().build(), WIDE);
        assertThat(sound.findings().path("flags")).isEmpty();
        assertThat(sound.findings().path("width").asInt()).isEqualTo(1280);
        assertThat(sound.findings().path("height").asInt()).isEqualTo(720);
        assertThat(sound.findings().path("durationMillis").asLong()).isEqualTo(5042);
    }

    @ParameterizedTest
    @CsvSource({"117, false", "120, true", "121, true", "124, true", "126, false", "241, false"})
    void five_seconds_are_five_seconds_and_at_most_a_fifth_more(int frames, boolean fits) throws IOException {
        assertThat(flags(Mp4Bytes.video().frames(frames), WIDE).isEmpty()).isEqualTo(fits);
    }

    @Test
    void ten_seconds_are_two_hundred_and_forty_one_frames() throws IOException {
        assertThat(flags(Mp4Bytes.video().frames(241), WIDE.withLength(ClipLength.TEN_SECONDS)))
                .isEmpty();
        assertThat(flags(Mp4Bytes.video(), WIDE.withLength(ClipLength.TEN_SECONDS)))
                .containsExactly("duration: 5.04 s instead of 10 s");
    }

    @ParameterizedTest
    @CsvSource({"1280, 720, true", "1280, 704, false", "1264, 720, true", "720, 1280, false", "720, 720, false"})
    void the_ratio_may_differ_by_rounding_only(int width, int height, boolean fits) throws IOException {
        assertThat(flags(Mp4Bytes.video().size(width, height), WIDE).stream().noneMatch(f -> f.startsWith("ratio")))
                .isEqualTo(fits);
    }

    @Test
    void a_small_clip_rounded_to_blocks_of_sixteen_fits_its_ratio() throws IOException {
        assertThat(flags(Mp4Bytes.video().size(640, 368), WIDE.withResolution(Resolution.P360)))
                .isEmpty();
    }

    @Test
    void a_clip_of_another_resolution_is_flagged() throws IOException {
        assertThat(flags(Mp4Bytes.video().size(960, 540), WIDE)).containsExactly("resolution: 960x540 instead of 720p");
        assertThat(flags(Mp4Bytes.video().size(960, 960), WIDE.withAspectRatio(AspectRatio.R1X1)))
                .as("the pixels of 720p in another shape")
                .isEmpty();
        assertThat(flags(Mp4Bytes.video().size(720, 720), WIDE.withAspectRatio(AspectRatio.R1X1)))
                .as("the short side of 720p")
                .isEmpty();
    }

    @Test
    void what_the_source_decides_is_not_compared() throws IOException {
        assertThat(flags(Mp4Bytes.video().frames(300).size(720, 1280), of(Operation.EDIT)))
                .isEmpty();
        assertThat(flags(Mp4Bytes.video().frames(300), of(Operation.REFRAME))).isEmpty();
        assertThat(flags(Mp4Bytes.video().frames(241), of(Operation.EXTEND)))
                .as("joined to its source")
                .isEmpty();
        assertThat(flags(Mp4Bytes.video().frames(60), of(Operation.EXTEND))).hasSize(1);
    }

    @Test
    void hdr_that_is_none_is_flagged_and_the_other_way_round() throws IOException {
        assertThat(flags(Mp4Bytes.video(), WIDE.withHdr(true))).hasSize(1);
        assertThat(flags(Mp4Bytes.video().codec("hvc1").transfer(16), WIDE)).hasSize(1);
        assertThat(flags(Mp4Bytes.video().codec("hvc1").transfer(16), WIDE.withHdr(true)))
                .isEmpty();
    }

    @Test
    void a_truncated_video_is_broken() throws IOException {
        byte[] whole = Mp4Bytes.video().build();
        assertThat(check(OutputKind.VIDEO, Arrays.copyOf(whole, whole.length - 1), WIDE))
                .isInstanceOf(Broken.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "<!DOCTYPE html><html>", "  <HTML>", "\uFEFF<?xml version='1.0'?>", "{\"detail\":\"x\"}"})
    void nothing_and_pages_of_text_are_broken_whatever_was_expected(String text) throws IOException {
        for (OutputKind kind : OutputKind.values()) {
            assertThat(check(kind, text.getBytes(java.nio.charset.StandardCharsets.UTF_8), WIDE))
                    .isInstanceOf(Broken.class);
        }
    }

    @Test
    void an_exr_is_known_by_its_magic_number() throws IOException {
        assertThat(check(OutputKind.EXR, new byte[] {0x76, 0x2F, 0x31, 0x01, 2, 0, 0, 0}, WIDE))
                .isInstanceOfSatisfying(
                        Sound.class, sound -> assertThat(sound.contentType()).isEqualTo("image/x-exr"));
        assertThat(check(OutputKind.EXR, Mp4Bytes.video().build(), WIDE)).isInstanceOf(Broken.class);
    }

    @Test
    void an_exr_package_is_a_whole_zip_and_every_strict_prefix_of_it_is_broken() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(packed)) {
            zip.putNextEntry(new ZipEntry("frame-0001.exr"));
            zip.write(new byte[] {0x76, 0x2F, 0x31, 0x01});
        }
        byte[] whole = packed.toByteArray();
        assertThat(check(OutputKind.EXR, whole, WIDE))
                .isInstanceOfSatisfying(
                        Sound.class, sound -> assertThat(sound.contentType()).isEqualTo("application/zip"));
        for (int length = 0; length < whole.length; length++) {
            assertThat(check(OutputKind.EXR, Arrays.copyOf(whole, length), WIDE))
                    .as("the first %d bytes", length)
                    .isInstanceOf(Broken.class);
        }
    }

    @Test
    void a_thumbnail_is_an_image() throws IOException {
        assertThat(check(OutputKind.THUMBNAIL, new byte[] {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, 1}, WIDE))
                .isInstanceOfSatisfying(
                        Sound.class, sound -> assertThat(sound.contentType()).isEqualTo("image/jpeg"));
        assertThat(check(OutputKind.THUMBNAIL, "GIF89a".getBytes(StandardCharsets.US_ASCII), WIDE))
                .isInstanceOfSatisfying(Sound.class, sound -> assertThat(
                                Findings.flags(sound.findings().toString()))
                        .containsExactly("it is of type image/gif under a name of a PNG"));
        assertThat(check(OutputKind.THUMBNAIL, new byte[] {1, 2, 3}, WIDE)).isInstanceOf(Broken.class);
    }
}

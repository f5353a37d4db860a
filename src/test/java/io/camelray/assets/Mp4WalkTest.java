package io.camelray.assets;

import static io.camelray.assets.Mp4Bytes.ascii;
import static io.camelray.assets.Mp4Bytes.box;
import static io.camelray.assets.Mp4Bytes.join;
import static io.camelray.assets.Mp4Bytes.u32;
import static io.camelray.assets.Mp4Bytes.u64;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Random;
import org.jcodec.api.SequenceEncoder;
import org.jcodec.common.model.ColorSpace;
import org.jcodec.common.model.Picture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class Mp4WalkTest {

    @TempDir
    Path folder;

    private Mp4Result walk(byte[] bytes) throws IOException {
        return Mp4Walk.of(Files.write(folder.resolve("clip.mp4"), bytes));
    }

    private static byte[] replace(byte[] bytes, String type, String by) {
        byte[] copy = bytes.clone();
        int at = indexOf(copy, type);
        System.arraycopy(ascii(by), 0, copy, at, 4);
        return copy;
    }

    private static int indexOf(byte[] bytes, String type) {
        for (int i = 0; i < bytes.length - 4; i++) {
            if (Arrays.equals(bytes, i, i + 4, ascii(type), 0, 4)) {
                return i;
            }
        }
        throw new AssertionError(type + " is not in the file");
    }

    @Test
    void a_complete_file_says_what_it_is() throws IOException {
        assertThat(walk(Mp4Bytes.video().build()))
                .isEqualTo(new Mp4Findings(5042, 1280, 720, "avc1", 121, 23.998, 0, false));
    }

    @Test
    void sixty_four_bit_sizes_and_offsets_are_understood() throws IOException {
        assertThat(walk(Mp4Bytes.video().large().build())).isInstanceOf(Mp4Findings.class);
    }

    @Test
    void media_data_without_a_size_reaches_to_the_end() throws IOException {
        assertThat(walk(Mp4Bytes.video().open().build())).isInstanceOf(Mp4Findings.class);
    }

    @Test
    void hdr_is_read_from_the_colour_box_or_the_codec() throws IOException {
        assertThat(walk(Mp4Bytes.video().codec("hvc1").transfer(16).build()))
                .asInstanceOf(type(Mp4Findings.class))
                .matches(Mp4Findings::saysHdr);
        assertThat(walk(Mp4Bytes.video().codec("hvc1").transfer(18).build()))
                .asInstanceOf(type(Mp4Findings.class))
                .matches(Mp4Findings::saysHdr);
        assertThat(walk(Mp4Bytes.video().codec("dvh1").build()))
                .asInstanceOf(type(Mp4Findings.class))
                .matches(Mp4Findings::saysHdr);
        assertThat(walk(Mp4Bytes.video().codec("hvc1").transfer(1).build()))
                .asInstanceOf(type(Mp4Findings.class))
                .matches(Mp4Findings::saysSdr);
        assertThat(walk(Mp4Bytes.video().codec("hvc1").build()))
                .asInstanceOf(type(Mp4Findings.class))
                .matches(findings -> !findings.saysHdr() && !findings.saysSdr());
    }

    @Test
    void an_encoded_file_is_complete_and_every_strict_prefix_of_it_is_a_defect() throws IOException {
        Path file = folder.resolve("encoded.mp4");
        SequenceEncoder encoder = SequenceEncoder.create24Fps(file.toFile());
        for (int i = 0; i < 6; i++) {
            encoder.encodeNativeFrame(Picture.create(64, 48, ColorSpace.RGB));
        }
        encoder.finish();
        assertThat(Mp4Walk.of(file)).isInstanceOfSatisfying(Mp4Findings.class, findings -> {
            assertThat(findings.frames()).isEqualTo(6);
            assertThat(findings.durationMillis()).isEqualTo(250);
            assertThat(findings.width()).isEqualTo(64);
            assertThat(findings.height()).isEqualTo(48);
            assertThat(findings.framesPerSecond()).isEqualTo(24);
        });
        everyPrefixIsADefect(Files.readAllBytes(file));
    }

    @Test
    void every_strict_prefix_of_every_form_is_a_defect() throws IOException {
        everyPrefixIsADefect(Mp4Bytes.video().frames(24).build());
        everyPrefixIsADefect(Mp4Bytes.video().frames(24).large().build());
        everyPrefixIsADefect(Mp4Bytes.video().frames(24).open().build());
    }

    private void everyPrefixIsADefect(byte[] whole) throws IOException {
        Path file = Files.write(folder.resolve("prefix.mp4"), whole);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            for (int length = whole.length - 1; length >= 0; length--) {
                channel.truncate(length);
                assertThat(Mp4Walk.of(channel)).as("the first %d bytes", length).isInstanceOf(Mp4Defect.class);
            }
        }
    }

    @Test
    void bytes_after_the_end_are_a_defect() throws IOException {
        byte[] whole = Mp4Bytes.video().build();
        assertThat(walk(join(whole, new byte[3]))).isInstanceOf(Mp4Defect.class);
        assertThat(walk(join(whole, new byte[100]))).isInstanceOf(Mp4Defect.class);
        assertThat(walk(join(whole, ascii("trailing garbage")))).isInstanceOf(Mp4Defect.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ftyp", "moov", "mdat", "mvhd", "trak", "mdia", "stbl", "stsz", "stsc", "stco", "stsd", "vide"})
    void a_file_without_one_of_the_needed_boxes_is_a_defect(String type) throws IOException {
        assertThat(walk(replace(Mp4Bytes.video().build(), type, "skip"))).isInstanceOf(Mp4Defect.class);
    }

    @Test
    void chunks_outside_the_file_are_a_defect() throws IOException {
        assertThat(walk(Mp4Bytes.video().offsetError(1).build()))
                .isInstanceOfSatisfying(
                        Mp4Defect.class, defect -> assertThat(defect.sentence()).contains("chunk 2"));
        assertThat(walk(Mp4Bytes.video().large().offsetError(-100_000).build())).isInstanceOf(Mp4Defect.class);
    }

    @Test
    void sizes_that_lie_are_a_defect_and_nothing_worse() throws IOException {
        byte[] ftyp = box("ftyp", ascii("isom"), u32(0));
        assertThat(walk(join(ftyp, u32(7), ascii("moov")))).isInstanceOf(Mp4Defect.class);
        assertThat(walk(join(ftyp, u32(1), ascii("moov"), u64(-1)))).isInstanceOf(Mp4Defect.class);
        assertThat(walk(join(ftyp, u32(1), ascii("moov"), u64(Long.MAX_VALUE)))).isInstanceOf(Mp4Defect.class);
        assertThat(walk(join(ftyp, u32(1), ascii("moov"), u64(8)))).isInstanceOf(Mp4Defect.class);
        assertThat(walk(join(ftyp, u32(0xFFFFFFFFL), ascii("moov")))).isInstanceOf(Mp4Defect.class);
    }

    @Test
    void tables_that_claim_billions_of_entries_are_a_defect_at_once() throws IOException {
        byte[] whole = Mp4Bytes.video().build();
        for (String table : new String[] {"stco", "stsc", "stsz"}) {
            byte[] copy = whole.clone();
            int count = indexOf(copy, table) + (table.equals("stsz") ? 12 : 8);
            Arrays.fill(copy, count, count + 4, (byte) 0xFF);
            assertThat(walk(copy)).as(table).isInstanceOf(Mp4Defect.class);
        }
        byte[] fixed = whole.clone();
        int size = indexOf(fixed, "stsz") + 8;
        Arrays.fill(fixed, size, size + 8, (byte) 0xFF); // four billion samples of four billion bytes
        int perChunk = indexOf(fixed, "stsc") + 16;
        Arrays.fill(fixed, perChunk, perChunk + 4, (byte) 0xFF);
        assertThat(walk(fixed)).isInstanceOf(Mp4Defect.class);
    }

    @Test
    void a_flood_of_tiny_boxes_is_a_defect() throws IOException {
        byte[] flood = new byte[8 * 200_000];
        ByteBuffer buffer = ByteBuffer.wrap(flood);
        while (buffer.hasRemaining()) {
            buffer.putInt(8).put(ascii("free"));
        }
        assertThat(walk(flood)).isInstanceOfSatisfying(Mp4Defect.class, defect -> assertThat(defect.sentence())
                .contains("more than"));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void seeded_corruption_ends_in_a_result_and_never_in_an_exception(long seed) throws IOException {
        Random random = new Random(seed);
        byte[] whole = Mp4Bytes.video().frames(24).build();
        int defects = 0;
        for (int round = 0; round < 400; round++) {
            byte[] copy = whole.clone();
            int changes = 1 + random.nextInt(8);
            for (int i = 0; i < changes; i++) {
                byte value = (byte) (random.nextBoolean() ? 0xFF : random.nextInt(256));
                copy[random.nextInt(copy.length - 24 * 10)] = value;
            }
            if (walk(copy) instanceof Mp4Defect) {
                defects++;
            }
        }
        assertThat(defects).isPositive();
    }

    @Test
    void text_and_nothing_are_defects() throws IOException {
        assertThat(walk(new byte[0])).isInstanceOf(Mp4Defect.class);
        assertThat(walk(ascii("<!DOCTYPE html><html>"))).isInstanceOf(Mp4Defect.class);
    }
}

package io.camelray.delivery;

import static io.camelray.assets.RudeServer.reply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.camelray.assets.DownloadSettings;
import io.camelray.assets.GuardedDownload;
import io.camelray.assets.Mp4Bytes;
import io.camelray.assets.RudeServer;
import io.camelray.ledger.DeliveryLedger.PendingOutput;
import io.camelray.ledger.DeliveryLedger.SecuredFile;
import io.camelray.model.Destination;
import io.camelray.model.FailureClass;
import io.camelray.model.OutputKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SecuringTest {

    private static final byte[] VIDEO = Mp4Bytes.video().build();
    private static final Destination BUCKET = Destination.parse("s3://videos/out");

    @TempDir
    Path home;

    private final RecordingLedger ledger = new RecordingLedger();
    private final GuardedDownload download =
            new GuardedDownload(DownloadSettings.defaults().withAllowPrivate(true));
    private Spool spool;
    private Securing securing;

    @BeforeEach
    void room() throws IOException {
        spool = new Spool(home, new SpoolMirror(Optional.empty()));
        securing = new Securing(ledger, download, new OutputCheck(), spool, new DeliveryFigures());
    }

    @AfterEach
    void close() {
        download.close();
    }

    private static RudeServer serving(byte[] body) throws IOException {
        return RudeServer.answering(reply("HTTP/1.1 200 OK\nContent-Length: " + body.length, body));
    }

    /** Without a length, so that only the file itself tells whether it is whole. */
    private static RudeServer servingWithoutLength(byte[]... bodies) throws IOException {
        return RudeServer.answering(Arrays.stream(bodies)
                .map(body -> reply("HTTP/1.1 200 OK", body))
                .toArray(RudeServer.Answer[]::new));
    }

    private static PendingOutput pending(RudeServer server, int attempt) {
        return Renders.pending(OutputKind.VIDEO, server.url("/v.mp4?sig=secret"), BUCKET, attempt, Optional.empty());
    }

    @Test
    void an_output_is_downloaded_verified_and_recorded() throws Exception {
        try (RudeServer server = serving(VIDEO)) {
            SecuredOutput output = securing.secure(pending(server, 0));
            assertThat(output.file()).hasBinaryContent(VIDEO).hasParent(spool.folder());
            assertThat(output.contentType()).isEqualTo("video/mp4");
            assertThat(output.key()).isEqualTo("spring/lamp.mp4");
            assertThat(output.bucket()).contains("videos");
            assertThat(output.objectKey()).isEqualTo("out/spring/lamp.mp4");
            assertThat(ledger.secured).hasSize(1).first().satisfies(file -> {
                assertThat(file.file()).isEqualTo(output.file());
                assertThat(file.bytes()).isEqualTo(VIDEO.length);
                assertThat(file.sha256()).isEqualTo(output.sha256());
                assertThat(file.findings()).contains("\"durationMillis\":5042");
            });
        }
    }

    @Test
    void metadata_is_printable_ascii_and_says_where_it_comes_from() throws Exception {
        try (RudeServer server = serving(VIDEO)) {
            SecuredOutput output = securing.secure(pending(server, 0));
            assertThat(output.metadata())
                    .containsEntry("campaign", "spring")
                    .containsEntry("render", "R17")
                    .containsEntry("step", "hero")
                    .containsEntry("variant", "l%C3%A4mp-17_16x9")
                    .containsEntry("provider", "luma")
                    .containsEntry("job", "job-17")
                    .containsEntry("sha256", output.sha256())
                    .containsEntry("ai-generated", "true");
            assertThat(output.metadata().values()).allMatch(value -> value.matches("[ -~]+"));
        }
    }

    @Test
    void a_file_that_is_still_intact_is_used_again_without_asking_the_store() throws Exception {
        try (RudeServer server = serving(VIDEO)) {
            SecuredOutput first = securing.secure(pending(server, 0));
            PendingOutput again = Renders.pending(
                    OutputKind.VIDEO, server.url("/v.mp4"), BUCKET, 1, Optional.of(ledger.secured.get(0)));
            assertThat(securing.secure(again).file()).isEqualTo(first.file());
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void a_file_that_was_damaged_in_the_spool_is_downloaded_again() throws Exception {
        try (RudeServer server = serving(VIDEO)) {
            SecuredOutput first = securing.secure(pending(server, 0));
            SecuredFile record = ledger.secured.get(0);
            byte[] damaged = VIDEO.clone();
            damaged[damaged.length - 1] ^= 1;
            Files.write(first.file(), damaged);
            PendingOutput again = new PendingOutput(
                    6,
                    pending(server, 0).render(),
                    OutputKind.VIDEO,
                    server.url("/v.mp4"),
                    Renders.PLANNED,
                    BUCKET,
                    "k.mp4",
                    "",
                    1,
                    Optional.of(record),
                    true);
            assertThat(securing.secure(again).file()).hasBinaryContent(VIDEO);
            assertThat(server.requests()).hasSize(2);
        }
    }

    @Test
    void a_verified_file_that_the_ledger_never_heard_of_is_found_even_after_its_url_died() throws Exception {
        try (RudeServer server = serving(VIDEO)) {
            securing.secure(pending(server, 0));
        }
        ledger.secured.clear();
        try (RudeServer server = RudeServer.answering(reply("HTTP/1.1 404 Gone\nContent-Length: 0", ""))) {
            assertThat(securing.secure(pending(server, 0)).file()).hasBinaryContent(VIDEO);
            assertThat(ledger.secured).hasSize(1);
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void an_expired_url_is_reported_as_such() throws Exception {
        try (RudeServer server = RudeServer.answering(reply("HTTP/1.1 403 Forbidden\nContent-Length: 0", ""))) {
            assertThatThrownBy(() -> securing.secure(pending(server, 0)))
                    .isInstanceOf(UrlExpiredException.class)
                    .hasMessageNotContaining("secret");
        }
    }

    @Test
    void a_busy_store_means_later_and_its_wish_is_honoured() throws Exception {
        try (RudeServer server =
                RudeServer.answering(reply("HTTP/1.1 503 Busy\nRetry-After: 90\nContent-Length: 0", ""))) {
            DeliveryRetryException later =
                    catchThrowableOfType(DeliveryRetryException.class, () -> securing.secure(pending(server, 0)));
            assertThat(later.delay()).isEqualTo(Duration.ofSeconds(90));
        }
    }

    @Test
    void delays_double_up_to_five_minutes() throws Exception {
        try (RudeServer server = RudeServer.answering(reply("HTTP/1.1 500 Oops\nContent-Length: 0", ""))) {
            int[] attempts = {0, 1, 2, 5, 6, 1000};
            Duration[] delays = Arrays.stream(attempts)
                    .mapToObj(attempt -> catchThrowableOfType(
                            DeliveryRetryException.class, () -> securing.secure(pending(server, attempt))))
                    .map(DeliveryRetryException::delay)
                    .toArray(Duration[]::new);
            assertThat(delays)
                    .containsExactly(
                            Duration.ofSeconds(5),
                            Duration.ofSeconds(10),
                            Duration.ofSeconds(20),
                            Duration.ofSeconds(160),
                            Duration.ofMinutes(5),
                            Duration.ofMinutes(5));
        }
    }

    @Test
    void a_body_cut_off_without_a_length_is_never_kept() throws Exception {
        byte[] cut = Arrays.copyOf(VIDEO, VIDEO.length - 100);
        try (RudeServer server = servingWithoutLength(cut)) {
            assertThatThrownBy(() -> securing.secure(pending(server, 0)))
                    .isInstanceOf(DeliveryRetryException.class)
                    .hasMessageContaining("Not a complete MP4");
            assertThat(ledger.secured).isEmpty();
            assertThat(spool.folder()).isEmptyDirectory();
        }
    }

    @Test
    void a_defect_is_believed_at_the_last_try_if_the_same_bytes_come_twice() throws Exception {
        byte[] cut = Arrays.copyOf(VIDEO, VIDEO.length - 100);
        try (RudeServer server = servingWithoutLength(cut)) {
            DeliveryDefectException defect =
                    catchThrowableOfType(DeliveryDefectException.class, () -> securing.secure(pending(server, 2)));
            assertThat(defect.failure().kind()).isEqualTo(FailureClass.DELIVERY);
            assertThat(defect.failure().reason()).contains("Not a complete MP4");
            assertThat(defect.failure().remedy()).contains("job-17");
            assertThat(server.requests()).hasSize(2);
        }
    }

    @Test
    void a_bad_connection_is_not_mistaken_for_a_defect() throws Exception {
        byte[] cut = Arrays.copyOf(VIDEO, VIDEO.length - 100);
        byte[] cutElsewhere = Arrays.copyOf(VIDEO, VIDEO.length - 200);
        try (RudeServer server = servingWithoutLength(cut, cutElsewhere)) {
            assertThatThrownBy(() -> securing.secure(pending(server, 9))).isInstanceOf(DeliveryRetryException.class);
        }
        try (RudeServer server = servingWithoutLength(cut, VIDEO)) {
            assertThat(securing.secure(pending(server, 9)).file()).hasBinaryContent(VIDEO);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>busy</html>"})
    void nothing_and_web_pages_are_tried_again_before_they_are_a_defect(String body) throws Exception {
        try (RudeServer server = serving(body.getBytes(StandardCharsets.UTF_8))) {
            assertThatThrownBy(() -> securing.secure(pending(server, 0))).isInstanceOf(DeliveryRetryException.class);
            assertThatThrownBy(() -> securing.secure(pending(server, 2))).isInstanceOf(DeliveryDefectException.class);
        }
    }

    @Test
    void a_video_of_another_shape_is_delivered_and_flagged() throws Exception {
        try (RudeServer server = serving(Mp4Bytes.video().size(720, 1280).build())) {
            assertThat(securing.secure(pending(server, 0)).findings()).contains("ratio: 720x1280 instead of 16:9");
        }
    }

    @Test
    void an_exr_that_comes_as_a_package_gets_the_other_key() throws Exception {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(packed)) {
            zip.putNextEntry(new ZipEntry("frame.exr"));
        }
        try (RudeServer server = serving(packed.toByteArray())) {
            PendingOutput exr = Renders.pending(OutputKind.EXR, server.url("/x"), BUCKET, 0, Optional.empty());
            SecuredOutput output = securing.secure(exr);
            assertThat(output.key()).isEqualTo("spring/lamp.zip");
            assertThat(output.contentType()).isEqualTo("application/zip");
        }
    }

    @Test
    void a_thumbnail_is_called_by_what_it_is() throws Exception {
        byte[] png = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n', 0};
        byte[] jpeg = {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) 0xE0};
        try (RudeServer server = serving(png)) {
            PendingOutput thumbnail =
                    Renders.pending(OutputKind.THUMBNAIL, server.url("/x"), BUCKET, 0, Optional.empty());
            assertThat(securing.secure(thumbnail).key()).isEqualTo("spring/lamp.png");
            spool.remove(thumbnail);
        }
        try (RudeServer server = serving(jpeg)) {
            PendingOutput thumbnail =
                    Renders.pending(OutputKind.THUMBNAIL, server.url("/x"), BUCKET, 0, Optional.empty());
            assertThat(securing.secure(thumbnail).key()).isEqualTo("spring/lamp.jpg");
        }
    }

    @Test
    void what_is_not_offered_is_asked_for_again_unless_the_provider_never_gives_it() {
        assertThatThrownBy(() -> securing.secure(Renders.pending(OutputKind.EXR, "", BUCKET, 0, Optional.empty())))
                .isInstanceOf(UrlExpiredException.class);
        assertThatThrownBy(
                        () -> securing.secure(Renders.pending(OutputKind.THUMBNAIL, "", BUCKET, 0, Optional.empty())))
                .isInstanceOf(DeliveryDefectException.class)
                .hasMessageContaining("offers no thumbnail");
    }

    @Test
    void a_private_address_is_refused_with_its_remedy() throws Exception {
        try (GuardedDownload strict = new GuardedDownload(DownloadSettings.defaults());
                RudeServer server = serving(VIDEO)) {
            Securing guarded = new Securing(ledger, strict, new OutputCheck(), spool, new DeliveryFigures());
            assertThatThrownBy(() -> guarded.secure(pending(server, 0)))
                    .isInstanceOf(DeliveryRetryException.class)
                    .hasMessageContaining("ray.download.allow-private");
            assertThatThrownBy(() -> guarded.secure(pending(server, 2))).isInstanceOf(DeliveryDefectException.class);
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void a_key_that_leaves_its_folder_over_a_link_waits_for_a_person() throws Exception {
        Path out = Files.createDirectory(home.resolve("out"));
        Files.createSymbolicLink(out.resolve("spring"), Files.createDirectory(home.resolve("elsewhere")));
        try (RudeServer server = serving(VIDEO)) {
            PendingOutput pending = Renders.pending(
                    OutputKind.VIDEO, server.url("/v"), new Destination.Folder(out), 0, Optional.empty());
            assertThatThrownBy(() -> securing.secure(pending))
                    .isInstanceOf(DeliveryRetryException.class)
                    .hasMessageContaining("out of the folder");
        }
    }

    @Test
    void the_spool_counts_its_bytes_and_sweeps_only_what_nobody_needs() throws Exception {
        try (RudeServer server = serving(VIDEO)) {
            Path kept = securing.secure(pending(server, 0)).file();
            Files.writeString(spool.folder().resolve("9-0123456789ab.part"), "half");
            Files.writeString(spool.folder().resolve("9-0123456789ab.part.mark"), "m");
            Files.writeString(spool.folder().resolve("note.txt"), "mine");
            assertThat(spool.bytesUsed()).isEqualTo(VIDEO.length + 9);
            assertThat(spool.sweep(id -> id == 5)).isEqualTo(2);
            assertThat(spool.folder()).isDirectoryContaining(kept::equals);
            assertThat(spool.sweep(id -> false)).isEqualTo(1);
            assertThat(spool.folder().resolve("note.txt")).exists();
        }
    }
}

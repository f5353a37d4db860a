package io.camelray.delivery;

import static io.camelray.assets.RudeServer.reply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.camelray.assets.DownloadSettings;
import io.camelray.assets.GuardedDownload;
import io.camelray.assets.Mp4Bytes;
import io.camelray.assets.RudeServer;
import io.camelray.ledger.DeliveryLedger.PendingOutput;
import io.camelray.ledger.DeliveryLedger.SecuredFile;
import io.camelray.model.Destination;
import io.camelray.model.OutputKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes with a spool each and one mirror; the provider's storage forgets after it was asked once. */
class SpoolMirrorTest {

    private static final byte[] VIDEO = Mp4Bytes.video().build();
    private static final Destination BUCKET = Destination.parse("s3://videos/out");

    @TempDir
    Path home;

    private final RecordingLedger ledger = new RecordingLedger();
    private final GuardedDownload download =
            new GuardedDownload(DownloadSettings.defaults().withAllowPrivate(true));
    private Path mirror;

    @BeforeEach
    void mount() throws IOException {
        mirror = Files.createDirectory(home.resolve("mirror"));
    }

    @AfterEach
    void close() {
        download.close();
    }

    private Spool spool(String node) throws IOException {
        return new Spool(home.resolve(node), new SpoolMirror(Optional.of(mirror)));
    }

    private Securing node(String name) throws IOException {
        return new Securing(ledger, download, new OutputCheck(), spool(name), new DeliveryFigures());
    }

    private static RudeServer servingOnce() throws IOException {
        return RudeServer.answering(
                reply("HTTP/1.1 200 OK\nContent-Length: " + VIDEO.length, VIDEO),
                reply("HTTP/1.1 404 Not Found\nContent-Length: 0", new byte[0]));
    }

    private static PendingOutput pending(RudeServer server, Optional<SecuredFile> secured) {
        return Renders.ofReplicate(server.url("/v.mp4"), BUCKET, secured);
    }

    /** The first node fetches the output and is lost, with its disk. */
    private PendingOutput lost(RudeServer server) throws Exception {
        SecuredOutput first = node("first").secure(pending(server, Optional.empty()));
        Files.delete(first.file());
        return pending(server, Optional.of(ledger.secured.get(0)));
    }

    @Test
    void what_was_lost_with_a_node_is_taken_from_the_mirror() throws Exception {
        try (RudeServer server = servingOnce()) {
            SecuredOutput output = node("second").secure(lost(server));

            assertThat(output.file()).hasBinaryContent(VIDEO).startsWith(home.resolve("second"));
            assertThat(server.requests()).hasSize(1);
            assertThat(mirror).isDirectoryContaining("glob:**.out");

            spool("second").remove(pending(server, Optional.empty()));

            assertThat(mirror).isEmptyDirectory();
        }
    }

    @Test
    void a_copy_that_was_damaged_is_not_taken() throws Exception {
        try (RudeServer server = servingOnce()) {
            PendingOutput lost = lost(server);
            byte[] damaged = VIDEO.clone();
            damaged[damaged.length - 1] ^= 1;
            Files.write(mirror.resolve(Spool.fileName(lost)), damaged);

            assertThatThrownBy(() -> node("second").secure(lost)).isInstanceOf(UrlExpiredException.class);
        }
    }

    @Test
    void nothing_is_given_up_while_the_mirror_is_away() throws Exception {
        try (RudeServer server = servingOnce()) {
            PendingOutput lost = lost(server);
            Path unmounted = Files.move(mirror, home.resolve("unmounted"));

            assertThatThrownBy(() -> node("second").secure(lost))
                    .isInstanceOf(DeliveryRetryException.class)
                    .hasMessageContaining("ray.spool.mirror");

            Files.move(unmounted, mirror);
            assertThat(node("second").secure(lost).file()).hasBinaryContent(VIDEO);
        }
    }

    @Test
    void a_mirror_that_is_away_delays_nothing_and_is_not_made() throws Exception {
        Files.delete(mirror);
        try (RudeServer server = servingOnce()) {
            Securing node = node("first");
            assertThat(node.secure(pending(server, Optional.empty())).file()).hasBinaryContent(VIDEO);
            assertThat(mirror).doesNotExist();

            Files.createDirectory(mirror);
            node.secure(pending(server, Optional.of(ledger.secured.get(0))));

            assertThat(mirror).isDirectoryContaining("glob:**.out");
        }
    }

    @Test
    void what_can_be_had_anew_is_not_mirrored() throws Exception {
        try (RudeServer server = servingOnce()) {
            node("first").secure(Renders.pending(OutputKind.VIDEO, server.url("/v.mp4"), BUCKET, 0, Optional.empty()));

            assertThat(mirror).isEmptyDirectory();
        }
    }

    @Test
    void only_old_copies_that_nobody_needs_are_swept() throws IOException {
        Instant now = Instant.parse("2026-11-21T09:00:00Z");
        for (String name : new String[] {"5-0123456789ab.out", "6-0123456789ab.out", "note.txt"}) {
            Files.setLastModifiedTime(
                    Files.writeString(mirror.resolve(name), "x"), FileTime.from(now.minus(Duration.ofDays(9))));
        }
        Path young = Files.writeString(mirror.resolve("7-0123456789ab.out"), "x");
        Files.setLastModifiedTime(young, FileTime.from(now));

        assertThat(new SpoolMirror(Optional.of(mirror)).sweep(id -> id == 5, now.minus(Duration.ofDays(7))))
                .isEqualTo(1);

        assertThat(mirror.resolve("6-0123456789ab.out")).doesNotExist();
        assertThat(mirror.resolve("5-0123456789ab.out")).exists();
        assertThat(mirror.resolve("note.txt")).exists();
        assertThat(young).exists();
    }
}

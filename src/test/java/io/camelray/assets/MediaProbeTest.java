package io.camelray.assets;

import static io.camelray.assets.RudeServer.reply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.camelray.assets.MediaRefusal.Forbidden;
import io.camelray.assets.MediaRefusal.Unreachable;
import io.camelray.assets.MediaRefusal.Unusable;
import io.camelray.assets.ProbeResult.Found;
import io.camelray.model.Destination;
import io.camelray.model.MediaFacts;
import io.camelray.model.MediaRef;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.S3Client;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MediaProbeTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-05-01T12:00:00Z"), ZoneOffset.UTC);

    @TempDir
    Path home;

    private Path folder() throws IOException {
        return Files.createDirectories(home.resolve("manifest"));
    }

    private AssetSettings settings() {
        return AssetSettings.defaults(home.resolve("scratch"))
                .withMaxBytes(1_000_000)
                .withDownloads(DownloadSettings.defaults().withAllowPrivate(true));
    }

    private static S3Client noStore() {
        throw new AssertionError("no store is needed");
    }

    private ProbeResult probe(MediaRef ref, AssetSettings settings) throws IOException {
        try (MediaProbe probe = new MediaProbe(settings, MediaProbeTest::noStore, CLOCK)) {
            return plain(probe.probe(ref, folder()));
        }
    }

    /** What it is, less which bytes it is. */
    private static ProbeResult plain(ProbeResult result) {
        return result instanceof Found found ? new Found(found.facts(), "") : result;
    }

    private String content(String url) throws IOException {
        try (MediaProbe probe = new MediaProbe(settings(), MediaProbeTest::noStore, CLOCK)) {
            return ((Found) probe.probe(new MediaRef.Web(url), folder())).content();
        }
    }

    private ProbeResult probeFile(byte[] bytes) throws IOException {
        Files.write(folder().resolve("asset.bin"), bytes);
        return probe(new MediaRef.LocalFile("asset.bin", ""), settings());
    }

    private ProbeResult probeWeb(String url) throws IOException {
        return probe(new MediaRef.Web(url), settings());
    }

    private static Found found(String type, byte[] bytes, int width, int height, int frames) {
        return new Found(new MediaFacts(type, bytes.length, width, height, frames, 0), "");
    }

    @AfterEach
    void nothing_is_left_in_the_scratch_folder() throws IOException {
        if (Files.exists(home.resolve("scratch"))) {
            try (Stream<Path> left = Files.list(home.resolve("scratch"))) {
                assertThat(left).isEmpty();
            }
        }
    }

    private record Sample(String type, byte[] bytes, int width, int height, int frames) {

        @Override
        public String toString() {
            return frames + " x " + type + " of " + width + "x" + height;
        }
    }

    static List<Sample> samples() throws IOException {
        return List.of(
                new Sample("image/png", Pictures.png(640, 360), 640, 360, 1),
                new Sample("image/png", Pictures.animatedPng(64, 36, 7), 64, 36, 7),
                new Sample("image/png", Pictures.pngBomb(60_000), 60_000, 60_000, 1),
                new Sample("image/jpeg", Pictures.jpeg(641, 359), 641, 359, 1),
                new Sample("image/jpeg", Pictures.jpegBehind(400_000, 320, 200), 320, 200, 1),
                new Sample("image/gif", Pictures.gif(120, 80, 1), 120, 80, 1),
                new Sample("image/gif", Pictures.gif(120, 80, 5), 120, 80, 5),
                new Sample("image/gif", Pictures.gif(900, 900, 200), 900, 900, 200),
                new Sample("image/webp", Pictures.LOSSY_WEBP, 1, 1, 1),
                new Sample("image/webp", Pictures.LOSSLESS_WEBP, 1, 1, 1),
                new Sample("image/webp", Pictures.ANIMATED_WEBP, 1, 1, 1),
                new Sample("image/webp", Pictures.extendedWebp(9000, 4000, 1), 9000, 4000, 1),
                new Sample("image/webp", Pictures.extendedWebp(300, 200, 12), 300, 200, 12));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void an_image_file_tells_its_kind_pixels_and_pictures(Sample sample) throws IOException {
        assertThat(probeFile(sample.bytes()))
                .isEqualTo(found(sample.type(), sample.bytes(), sample.width(), sample.height(), sample.frames()));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void an_image_on_the_web_tells_the_same_whatever_its_name_and_content_type(Sample sample) throws IOException {
        try (RangeServer server = RangeServer.of(sample.bytes(), "application/octet-stream")) {
            assertThat(probeWeb(server.url("/picture.mp4")))
                    .isEqualTo(found(sample.type(), sample.bytes(), sample.width(), sample.height(), sample.frames()));
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void an_image_of_unknown_length_is_read_to_its_end(Sample sample) throws IOException {
        try (RudeServer server = RudeServer.answering(reply("HTTP/1.1 200 OK", sample.bytes()))) {
            assertThat(probeWeb(server.url("/picture")))
                    .isEqualTo(found(sample.type(), sample.bytes(), sample.width(), sample.height(), sample.frames()));
        }
    }

    @Test
    void only_the_beginning_of_a_large_image_is_fetched() throws IOException {
        byte[] large = Arrays.copyOf(Pictures.png(640, 360), 900_000);
        try (RangeServer server = RangeServer.of(large, "image/png")) {
            assertThat(probeWeb(server.url("/large.png"))).isEqualTo(found("image/png", large, 640, 360, 1));
            assertThat(server.ranges()).containsExactly("bytes=0-131071");
            assertThat(server.sent()).isEqualTo(131_072);
        }
    }

    @Test
    void a_video_tells_seconds_frames_and_pixels_from_its_whole_walk() throws IOException {
        byte[] video = Mp4Bytes.video().size(1280, 720).frames(120).build();
        Found expected = new Found(new MediaFacts("video/mp4", video.length, 1280, 720, 120, 5.0), "");
        assertThat(probeFile(video)).isEqualTo(expected);
        try (RangeServer server = RangeServer.of(video, "text/plain")) {
            assertThat(probeWeb(server.url("/clip.jpg"))).isEqualTo(expected);
        }
    }

    @Test
    void a_video_that_is_cut_off_is_unusable() throws IOException {
        byte[] video = Mp4Bytes.video().build();
        assertThat(probeFile(Arrays.copyOf(video, video.length - 100)))
                .isInstanceOfSatisfying(Unusable.class, bad -> assertThat(bad.reason())
                        .contains("asset.bin is broken", "Not a complete MP4"));
    }

    @Test
    void an_image_that_is_cut_off_in_its_header_is_unusable() throws IOException {
        for (byte[] whole :
                List.of(Pictures.png(64, 36), Pictures.jpeg(64, 36), Pictures.gif(64, 36, 2), Pictures.LOSSLESS_WEBP)) {
            assertThat(probeFile(Arrays.copyOf(whole, 15)))
                    .isInstanceOfSatisfying(
                            Unusable.class, bad -> assertThat(bad.reason()).contains("is cut off"));
        }
    }

    @Test
    void a_webp_that_is_really_a_zip_is_unusable() throws IOException {
        ByteArrayOutputStream zip = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(zip)) {
            out.putNextEntry(new ZipEntry("picture.webp"));
            out.write(Pictures.LOSSY_WEBP);
        }
        try (RangeServer server = RangeServer.of(zip.toByteArray(), "image/webp")) {
            assertThat(probeWeb(server.url("/a.webp?X-Amz-Signature=secret")))
                    .isEqualTo(new Unusable(
                            server.url("/a.webp") + " is neither an image nor a video, but a ZIP package"));
        }
    }

    @Test
    void a_web_page_with_status_200_is_unusable() throws IOException {
        byte[] page = "\n<!DOCTYPE html><title>Sign in</title>".getBytes(StandardCharsets.UTF_8);
        try (RangeServer server = RangeServer.of(page, "image/png")) {
            assertThat(probeWeb(server.url("/a.png")))
                    .isInstanceOfSatisfying(
                            Unusable.class, bad -> assertThat(bad.reason()).contains("a page of text"));
        }
    }

    @Test
    void nothing_at_all_is_unusable() throws IOException {
        assertThat(probeFile(new byte[0])).isEqualTo(new Unusable("asset.bin is empty"));
        try (RudeServer server = RudeServer.answering(reply("HTTP/1.1 200 OK\nContent-Length: 0", ""))) {
            assertThat(probeWeb(server.url("/a.png"))).isInstanceOf(Unusable.class);
        }
        try (RudeServer server = RudeServer.answering(
                reply("HTTP/1.1 416 Range Not Satisfiable\nContent-Length: 0", ""),
                reply("HTTP/1.1 200 OK\nContent-Length: 0", ""))) {
            assertThat(probeWeb(server.url("/a.png"))).isInstanceOf(Unusable.class);
        }
    }

    @Test
    void a_server_that_refuses_ranges_is_asked_for_the_whole() throws IOException {
        byte[] png = Pictures.png(64, 36);
        try (RudeServer server = RudeServer.answering(
                reply("HTTP/1.1 416 Range Not Satisfiable\nContent-Length: 0", ""),
                reply("HTTP/1.1 200 OK\nContent-Length: " + png.length, png))) {
            assertThat(probeWeb(server.url("/a.png"))).isEqualTo(found("image/png", png, 64, 36, 1));
        }
    }

    @Test
    void an_endless_body_ends_at_the_limit() throws IOException {
        byte[] start = Arrays.copyOf(Pictures.png(64, 36), 8 + 25); // never comes to the picture
        byte[] chunk = Mp4Bytes.join(Mp4Bytes.u32(9_988), Mp4Bytes.ascii("tEXt"), new byte[9_992]);
        try (RudeServer server = RudeServer.answering(out -> {
            reply("HTTP/1.1 200 OK\nContent-Type: image/png", start).write(out);
            while (true) {
                out.write(chunk);
            }
        })) {
            assertThat(probeWeb(server.url("/a.png?sig=secret")))
                    .isInstanceOfSatisfying(Unusable.class, bad -> assertThat(bad.reason())
                            .contains("larger than the allowed 1000000 bytes")
                            .doesNotContain("secret"));
        }
    }

    @Test
    void more_than_the_limit_is_refused_before_it_is_fetched() throws IOException {
        byte[] large = Arrays.copyOf(Mp4Bytes.video().build(), 1_000_001);
        try (RangeServer server = RangeServer.of(large, "video/mp4")) {
            assertThat(probeWeb(server.url("/a.mp4"))).isInstanceOf(Unusable.class);
            assertThat(server.sent()).isLessThan(200_000);
        }
        assertThat(probeFile(large))
                .isEqualTo(new Unusable("asset.bin has 1000001 bytes; at most 1000000 are allowed"));
    }

    @Test
    void a_gzip_bomb_is_never_unpacked() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            out.write(Pictures.png(64, 36));
            for (int i = 0; i < 100; i++) {
                out.write(new byte[1_000_000]);
            }
        }
        byte[] body = packed.toByteArray();
        String head =
                "HTTP/1.1 200 OK\nContent-Type: image/png\nContent-Encoding: gzip\nContent-Length: " + body.length;
        try (RudeServer server = RudeServer.answering(reply(head, body))) {
            assertThat(probeWeb(server.url("/a.png")))
                    .isInstanceOfSatisfying(
                            Unusable.class, bad -> assertThat(bad.reason()).contains("compressed with gzip"));
        }
    }

    @Test
    void a_silent_server_is_given_up_and_may_be_asked_again() throws IOException {
        CountDownLatch over = new CountDownLatch(1);
        try (RudeServer server = RudeServer.answering(out -> await(over))) {
            Duration moment = Duration.ofMillis(300);
            AssetSettings impatient = settings()
                    .withDownloads(
                            DownloadSettings.defaults().withAllowPrivate(true).withTimeouts(moment, moment, moment));
            assertThat(probe(new MediaRef.Web(server.url("/a.png")), impatient))
                    .isInstanceOfSatisfying(Unreachable.class, gone -> assertThat(gone.retryable())
                            .isTrue());
        } finally {
            over.countDown();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void a_url_that_is_refused_stays_refused_and_a_busy_server_does_not() throws IOException {
        try (RudeServer server = RudeServer.answering(
                reply("HTTP/1.1 403 Forbidden\nContent-Length: 0", ""),
                reply("HTTP/1.1 503 Service Unavailable\nContent-Length: 0", ""))) {
            assertThat(probeWeb(server.url("/a.png?sig=secret")))
                    .isEqualTo(new Unreachable("The store answered 403 to the URL " + server.url("/a.png"), false));
            assertThat(probeWeb(server.url("/a.png?sig=secret")))
                    .isEqualTo(new Unreachable("The store answered 503 to the URL " + server.url("/a.png"), true));
        }
    }

    @Test
    void an_expired_presigned_url_is_refused_without_asking() throws IOException {
        try (RudeServer server = RudeServer.answering(reply("HTTP/1.1 200 OK", Pictures.png(64, 36)))) {
            String query = "?X-Amz-Date=20260501T105959Z&X-Amz-Expires=3600&X-Amz-Signature=secret";
            assertThat(probeWeb(server.url("/a.png" + query)))
                    .isEqualTo(new Unreachable("The presigned URL " + server.url("/a.png") + " has expired", false));
            assertThat(server.requests()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://example.com/a.png",
                "https://127.0.0.1/a.png",
                "https://169.254.169.254/latest/meta-data",
                "https://localhost/a.png",
                "https://me:password@example.com/a.png",
                "file:///etc/passwd"
            })
    void private_addresses_and_other_schemes_are_forbidden_with_a_remedy(String url) throws IOException {
        assertThat(probe(new MediaRef.Web(url), AssetSettings.defaults(home.resolve("scratch"))))
                .isInstanceOfSatisfying(Forbidden.class, forbidden -> {
                    assertThat(forbidden.remedy()).contains("public https address");
                    assertThat(forbidden.reason()).doesNotContain("password@");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"/frames/x.png", "frames/x.png?sig=secret", "https://exa mple.com/x?sig=secret"})
    void what_is_no_absolute_url_is_unusable(String url) throws IOException {
        assertThat(probeWeb(url)).isInstanceOfSatisfying(Unusable.class, bad -> assertThat(bad.reason())
                .contains("URL")
                .doesNotContain("secret"));
    }

    @Test
    void a_redirect_to_a_private_address_is_forbidden() throws IOException {
        InetAddress here = InetAddress.getByName("127.0.0.1");
        VettingDnsResolver resolver = new VettingDnsResolver(
                SystemDefaultDnsResolver.INSTANCE, address -> address.equals(here) || AddressGuard.isPublic(address));
        try (RudeServer server = RudeServer.answering(
                        reply("HTTP/1.1 302 Found\nLocation: http://10.0.0.1/x?key=secret\nContent-Length: 0", ""));
                MediaProbe probe = new MediaProbe(
                        settings(),
                        new GuardedDownload(settings().downloads(), resolver, System::nanoTime),
                        MediaProbeTest::noStore,
                        CLOCK)) {
            assertThat(probe.probe(new MediaRef.Web(server.url("/a.png")), folder()))
                    .isInstanceOfSatisfying(Forbidden.class, forbidden -> assertThat(forbidden.reason())
                            .contains("10.0.0.1")
                            .doesNotContain("secret"));
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void a_link_out_of_the_manifests_folder_is_forbidden_and_one_inside_is_not() throws IOException {
        byte[] png = Pictures.png(64, 36);
        Files.write(home.resolve("outside.png"), png);
        Files.write(folder().resolve("inside.png"), png);
        Files.createSymbolicLink(folder().resolve("escape.png"), home.resolve("outside.png"));
        Files.createSymbolicLink(folder().resolve("link.png"), folder().resolve("inside.png"));
        assertThat(probe(new MediaRef.LocalFile("link.png", ""), settings())).isInstanceOf(Found.class);
        for (String escape : List.of(
                "escape.png", "../outside.png", home.resolve("outside.png").toString())) {
            assertThat(probe(new MediaRef.LocalFile(escape, ""), settings()))
                    .isInstanceOfSatisfying(
                            Forbidden.class, no -> assertThat(no.remedy()).contains("ray.assets.allow"));
        }
        AssetSettings wider = settings().withAllowed(List.of(new Destination.Folder(home)));
        assertThat(probe(new MediaRef.LocalFile("escape.png", ""), wider)).isInstanceOf(Found.class);
    }

    @Test
    void a_folder_beside_the_allowed_one_with_a_longer_name_is_forbidden() throws IOException {
        Path twin = Files.createDirectories(home.resolve("manifest-private"));
        Files.write(twin.resolve("a.png"), Pictures.png(64, 36));
        assertThat(probe(new MediaRef.LocalFile("../manifest-private/a.png", ""), settings()))
                .isInstanceOf(Forbidden.class);
    }

    @Test
    void what_is_not_there_or_no_file_is_refused() throws IOException {
        Files.createDirectories(folder().resolve("sub"));
        assertThat(probe(new MediaRef.LocalFile("none.png", ""), settings()))
                .isEqualTo(new Unreachable("There is no file none.png", false));
        assertThat(probe(new MediaRef.LocalFile("sub", ""), settings())).isEqualTo(new Unusable("sub is not a file"));
        assertThat(probe(new MediaRef.LocalFile("a\0b", ""), settings())).isInstanceOf(Unusable.class);
    }

    @Test
    void an_object_is_looked_into_only_inside_allowed_prefixes() throws Exception {
        byte[] png = Pictures.png(64, 36);
        byte[] video = Mp4Bytes.video().frames(48).build();
        AssetSettings allowing = settings().withAllowed(List.of(new Destination.Bucket(LocalS3.BUCKET, "assets/")));
        try (LocalS3 s3 = LocalS3.start(Files.createDirectories(home.resolve("s3")));
                MediaProbe probe = new MediaProbe(allowing, s3::client, CLOCK)) {
            ObjectStore store = new ObjectStore(s3.client());
            store.put(LocalS3.BUCKET, "assets/a.bin", "text/plain", png);
            store.put(LocalS3.BUCKET, "assets/clip", "image/png", video);
            store.put(LocalS3.BUCKET, "assets/empty", "image/png", new byte[0]);
            store.put(LocalS3.BUCKET, "assets/large", "image/png", new byte[1_000_001]);
            store.put(LocalS3.BUCKET, "private/a.png", "image/png", png);
            assertThat(plain(probe.probe(stored("assets/a.bin"), folder())))
                    .isEqualTo(found("image/png", png, 64, 36, 1));
            assertThat(plain(probe.probe(stored("assets/clip"), folder())))
                    .isEqualTo(new Found(new MediaFacts("video/mp4", video.length, 1280, 720, 48, 2.0), ""));
            assertThat(probe.probe(stored("assets/empty"), folder()))
                    .isEqualTo(new Unusable("s3://videos/assets/empty is empty"));
            assertThat(probe.probe(stored("assets/large"), folder())).isInstanceOf(Unusable.class);
            assertThat(probe.probe(stored("assets/none"), folder()))
                    .isEqualTo(new Unreachable("There is no object s3://videos/assets/none", false));
            assertThat(probe.probe(stored("private/a.png"), folder())).isInstanceOf(Forbidden.class);
            assertThat(probe.probe(new MediaRef.Stored("other", "assets/a.bin"), folder()))
                    .isInstanceOf(Forbidden.class);
        }
    }

    private static MediaRef stored(String key) {
        return new MediaRef.Stored(LocalS3.BUCKET, key);
    }

    @Test
    void wrong_credentials_are_a_refusal_for_good() throws Exception {
        AssetSettings allowing = settings().withAllowed(List.of(new Destination.Bucket(LocalS3.BUCKET, "")));
        try (LocalS3 s3 = LocalS3.start(Files.createDirectories(home.resolve("s3")));
                S3Client wrong = s3.client("wrong");
                MediaProbe probe = new MediaProbe(allowing, () -> wrong, CLOCK)) {
            assertThat(probe.probe(stored("a.png"), folder()))
                    .isInstanceOfSatisfying(Unreachable.class, gone -> assertThat(gone.retryable())
                            .isFalse());
        }
    }

    @Test
    void the_same_bytes_are_the_same_behind_another_address_and_other_bytes_are_not() throws IOException {
        String first = "?X-Amz-Date=20260501T110000Z&X-Amz-Expires=7200&X-Amz-Signature=1";
        String second = "?X-Amz-Date=20260501T113000Z&X-Amz-Expires=7200&X-Amz-Signature=2";
        for (byte[] bytes : List.of(Pictures.png(64, 36), Mp4Bytes.video().build())) {
            try (RangeServer server = RangeServer.of(bytes, "image/png")) {
                assertThat(content(server.url("/a" + first)))
                        .isEqualTo(content(server.url("/b" + second)))
                        .isEqualTo("sha256 "
                                + ContentDigests.of(new ByteArrayInputStream(bytes))
                                        .sha256());
            }
        }
        try (RangeServer server = RangeServer.of(Pictures.png(64, 36), "image/png");
                RangeServer other = RangeServer.of(Pictures.png(64, 37), "image/png")) {
            assertThat(content(server.url("/a"))).isNotEqualTo(content(other.url("/a")));
        }
    }

    @Test
    void a_large_image_is_known_by_its_beginning_its_length_and_a_strong_tag() throws IOException {
        byte[] large = Arrays.copyOf(Pictures.png(640, 360), 900_000);
        try (RangeServer server = RangeServer.of(large, "image/png");
                RangeServer longer = RangeServer.of(Arrays.copyOf(large, 900_001), "image/png")) {
            assertThat(content(server.url("/a?sig=1")))
                    .isEqualTo(content(server.url("/b?sig=2")))
                    .isNotEqualTo(content(longer.url("/a?sig=1")));
        }
        assertThat(tagged(large, "\"1\""))
                .isEqualTo(tagged(large, "\"1\""))
                .isNotEqualTo(tagged(large, "\"2\""))
                .isNotEqualTo(tagged(large, "W/\"1\""));
        assertThat(tagged(large, "W/\"1\"")).isEqualTo(tagged(large, "W/\"2\""));
    }

    private String tagged(byte[] large, String tag) throws IOException {
        byte[] beginning = Arrays.copyOf(large, 131_072);
        String head = "HTTP/1.1 206 Partial Content\nContent-Range: bytes 0-131071/" + large.length
                + "\nContent-Length: 131072\nETag: " + tag;
        try (RudeServer server = RudeServer.answering(reply(head, beginning))) {
            return content(server.url("/a"));
        }
    }

    @Test
    void what_was_found_is_not_asked_for_again_for_a_minute_and_a_refusal_is() throws IOException {
        AtomicReference<Instant> now = new AtomicReference<>(CLOCK.instant());
        Clock clock = new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now.get();
            }
        };
        byte[] png = Pictures.png(64, 36);
        try (RangeServer server = RangeServer.of(png, "image/png");
                RudeServer busy = RudeServer.answering(
                        reply("HTTP/1.1 404 Not Found\nContent-Length: 0", ""), reply("HTTP/1.1 200 OK", png));
                MediaProbe probe = new MediaProbe(settings(), MediaProbeTest::noStore, clock)) {
            MediaRef ref = new MediaRef.Web(server.url("/a"));
            ProbeResult found = probe.probe(ref, folder());
            now.set(now.get().plus(RecentLooks.FOR).minusMillis(1));
            assertThat(probe.probe(ref, folder())).isEqualTo(found);
            assertThat(server.ranges()).hasSize(1);
            now.set(now.get().plusMillis(1));
            assertThat(probe.probe(ref, folder())).isEqualTo(found);
            assertThat(server.ranges()).hasSize(2);

            MediaRef mended = new MediaRef.Web(busy.url("/a"));
            assertThat(probe.probe(mended, folder())).isInstanceOf(Unreachable.class);
            assertThat(probe.probe(mended, folder())).isInstanceOf(Found.class);
        }
    }

    @Test
    void nobody_can_look_into_a_generation() {
        assertThatThrownBy(() -> probe(new MediaRef.Generation("g-1"), settings()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}

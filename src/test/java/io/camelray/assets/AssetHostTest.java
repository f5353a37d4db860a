package io.camelray.assets;

import static io.camelray.assets.RudeServer.reply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.camelray.assets.HostedMedia.AtUrl;
import io.camelray.assets.HostedMedia.InLine;
import io.camelray.assets.MediaRefusal.Forbidden;
import io.camelray.assets.MediaRefusal.Unreachable;
import io.camelray.assets.MediaRefusal.Unusable;
import io.camelray.model.Destination;
import io.camelray.model.MediaRef;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AssetHostTest {

    private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOON, ZoneOffset.UTC);
    private static final long TAKES_MUCH = 10_000_000;

    @TempDir
    Path home;

    private LocalS3 s3;
    private Path folder;
    private byte[] png;

    @BeforeEach
    void a_store_and_a_folder_with_a_picture() throws Exception {
        s3 = LocalS3.start(Files.createDirectories(home.resolve("s3")));
        folder = Files.createDirectories(home.resolve("manifest"));
        png = Pictures.png(64, 36);
        Files.write(folder.resolve("a.dat"), png);
    }

    @AfterEach
    void the_store_is_stopped() {
        s3.close();
    }

    private AssetSettings small() {
        return AssetSettings.defaults(home.resolve("scratch"))
                .withAllowed(List.of(new Destination.Bucket(LocalS3.BUCKET, "library/")))
                .withDownloads(DownloadSettings.defaults().withAllowPrivate(true));
    }

    private AssetSettings hosting() {
        return small().withBucket(new Destination.Bucket(LocalS3.BUCKET, "hosted/"));
    }

    private HostedMedia host(AssetSettings settings, MediaRef ref, long inlineTaken) {
        try (AssetHost host = new AssetHost(settings, s3::client, CLOCK)) {
            return host.host(ref, folder, inlineTaken);
        }
    }

    private static MediaRef file(String path) {
        return new MediaRef.LocalFile(path, "");
    }

    private static String sha256(byte[] bytes) {
        return HexFormat.of().formatHex(Hashes.sha256().digest(bytes));
    }

    private static HttpResponse<byte[]> get(String url) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private List<S3Object> hosted() {
        return s3.client()
                .listObjectsV2(list -> list.bucket(LocalS3.BUCKET).prefix("hosted/"))
                .contents();
    }

    @Test
    void a_file_is_hosted_under_its_content_and_anybody_can_fetch_the_presigned_url() throws Exception {
        AtUrl at = (AtUrl) host(hosting(), file("a.dat"), TAKES_MUCH);
        assertThat(at.mediaType()).isEqualTo("image/png");
        assertThat(URI.create(at.url()).getPath()).isEqualTo("/videos/hosted/" + sha256(png) + ".png");
        HttpResponse<byte[]> fetched = get(at.url());
        assertThat(fetched.statusCode()).isEqualTo(200);
        assertThat(fetched.body()).isEqualTo(png);
        assertThat(fetched.headers().firstValue("Content-Type")).contains("image/png");
        assertThat(at.toString()).doesNotContain("X-Amz-Signature");
    }

    @Test
    void without_its_signature_the_url_gives_nothing() throws Exception {
        AtUrl at = (AtUrl) host(hosting(), file("a.dat"), 0);
        assertThat(get(at.url().replaceAll("\\?.*", "")).statusCode()).isEqualTo(403);
    }

    @Test
    void a_presigned_url_expires_when_its_time_is_over() {
        AtUrl at = (AtUrl) host(hosting().withPresignFor(Duration.ofSeconds(1)), file("a.dat"), 0);
        await().atMost(Duration.ofSeconds(60)).until(() -> get(at.url()).statusCode() == 403);
    }

    @Test
    void the_life_of_a_presigned_url_is_the_configured_one() {
        Instant before = Instant.now().minusSeconds(2);
        AtUrl at = (AtUrl) host(hosting(), file("a.dat"), 0);
        assertThat(PresignedLife.of(at.url()).until().orElseThrow())
                .isBetween(before.plus(Duration.ofHours(2)), Instant.now().plus(Duration.ofHours(2)));
    }

    @Test
    void the_same_content_is_uploaded_once() throws IOException {
        host(hosting(), file("a.dat"), 0);
        S3Object first = hosted().get(0);
        s3.client().copyObject(copy -> copy.sourceBucket(LocalS3.BUCKET)
                .sourceKey(first.key())
                .destinationBucket(LocalS3.BUCKET)
                .destinationKey(first.key())
                .metadata(Map.of(ObjectStore.SHA256_METADATA, sha256(png), "witness", "untouched"))
                .metadataDirective("REPLACE"));
        Files.write(folder.resolve("b.jpg"), png);
        host(hosting(), file("b.jpg"), 0);
        assertThat(hosted()).hasSize(1);
        assertThat(s3.client()
                        .headObject(head -> head.bucket(LocalS3.BUCKET).key(first.key()))
                        .metadata())
                .containsEntry("witness", "untouched");
    }

    @Test
    void an_object_of_another_content_under_the_key_is_replaced() throws Exception {
        String key = "hosted/" + sha256(png) + ".png";
        new ObjectStore(s3.client()).put(LocalS3.BUCKET, key, "image/png", new byte[png.length]);
        AtUrl at = (AtUrl) host(hosting(), file("a.dat"), 0);
        assertThat(get(at.url()).body()).isEqualTo(png);
    }

    @Test
    void the_presigned_url_has_the_endpoint_and_style_of_the_client() throws IOException {
        try (S3Client aws = S3Client.builder()
                        .region(Region.EU_CENTRAL_1)
                        .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("id", "key")))
                        .build();
                Presigning presigning = Presigning.like(aws)) {
            assertThat(presigning.url("assets", "a.png", "image/png", Duration.ofHours(2)))
                    .startsWith("https://assets.s3.eu-central-1.amazonaws.com/a.png?")
                    .contains("X-Amz-Expires=7200");
        }
    }

    @Test
    void without_a_bucket_what_is_small_is_sent_along() {
        assertThat(host(small(), file("a.dat"), TAKES_MUCH))
                .isEqualTo(new InLine(Base64.getEncoder().encodeToString(png), "image/png"));
        assertThat(host(small().withInlineUpTo(png.length), file("a.dat"), TAKES_MUCH))
                .isInstanceOf(InLine.class);
        assertThat(host(small(), file("a.dat"), png.length)).isInstanceOf(InLine.class);
        assertThat(hosted()).isEmpty();
    }

    @Test
    void without_a_bucket_what_is_too_large_for_us_or_the_provider_is_refused_with_a_remedy() {
        for (HostedMedia refused : List.of(
                host(small().withInlineUpTo(png.length - 1), file("a.dat"), TAKES_MUCH),
                host(small(), file("a.dat"), png.length - 1),
                host(small(), file("a.dat"), 0))) {
            assertThat(refused).isInstanceOfSatisfying(Forbidden.class, no -> assertThat(no.remedy())
                    .contains("ray.assets.bucket"));
        }
    }

    @Test
    void a_file_that_changed_since_the_plan_is_refused() throws IOException {
        MediaRef planned = new MediaRef.LocalFile("a.dat", sha256(png));
        assertThat(host(hosting(), planned, 0)).isInstanceOf(AtUrl.class);
        Files.write(folder.resolve("a.dat"), Pictures.png(65, 36));
        assertThat(host(hosting(), planned, 0)).isInstanceOfSatisfying(Unusable.class, bad -> assertThat(bad.reason())
                .contains("has changed since"));
    }

    @Test
    void what_is_no_media_or_lies_outside_is_never_uploaded() throws IOException {
        Files.writeString(folder.resolve("page.png"), "<html>");
        Files.write(home.resolve("outside.png"), png);
        Files.createSymbolicLink(folder.resolve("escape.png"), home.resolve("outside.png"));
        assertThat(host(hosting(), file("page.png"), 0)).isInstanceOf(Unusable.class);
        assertThat(host(hosting(), file("escape.png"), 0)).isInstanceOf(Forbidden.class);
        assertThat(hosted()).isEmpty();
    }

    @Test
    void an_object_is_copied_to_the_asset_bucket_from_allowed_prefixes_only() throws Exception {
        ObjectStore store = new ObjectStore(s3.client());
        store.put(LocalS3.BUCKET, "library/a", "text/plain", png);
        store.put(LocalS3.BUCKET, "private/a", "image/png", png);
        AtUrl at = (AtUrl) host(hosting(), new MediaRef.Stored(LocalS3.BUCKET, "library/a"), 0);
        assertThat(URI.create(at.url()).getPath()).contains("/hosted/" + sha256(png));
        assertThat(get(at.url()).body()).isEqualTo(png);
        assertThat(host(hosting(), new MediaRef.Stored(LocalS3.BUCKET, "private/a"), 0))
                .isInstanceOf(Forbidden.class);
        assertThat(host(hosting(), new MediaRef.Stored(LocalS3.BUCKET, "library/none"), 0))
                .isInstanceOf(Unreachable.class);
    }

    @Test
    void an_object_that_was_hosted_is_not_read_again_until_it_changes_or_the_copy_is_gone() throws Exception {
        ObjectStore store = new ObjectStore(s3.client());
        MediaRef ref = new MediaRef.Stored(LocalS3.BUCKET, "library/a");
        store.put(LocalS3.BUCKET, "library/a", "image/png", png);
        try (AssetHost host = new AssetHost(hosting(), s3::client, CLOCK)) {
            String copy = URI.create(((AtUrl) host.host(ref, folder, 0)).url()).getPath();
            Path scratch = home.resolve("scratch");
            Files.delete(scratch);
            Files.createFile(scratch); // from here on, nothing can be read into it
            AtUrl again = (AtUrl) host.host(ref, folder, 0);
            assertThat(URI.create(again.url()).getPath()).isEqualTo(copy);
            assertThat(get(again.url()).body()).isEqualTo(png);
            Files.delete(scratch);
            byte[] other = Pictures.png(65, 36);
            store.put(LocalS3.BUCKET, "library/a", "image/png", other);
            assertThat(get(((AtUrl) host.host(ref, folder, 0)).url()).body()).isEqualTo(other);
            hosted().forEach(object -> s3.client()
                    .deleteObject(delete -> delete.bucket(LocalS3.BUCKET).key(object.key())));
            assertThat(get(((AtUrl) host.host(ref, folder, 0)).url()).body()).isEqualTo(other);
        }
    }

    @Test
    void a_presigned_url_about_to_die_is_refused_when_there_is_nowhere_to_host_it() throws IOException {
        try (RangeServer server = RangeServer.of(png, "image/png")) {
            String less = server.url("/a.png?X-Amz-Date=20260501T120000Z&X-Amz-Expires=60&X-Amz-Signature=secret");
            assertThat(host(small(), new MediaRef.Web(less), 0))
                    .isInstanceOfSatisfying(Forbidden.class, no -> assertThat(no.reason())
                            .contains("may die within 30 min")
                            .doesNotContain("secret"));
            assertThat(host(small(), new MediaRef.Web(less), TAKES_MUCH)).isInstanceOf(InLine.class);
        }
    }

    @Test
    void without_an_asset_bucket_an_object_that_is_too_large_to_send_is_presigned_where_it_is() throws Exception {
        new ObjectStore(s3.client()).put(LocalS3.BUCKET, "library/a b+c", "text/plain", png);
        AtUrl at = (AtUrl) host(small(), new MediaRef.Stored(LocalS3.BUCKET, "library/a b+c"), 0);
        HttpResponse<byte[]> fetched = get(at.url());
        assertThat(fetched.body()).isEqualTo(png);
        assertThat(fetched.headers().firstValue("Content-Type")).contains("image/png");
    }

    @Test
    void a_url_on_the_web_is_passed_on_after_a_short_look() throws IOException {
        byte[] large = Arrays.copyOf(png, 500_000);
        try (RangeServer server = RangeServer.of(large, "image/png")) {
            String url = server.url("/a.png?token=%2Fa%2Bb");
            assertThat(host(hosting(), new MediaRef.Web(url), 0)).isEqualTo(new AtUrl(url, "image/png"));
            assertThat(server.sent()).isEqualTo(64);
            assertThat(hosted()).isEmpty();
        }
    }

    @Test
    void a_presigned_url_with_enough_life_is_passed_on_and_one_with_less_is_hosted_anew() throws Exception {
        try (RangeServer server = RangeServer.of(png, "image/png")) {
            String enough = server.url("/a.png?X-Amz-Date=20260501T120000Z&X-Amz-Expires=1800&X-Amz-Signature=s");
            String less = server.url("/a.png?X-Amz-Date=20260501T120000Z&X-Amz-Expires=1799&X-Amz-Signature=s");
            assertThat(host(hosting(), new MediaRef.Web(enough), 0)).isEqualTo(new AtUrl(enough, "image/png"));
            assertThat(hosted()).isEmpty();
            AtUrl anew = (AtUrl) host(hosting(), new MediaRef.Web(less), 0);
            assertThat(anew.url()).contains("/hosted/" + sha256(png) + ".png");
            assertThat(get(anew.url()).body()).isEqualTo(png);
        }
    }

    @Test
    void a_presigned_url_of_unknown_life_is_hosted_anew() throws IOException {
        try (RangeServer server = RangeServer.of(png, "image/png")) {
            String url = server.url("/a.png?X-Amz-Date=soon&X-Amz-Expires=1800&X-Amz-Signature=s");
            assertThat(((AtUrl) host(hosting(), new MediaRef.Web(url), 0)).url())
                    .contains("/hosted/");
        }
    }

    @Test
    void a_dead_url_is_refused_before_anything_is_paid() throws IOException {
        try (RudeServer server = RudeServer.answering(reply("HTTP/1.1 403 Forbidden\nContent-Length: 0", ""))) {
            assertThat(host(hosting(), new MediaRef.Web(server.url("/a.png?sig=secret")), 0))
                    .isInstanceOfSatisfying(
                            Unreachable.class,
                            gone -> assertThat(gone.reason()).contains("403").doesNotContain("secret"));
        }
        String expired =
                "https://example.com/a.png?X-Amz-Date=20260501T100000Z&X-Amz-Expires=60&X-Amz-Signature=secret";
        assertThat(host(hosting(), new MediaRef.Web(expired), 0))
                .isInstanceOfSatisfying(Unreachable.class, gone -> assertThat(gone.reason())
                        .contains("has expired")
                        .doesNotContain("secret"));
    }

    @Test
    void a_missing_bucket_is_a_refusal_and_a_stopped_store_may_come_back() {
        AssetSettings elsewhere = small().withBucket(new Destination.Bucket("missing", ""));
        assertThat(host(elsewhere, file("a.dat"), 0))
                .isInstanceOfSatisfying(
                        Unreachable.class, gone -> assertThat(gone.retryable()).isFalse());
        s3.close();
        try (AssetHost host = new AssetHost(hosting(), this::stopped, CLOCK)) {
            assertThat(host.host(file("a.dat"), folder, 0))
                    .isInstanceOfSatisfying(Unreachable.class, gone -> assertThat(gone.retryable())
                            .isTrue());
        }
    }

    private S3Client stopped() {
        return S3Client.builder()
                .endpointOverride(URI.create("http://127.0.0.1:1"))
                .region(Region.US_EAST_1)
                .forcePathStyle(true)
                .overrideConfiguration(override -> override.apiCallTimeout(Duration.ofSeconds(5)))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("id", "key")))
                .build();
    }

    @Test
    void nothing_is_left_in_the_scratch_folder() throws IOException {
        host(hosting(), file("a.dat"), 0);
        assertThat(home.resolve("scratch")).isEmptyDirectory();
    }
}

package io.camelray.assets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.camelray.assets.ObjectUpload.Content;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

class ObjectUploadTest {

    private static final Map<String, String> METADATA = Map.of("campaign", "spring", "sha256", "abc");

    @TempDir
    static Path store;

    @TempDir
    Path folder;

    private static LocalS3 s3;
    private Path file;
    private OpenUploads open;

    @BeforeAll
    static void start() throws Exception {
        s3 = LocalS3.start(store);
    }

    @AfterAll
    static void stop() {
        s3.close();
    }

    @BeforeEach
    void room() {
        open = new OpenUploads(folder.resolve("uploads"));
    }

    private Content content(int bytes) throws IOException {
        byte[] random = new byte[bytes];
        new Random(bytes).nextBytes(random);
        file = Files.write(folder.resolve("clip.mp4"), random);
        return new Content(file, bytes, "video/mp4", METADATA);
    }

    private ObjectUpload upload(S3Client client, Optional<String> kms) {
        return new ObjectUpload(client, new UploadSettings(6_000_000, 5 * 1024 * 1024, kms), open);
    }

    private ObjectStore proof() {
        return new ObjectStore(s3.client());
    }

    @Test
    void a_small_file_goes_in_one_request_and_a_large_one_in_parts_and_both_are_whole() throws IOException {
        for (int bytes : new int[] {1, 6_000_000, 6_000_001, 11_000_000}) {
            Optional<String> tag =
                    upload(s3.client(), Optional.empty()).put(LocalS3.BUCKET, "whole/" + bytes, content(bytes), false);

            assertThat(proof().proves(
                                    LocalS3.BUCKET,
                                    "whole/" + bytes,
                                    new VerifiedFile(file, ContentDigests.withoutMd5(file)),
                                    tag))
                    .isInstanceOf(ObjectProof.Proven.class);
            StoredObject object = proof().head(LocalS3.BUCKET, "whole/" + bytes).orElseThrow();
            assertThat(object.contentType()).isEqualTo("video/mp4");
            assertThat(object.metadata()).containsAllEntriesOf(METADATA);
            assertThat(open.left()).isEmpty();
        }
    }

    @Test
    void what_is_there_stays_where_only_new_objects_are_wanted() throws IOException {
        ObjectUpload upload = upload(s3.client(), Optional.empty());
        upload.put(LocalS3.BUCKET, "taken.mp4", content(10), true);

        assertThat(upload.put(LocalS3.BUCKET, "taken.mp4", content(20), true)).isEmpty();
        assertThat(proof().head(LocalS3.BUCKET, "taken.mp4").orElseThrow().bytes())
                .isEqualTo(10);
        assertThat(upload.put(LocalS3.BUCKET, "taken.mp4", content(20), false)).isPresent();
    }

    @Test
    void what_a_dead_program_left_open_is_aborted_and_nothing_else() throws IOException {
        String ours = s3.client()
                .createMultipartUpload(request -> request.bucket(LocalS3.BUCKET).key("dead.mp4"))
                .uploadId();
        String others = s3.client()
                .createMultipartUpload(request -> request.bucket(LocalS3.BUCKET).key("alive.mp4"))
                .uploadId();
        open.begun(LocalS3.BUCKET, "dead.mp4", ours);

        assertThat(open.abort(s3.client(), open.left())).isEmpty();

        assertThat(open.left()).isEmpty();
        assertThat(s3.client()
                        .listMultipartUploads(request -> request.bucket(LocalS3.BUCKET))
                        .uploads())
                .hasSize(1)
                .allMatch(upload -> upload.uploadId().equals(others));
    }

    @Test
    void a_store_that_cannot_be_asked_keeps_the_note_of_an_open_upload() throws IOException {
        open.begun(LocalS3.BUCKET, "later.mp4", "an id");

        assertThat(open.abort(s3.client("wrong"), open.left())).hasSize(1);
        assertThat(open.left()).hasSize(1);
    }

    @Test
    void a_file_that_the_store_refuses_is_an_error_that_names_it() throws IOException {
        Content content = content(10);
        assertThatThrownBy(() -> upload(s3.client(), Optional.empty()).put("no-such-bucket", "a.mp4", content, false))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("s3://no-such-bucket/a.mp4")
                .hasMessageContaining("NoSuchBucket");
    }

    @Test
    void a_store_that_knows_no_tags_is_no_obstacle() throws IOException {
        upload(s3.client(), Optional.empty()).put(LocalS3.BUCKET, "tagged.mp4", content(10), false);
        ObjectTags tags = new ObjectTags(s3.client());

        tags.put(LocalS3.BUCKET, "tagged.mp4", Map.of("campaign", "spring"));
        tags.put(LocalS3.BUCKET, "tagged.mp4", Map.of("campaign", "spring"));
    }

    /** What the test store cannot do is looked at as it is sent. */
    @Nested
    class As_sent {

        private final List<HttpRequest> sent = new CopyOnWriteArrayList<>();
        private HttpServer server;
        private S3Client client;

        record HttpRequest(String method, String uri, Map<String, List<String>> headers, String body) {}

        @BeforeEach
        void start() throws IOException {
            server =
                    HttpServer.create(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), 0);
            server.createContext("/", this::answer);
            server.start();
            client = S3Client.builder()
                    .endpointOverride(
                            URI.create("http://127.0.0.1:" + server.getAddress().getPort()))
                    .region(Region.US_EAST_1)
                    .forcePathStyle(true)
                    .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("id", "secret")))
                    .build();
        }

        @AfterEach
        void stop() {
            client.close();
            server.stop(0);
        }

        private void answer(HttpExchange exchange) throws IOException {
            try (exchange) {
                byte[] body = exchange.getRequestBody().readAllBytes();
                String uri = exchange.getRequestURI().toString();
                sent.add(new HttpRequest(
                        exchange.getRequestMethod(),
                        uri,
                        Map.copyOf(exchange.getRequestHeaders()),
                        body.length > 10_000 ? "" : new String(body, StandardCharsets.UTF_8)));
                exchange.getResponseHeaders().set("ETag", "\"tag\"");
                String reply = "";
                if (uri.endsWith("?uploads")) {
                    reply = "<InitiateMultipartUploadResult><UploadId>u1</UploadId></InitiateMultipartUploadResult>";
                } else if (exchange.getRequestMethod().equals("POST")) {
                    reply = "<CompleteMultipartUploadResult><ETag>\"whole\"</ETag></CompleteMultipartUploadResult>";
                }
                byte[] xml = reply.getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, xml.length == 0 ? -1 : xml.length);
                exchange.getResponseBody().write(xml);
            }
        }

        private String header(HttpRequest request, String name) {
            return request.headers().entrySet().stream()
                    .filter(header -> header.getKey().equalsIgnoreCase(name))
                    .map(header -> header.getValue().get(0))
                    .findFirst()
                    .orElse("");
        }

        @Test
        void a_key_to_encrypt_with_is_named_in_one_request() throws IOException {
            upload(client, Optional.of("arn:aws:kms:eu-west-1:1:key/k")).put("videos", "a.mp4", content(10), true);

            assertThat(sent).singleElement().satisfies(put -> {
                assertThat(header(put, "x-amz-server-side-encryption")).isEqualTo("aws:kms");
                assertThat(header(put, "x-amz-server-side-encryption-aws-kms-key-id"))
                        .isEqualTo("arn:aws:kms:eu-west-1:1:key/k");
                assertThat(header(put, "if-none-match")).isEqualTo("*");
                assertThat(header(put, "x-amz-meta-campaign")).isEqualTo("spring");
                assertThat(header(put, "x-amz-trailer") + header(put, "x-amz-checksum-crc32"))
                        .isNotEmpty();
            });
        }

        @Test
        void a_key_to_encrypt_with_is_named_when_an_upload_in_parts_begins() throws IOException {
            Optional<String> tag = upload(client, Optional.of("k1")).put("videos", "a.mp4", content(11_000_000), true);

            assertThat(tag).contains("\"whole\"");
            assertThat(sent).extracting(HttpRequest::method).containsExactly("POST", "PUT", "PUT", "PUT", "POST");
            assertThat(header(sent.get(0), "x-amz-server-side-encryption-aws-kms-key-id"))
                    .isEqualTo("k1");
            assertThat(header(sent.get(0), "x-amz-meta-campaign")).isEqualTo("spring");
            assertThat(header(sent.get(0), "content-type")).isEqualTo("video/mp4");
            assertThat(sent.subList(1, 4))
                    .allSatisfy(part -> assertThat(header(part, "x-amz-trailer") + header(part, "x-amz-checksum-crc32"))
                            .isNotEmpty());
            assertThat(header(sent.get(4), "if-none-match")).isEqualTo("*");
        }

        @Test
        void tags_are_what_s3_takes() throws IOException {
            new ObjectTags(client).put("videos", "a.mp4", Map.of("sku", "mug 01 (green) & blue"));

            assertThat(sent).singleElement().satisfies(put -> {
                assertThat(put.uri()).isEqualTo("/videos/a.mp4?tagging");
                assertThat(put.body()).contains("<Key>sku</Key>", "<Value>mug 01 _green_ _ blue</Value>");
            });
        }
    }
}

package io.camelray.assets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.camelray.assets.ObjectProof.NotProven;
import io.camelray.assets.ObjectProof.Proven;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.CompletedMultipartUpload;
import software.amazon.awssdk.services.s3.model.CompletedPart;

class ObjectStoreTest {

    private static LocalS3 s3;

    @TempDir
    static Path folder;

    private final ObjectStore store = new ObjectStore(s3.client());
    private byte[] bytes;
    private ContentDigests content;
    private VerifiedFile file;

    @BeforeAll
    static void start() throws Exception {
        s3 = LocalS3.start(Files.createDirectory(folder.resolve("s3")));
    }

    @AfterAll
    static void stop() throws Exception {
        s3.close();
    }

    @BeforeEach
    void file() throws IOException {
        bytes = new byte[50_000];
        Arrays.fill(bytes, (byte) 5);
        Path path = Files.write(folder.resolve("file"), bytes);
        content = ContentDigests.withoutMd5(path);
        file = new VerifiedFile(path, content);
    }

    private String upload(String key, byte[] body, Map<String, String> metadata) {
        return s3.client()
                .putObject(
                        request -> request.bucket(LocalS3.BUCKET)
                                .key(key)
                                .contentType("video/mp4")
                                .metadata(metadata),
                        RequestBody.fromBytes(body))
                .eTag();
    }

    @Test
    void an_object_with_the_same_bytes_is_proven() throws IOException {
        upload("a/same.mp4", bytes, Map.of());
        assertThat(store.proves(LocalS3.BUCKET, "a/same.mp4", file, Optional.empty()))
                .isInstanceOf(Proven.class);
    }

    @Test
    void a_missing_object_is_not_proven() throws IOException {
        assertThat(store.proves(LocalS3.BUCKET, "missing.mp4", file, Optional.empty()))
                .isInstanceOf(NotProven.class);
        assertThat(store.head(LocalS3.BUCKET, "missing.mp4")).isEmpty();
    }

    @Test
    void a_short_object_is_not_proven() throws IOException {
        upload("short.mp4", Arrays.copyOf(bytes, 49_999), Map.of("sha256", content.sha256()));
        assertThat(store.proves(LocalS3.BUCKET, "short.mp4", file, Optional.empty()))
                .isInstanceOfSatisfying(
                        NotProven.class, not -> assertThat(not.reason()).contains("49999 bytes instead of 50000"));
    }

    @Test
    void other_bytes_of_the_same_length_are_not_proven_whatever_their_metadata_says() throws IOException {
        byte[] other = bytes.clone();
        other[25_000] = 6;
        upload("other.mp4", other, Map.of("sha256", content.sha256()));
        assertThat(store.proves(LocalS3.BUCKET, "other.mp4", file, Optional.of("\"another upload\"")))
                .isInstanceOf(NotProven.class);
    }

    private static String uploadInParts(String key, byte[] body, Map<String, String> metadata) {
        var client = s3.client();
        String id = client.createMultipartUpload(
                        request -> request.bucket(LocalS3.BUCKET).key(key).metadata(metadata))
                .uploadId();
        var part = client.uploadPart(
                request -> request.bucket(LocalS3.BUCKET).key(key).uploadId(id).partNumber(1),
                RequestBody.fromBytes(body));
        CompletedPart done =
                CompletedPart.builder().partNumber(1).eTag(part.eTag()).build();
        return client.completeMultipartUpload(request -> request.bucket(LocalS3.BUCKET)
                        .key(key)
                        .uploadId(id)
                        .multipartUpload(CompletedMultipartUpload.builder()
                                .parts(List.of(done))
                                .build()))
                .eTag();
    }

    @Test
    void an_object_uploaded_in_parts_is_proven_by_reading_it_back() throws IOException {
        uploadInParts("parts.mp4", bytes, Map.of());
        assertThat(store.proves(LocalS3.BUCKET, "parts.mp4", file, Optional.empty()))
                .isInstanceOf(Proven.class);
    }

    @Test
    void where_the_store_names_no_checksum_a_file_that_was_touched_before_its_upload_is_noticed() throws IOException {
        Map<String, String> recorded = Map.of("sha256", content.sha256());
        bytes[25_000] = 6;
        Files.write(file.path(), bytes);
        String tag = uploadInParts("touched-parts.mp4", bytes, recorded);
        assertThat(store.proves(LocalS3.BUCKET, "touched-parts.mp4", file, Optional.of(tag)))
                .isInstanceOfSatisfying(
                        NotProven.class, not -> assertThat(not.reason()).contains("has changed since it was verified"));
        String whole = upload("touched.mp4", bytes, recorded);
        assertThat(store.proves(LocalS3.BUCKET, "touched.mp4", file, Optional.of(whole)))
                .isInstanceOfSatisfying(
                        NotProven.class, not -> assertThat(not.reason()).contains("has changed since it was verified"));
    }

    @Test
    void a_checksum_that_the_client_made_of_a_touched_file_is_not_the_one_of_the_verified() throws IOException {
        bytes[25_000] = 6;
        String sum = crc32(bytes);
        s3.client()
                .putObject(
                        request ->
                                request.bucket(LocalS3.BUCKET).key("summed.mp4").checksumCRC32(sum),
                        RequestBody.fromBytes(bytes));
        assertThat(store.proves(LocalS3.BUCKET, "summed.mp4", file, Optional.empty()))
                .isInstanceOfSatisfying(
                        NotProven.class, not -> assertThat(not.reason()).contains("another CRC32 checksum"));
    }

    private static String crc32(byte[] bytes) throws IOException {
        return ContentDigests.withoutMd5(new ByteArrayInputStream(bytes)).crc32();
    }

    @Test
    void what_a_store_says_about_an_object_includes_type_and_metadata() throws IOException {
        upload("told.mp4", bytes, Map.of("Render", "R17"));
        assertThat(store.head(LocalS3.BUCKET, "told.mp4")).hasValueSatisfying(object -> {
            assertThat(object.bytes()).isEqualTo(50_000);
            assertThat(object.contentType()).isEqualTo("video/mp4");
            assertThat(object.metadata()).containsEntry("render", "R17");
        });
    }

    @Test
    void a_small_object_is_stored_with_its_type() throws IOException {
        store.put(LocalS3.BUCKET, "a.json", "application/json", new byte[] {'{', '}'});
        assertThat(store.head(LocalS3.BUCKET, "a.json"))
                .hasValueSatisfying(object -> assertThat(object.contentType()).isEqualTo("application/json"));
    }

    @Test
    void a_bucket_that_is_there_has_nothing_to_complain_about() {
        assertThat(store.checkBucket(LocalS3.BUCKET)).isEmpty();
    }

    @Test
    void a_missing_bucket_is_named() {
        assertThat(store.checkBucket("nowhere"))
                .hasValueSatisfying(sentence -> assertThat(sentence).contains("nowhere", "does not exist"));
    }

    @Test
    void a_store_that_refuses_is_told_apart_from_a_missing_object() {
        try (var wrong = s3.client("wrong")) {
            ObjectStore refused = new ObjectStore(wrong);
            assertThat(refused.checkBucket(LocalS3.BUCKET))
                    .hasValueSatisfying(sentence -> assertThat(sentence).contains("refuses access"));
            assertThatThrownBy(() -> refused.head(LocalS3.BUCKET, "a.json"))
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining("403");
        }
    }
}

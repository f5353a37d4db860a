package io.camelray.assets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.camelray.assets.ObjectProof.Proven;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

class RecordedChecksumTest {

    private static final int BYTES = 300_000;

    @TempDir
    static Path shared;

    private static LocalS3 s3;
    private static S3Client client;

    @TempDir
    Path folder;

    private VerifiedFile file;

    @BeforeAll
    static void start() throws Exception {
        s3 = LocalS3.start(Files.createDirectory(shared.resolve("s3")));
        client = s3.client("secret", new RecordedChecksum());
    }

    @AfterAll
    static void stop() {
        client.close();
        s3.close();
    }

    @BeforeEach
    void verify() throws IOException {
        byte[] bytes = new byte[BYTES];
        new Random(1).nextBytes(bytes);
        Path path = Files.write(folder.resolve("clip.mp4"), bytes);
        file = new VerifiedFile(path, ContentDigests.withoutMd5(path));
    }

    private void touch() throws IOException {
        byte[] bytes = Files.readAllBytes(file.path());
        bytes[BYTES / 2] ^= 1;
        Files.write(file.path(), bytes);
    }

    private Map<String, String> recorded() {
        return Map.of(ObjectStore.SHA256_METADATA, file.content().sha256());
    }

    private void upload(String key, Map<String, String> metadata, Consumer<PutObjectRequest.Builder> more) {
        client.putObject(
                request -> {
                    request.bucket(LocalS3.BUCKET).key(key).metadata(metadata);
                    more.accept(request);
                },
                RequestBody.fromFile(file.path()));
    }

    private void upload(String key, Map<String, String> metadata) {
        upload(key, metadata, request -> {});
    }

    private static Map<String, String> checksums(String key) throws IOException {
        return new ObjectStore(client).head(LocalS3.BUCKET, key).orElseThrow().checksums();
    }

    @Test
    void the_store_itself_refuses_a_file_that_was_touched_after_it_was_verified() throws IOException {
        touch();
        assertThatThrownBy(() -> upload("touched.mp4", recorded())).isInstanceOf(S3Exception.class);
        assertThat(new ObjectStore(client).head(LocalS3.BUCKET, "touched.mp4")).isEmpty();
    }

    @Test
    void an_upload_of_our_own_is_refused_in_the_same_way_on_a_client_of_somebody_elses() throws IOException {
        ObjectUpload upload =
                new ObjectUpload(s3.client(), UploadSettings.defaults(), new OpenUploads(folder.resolve("uploads")));
        touch();
        ObjectUpload.Content content = new ObjectUpload.Content(file.path(), BYTES, "video/mp4", recorded());
        assertThatThrownBy(() -> upload.put(LocalS3.BUCKET, "own.mp4", content, false))
                .isInstanceOf(StoreUnavailableException.class);
        assertThat(new ObjectStore(client).head(LocalS3.BUCKET, "own.mp4")).isEmpty();
    }

    @Test
    void what_the_store_has_checked_is_proven_without_the_file_being_read_again() throws IOException {
        upload("checked.mp4", recorded());
        Files.delete(file.path());
        assertThat(new ObjectStore(client).proves(LocalS3.BUCKET, "checked.mp4", file, Optional.empty()))
                .isInstanceOfSatisfying(
                        Proven.class, proven -> assertThat(proven.evidence()).isEqualTo("checksum"));
        assertThat(checksums("checked.mp4"))
                .containsExactly(Map.entry("SHA256", file.content().sha256Base64()));
    }

    @Test
    void a_request_without_a_recorded_hash_or_with_a_checksum_of_its_own_is_left_as_it_is() throws IOException {
        upload("unrecorded.mp4", Map.of("campaign", "spring"));
        assertThat(checksums("unrecorded.mp4")).isEmpty();
        upload("no-hash.mp4", Map.of(ObjectStore.SHA256_METADATA, "unknown"));
        assertThat(checksums("no-hash.mp4")).isEmpty();
        String md5 = ContentDigests.of(file.path()).md5Base64();
        upload("own-md5.mp4", recorded(), request -> request.contentMD5(md5));
        assertThat(checksums("own-md5.mp4")).isEmpty();
        upload(
                "own-sum.mp4",
                recorded(),
                request -> request.checksumCRC32C(file.content().crc32c()));
        assertThat(checksums("own-sum.mp4"))
                .containsExactly(Map.entry("CRC32C", file.content().crc32c()));
    }
}

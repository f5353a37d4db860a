package io.camelray.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

class EmbeddedS3Test {

    @TempDir
    private Path folder;

    private EmbeddedS3 s3;

    @BeforeEach
    void start() {
        s3 = EmbeddedS3.start(folder.resolve("store"), "outputs", "demo-key", "demo-secret");
    }

    @AfterEach
    void stop() {
        s3.close();
    }

    @Test
    void aFileIsStoredWithItsTypeAndMetadata() throws IOException {
        Path file = Files.writeString(folder.resolve("clip.mp4"), "not really a clip");
        try (S3Client client = client("demo-secret")) {
            client.createBucket(b -> b.bucket("another"));
            client.putObject(
                    b -> b.bucket(s3.bucket())
                            .key("spring/clip.mp4")
                            .contentType("video/mp4")
                            .metadata(Map.of("render", "r-1")),
                    RequestBody.fromFile(file));
            HeadObjectResponse head = client.headObject(b -> b.bucket("outputs").key("spring/clip.mp4"));
            assertThat(head.contentType()).isEqualTo("video/mp4");
            assertThat(head.metadata()).containsEntry("render", "r-1");
            assertThat(head.contentLength()).isEqualTo(Files.size(file));
            assertThat(client.listBuckets().buckets())
                    .extracting(bucket -> bucket.name())
                    .contains("outputs", "another");
        }
    }

    @Test
    void aWrongSecretIsRefused() {
        try (S3Client client = client("wrong")) {
            assertThatThrownBy(() -> client.headBucket(b -> b.bucket("outputs")))
                    .isInstanceOfSatisfying(
                            S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(403));
        }
    }

    @Test
    void aPresignedUrlWorksAndThenExpires() throws Exception {
        try (S3Client client = client("demo-secret");
                S3Presigner presigner = presigner()) {
            client.putObject(b -> b.bucket("outputs").key("a.txt"), RequestBody.fromString("hello"));
            URI url = presigner
                    .presignGetObject(b -> b.signatureDuration(Duration.ofSeconds(3))
                            .getObjectRequest(g -> g.bucket("outputs").key("a.txt")))
                    .url()
                    .toURI();
            assertThat(get(url).body()).isEqualTo("hello");
            await().atMost(Duration.ofSeconds(60)).until(() -> get(url).statusCode() == 403);
        }
    }

    @Test
    void whatIsStoredOutlivesARestart() {
        try (S3Client client = client("demo-secret")) {
            client.putObject(b -> b.bucket("outputs").key("a.txt"), RequestBody.fromString("hello"));
        }
        s3.close();
        s3 = EmbeddedS3.start(s3.folder(), "outputs", "demo-key", "demo-secret");
        try (S3Client client = client("demo-secret")) {
            assertThat(client.getObjectAsBytes(b -> b.bucket("outputs").key("a.txt"))
                            .asUtf8String())
                    .isEqualTo("hello");
        }
    }

    private S3Client client(String secret) {
        return S3Client.builder()
                .endpointOverride(s3.endpoint())
                .region(Region.US_EAST_1)
                .forcePathStyle(true)
                .credentialsProvider(credentials(secret))
                .build();
    }

    private S3Presigner presigner() {
        return S3Presigner.builder()
                .endpointOverride(s3.endpoint())
                .region(Region.US_EAST_1)
                .serviceConfiguration(
                        S3Configuration.builder().pathStyleAccessEnabled(true).build())
                .credentialsProvider(credentials(s3.secretKey()))
                .build();
    }

    private StaticCredentialsProvider credentials(String secret) {
        return StaticCredentialsProvider.create(AwsBasicCredentials.create(s3.accessKey(), secret));
    }

    private static HttpResponse<String> get(URI url) throws IOException, InterruptedException {
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofString());
    }
}

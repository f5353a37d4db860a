package io.camelray.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.camelray.assets.ContentDigests;
import io.camelray.assets.LocalS3;
import io.camelray.assets.Mp4Bytes;
import io.camelray.assets.ObjectStore;
import io.camelray.ledger.DeliveryLedger.PendingOutput;
import io.camelray.model.Destination;
import io.camelray.model.OutputKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;

class ProvingTest {

    private static final byte[] VIDEO = Mp4Bytes.video().build();
    private static final Clock CLOCK = Clock.fixed(Renders.PLANNED.plusSeconds(120), ZoneOffset.UTC);

    @TempDir
    static Path shared;

    @TempDir
    Path home;

    private static LocalS3 s3;

    private final RecordingLedger ledger = new RecordingLedger();
    private Proving proving;
    private Spool spool;

    @BeforeAll
    static void start() throws Exception {
        s3 = LocalS3.start(Files.createDirectory(shared.resolve("s3")));
    }

    @AfterAll
    static void stop() {
        s3.close();
    }

    @BeforeEach
    void room() throws IOException {
        spool = new Spool(home, new SpoolMirror(Optional.empty()));
        proving = new Proving(
                ledger, () -> new ObjectStore(s3.client()), spool, new Sidecar(), CLOCK, new DeliveryFigures());
    }

    private SecuredOutput secured(PendingOutput pending) throws IOException {
        Path file = Files.write(spool.file(pending), VIDEO);
        return new SecuredOutput(
                file,
                ContentDigests.withoutMd5(file),
                "video/mp4",
                pending.destination(),
                pending.key(),
                Map.of(),
                "{\"width\":1280,\"height\":720,\"flags\":[\"duration: 3 s instead of 5 s\"]}");
    }

    private static PendingOutput pending(OutputKind kind, Destination destination) {
        return Renders.pending(kind, "https://store/v?X-Amz-Signature=secret", destination, 0, Optional.empty());
    }

    private static String upload(String key, byte[] body) {
        return s3.client()
                .putObject(request -> request.bucket(LocalS3.BUCKET).key(key), RequestBody.fromBytes(body))
                .eTag();
    }

    private static Optional<String> body(String key) {
        ObjectStore store = new ObjectStore(s3.client());
        try {
            return store.head(LocalS3.BUCKET, key).isEmpty()
                    ? Optional.empty()
                    : Optional.of(s3.client()
                            .getObjectAsBytes(
                                    request -> request.bucket(LocalS3.BUCKET).key(key))
                            .asUtf8String());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void an_object_in_a_bucket_is_proven_recorded_and_gets_its_sidecar() throws Exception {
        PendingOutput pending = pending(OutputKind.VIDEO, Destination.parse("s3://videos/one"));
        SecuredOutput output = secured(pending);
        String tag = upload("one/spring/lamp.mp4", VIDEO);
        Proof proof = proving.prove(pending, output, Optional.of(tag));
        assertThat(proof.location()).isEqualTo("s3://videos/one/spring/lamp.mp4");
        assertThat(proof.entityTag()).isEqualTo(tag.replace("\"", ""));
        assertThat(proof.renderDelivered()).isTrue();
        assertThat(proof.sidecarKey()).isEqualTo("spring/lamp.mp4.json");
        assertThat(body("one/spring/lamp.mp4.json")).isPresent();
        assertThat(ledger.stored).containsExactly("5 spring/lamp.mp4");
        assertThat(spool.folder()).isEmptyDirectory();
    }

    @Test
    void a_missing_short_or_other_object_is_not_recorded_and_stays_in_the_spool() throws Exception {
        PendingOutput pending = pending(OutputKind.VIDEO, Destination.parse("s3://videos/two"));
        SecuredOutput output = secured(pending);
        byte[] other = VIDEO.clone();
        other[other.length - 1] ^= 1;
        assertThatThrownBy(() -> proving.prove(pending, output, Optional.empty()))
                .isInstanceOf(DeliveryRetryException.class)
                .hasMessageContaining("There is no object");
        upload("two/spring/lamp.mp4", Arrays.copyOf(VIDEO, VIDEO.length - 1));
        assertThatThrownBy(() -> proving.prove(pending, output, Optional.empty()))
                .isInstanceOf(DeliveryRetryException.class)
                .hasMessageContaining("bytes instead of");
        String tag = upload("two/spring/lamp.mp4", other);
        assertThatThrownBy(() -> proving.prove(pending, output, Optional.of(tag)))
                .isInstanceOf(DeliveryRetryException.class);
        assertThat(ledger.stored).isEmpty();
        assertThat(body("two/spring/lamp.mp4.json")).isEmpty();
        assertThat(output.file()).hasBinaryContent(VIDEO);
    }

    @Test
    void a_file_in_a_folder_is_proven_by_its_bytes() throws Exception {
        Path out = home.resolve("out");
        PendingOutput pending = pending(OutputKind.VIDEO, new Destination.Folder(out));
        SecuredOutput output = secured(pending);
        assertThatThrownBy(() -> proving.prove(pending, output, Optional.empty()))
                .isInstanceOf(DeliveryRetryException.class);
        Path target = out.resolve("spring/lamp.mp4");
        Files.createDirectories(target.getParent());
        byte[] other = VIDEO.clone();
        other[100] ^= 1;
        Files.write(target, other);
        assertThatThrownBy(() -> proving.prove(pending, output, Optional.empty()))
                .isInstanceOf(DeliveryRetryException.class)
                .hasMessageContaining("other bytes");
        assertThat(ledger.stored).isEmpty();
        Files.write(target, VIDEO);
        assertThat(proving.prove(pending, output, Optional.empty()).location()).isEqualTo(target.toString());
        assertThat(out.resolve("spring/lamp.mp4.json")).exists();
        assertThat(spool.folder()).isEmptyDirectory();
    }

    @Test
    void an_object_is_never_compared_with_a_spool_file_that_has_changed() throws Exception {
        PendingOutput pending = pending(OutputKind.VIDEO, Destination.parse("s3://videos/three"));
        SecuredOutput output = secured(pending);
        byte[] other = VIDEO.clone();
        other[100] ^= 1;
        upload("three/spring/lamp.mp4", other);
        Files.write(output.file(), other);
        assertThatThrownBy(() -> proving.prove(pending, output, Optional.empty()))
                .isInstanceOf(DeliveryRetryException.class)
                .hasMessageContaining("has changed");
        assertThat(ledger.stored).isEmpty();
    }

    @Test
    void a_render_with_outputs_left_gets_no_sidecar_yet() throws Exception {
        PendingOutput last = pending(OutputKind.VIDEO, Destination.parse("s3://videos/four"));
        PendingOutput first = new PendingOutput(
                last.outputId(),
                last.render(),
                last.kind(),
                last.url(),
                last.expiresAt(),
                last.destination(),
                last.key(),
                last.alternateKey(),
                0,
                Optional.empty(),
                false);
        upload("four/spring/lamp.mp4", VIDEO);
        assertThat(proving.prove(first, secured(first), Optional.empty()).sidecarKey())
                .isEmpty();
        assertThat(body("four/spring/lamp.mp4.json")).isEmpty();
        assertThat(ledger.stored).hasSize(1);
    }

    @Test
    void a_sidecar_that_cannot_be_written_delays_the_whole_delivery() throws Exception {
        Path out = home.resolve("out");
        PendingOutput pending = pending(OutputKind.VIDEO, new Destination.Folder(out));
        SecuredOutput output = secured(pending);
        Files.createDirectories(out.resolve("spring/lamp.mp4.json/in-the-way"));
        Files.write(out.resolve("spring/lamp.mp4"), VIDEO);
        assertThatThrownBy(() -> proving.prove(pending, output, Optional.empty()))
                .isInstanceOf(DeliveryRetryException.class);
        assertThat(ledger.stored).isEmpty();
        assertThat(output.file()).exists();
    }

    @Test
    void the_sidecar_tells_everything_about_the_render_and_no_secret() throws Exception {
        Path out = home.resolve("out");
        PendingOutput pending = pending(OutputKind.EXR, new Destination.Folder(out));
        SecuredOutput output = secured(pending);
        Files.createDirectories(out.resolve("spring"));
        Files.write(out.resolve("spring/lamp.exr"), VIDEO);
        proving.prove(pending, output, Optional.empty());
        String text = Files.readString(out.resolve("spring/lamp.mp4.json"));
        assertThat(text).doesNotContain("secret").doesNotContain("X-Amz");
        JsonNode json = new ObjectMapper().readTree(text);
        assertThat(json.path("campaign").asText()).isEqualTo("spring");
        assertThat(json.path("revision").asInt()).isEqualTo(3);
        assertThat(json.at("/manifest/digest").asText()).isEqualTo("digest0123");
        assertThat(json.at("/manifest/line").asInt()).isEqualTo(12);
        assertThat(json.path("render").asText()).isEqualTo("R17");
        assertThat(json.path("variant").asText()).isEqualTo("lämp-17_16x9");
        assertThat(json.at("/cell/sku").asText()).isEqualTo("lämp-17");
        assertThat(json.path("aiGenerated").asBoolean()).isTrue();
        assertThat(json.path("digitalSourceType").asText())
                .isEqualTo("http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia");
        assertThat(json.path("prompt").asText()).isEqualTo("A lamp on a table, über-bright");
        assertThat(json.at("/parameters/aspectRatio").asText()).isEqualTo("16:9");
        assertThat(json.path("job").asText()).isEqualTo("job-17");
        assertThat(json.at("/attempts/0/verdict").asText()).isEqualTo("accepted");
        assertThat(text).contains("\"expected\" : 0.30", "\"confirmed\" : 0.30", "\"basis\" : \"price book\"");
        assertThat(json.path("outputs")).hasSize(2);
        assertThat(json.at("/outputs/0/kind").asText()).isEqualTo("video");
        assertThat(json.at("/outputs/1/kind").asText()).isEqualTo("exr");
        assertThat(json.at("/outputs/1/sha256").asText()).isEqualTo(output.sha256());
        assertThat(json.at("/outputs/1/bytes").asLong()).isEqualTo(VIDEO.length);
        assertThat(json.at("/outputs/1/findings/flags/0").asText()).startsWith("duration");
        assertThat(json.at("/timings/deliveredAt").asText()).isEqualTo("2026-11-21T10:02:00Z");
        assertThat(json.at("/timings/secondsFromPlanToDelivery").asLong()).isEqualTo(120);
    }
}

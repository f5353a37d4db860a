package io.camelray.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.camelray.assets.ContentDigests;
import io.camelray.assets.Mp4Findings;
import io.camelray.assets.Mp4Walk;
import io.camelray.component.DeliveryRow.StoreFault;
import io.camelray.component.DeliveryRow.To;
import io.camelray.ledger.RenderRecord;
import io.camelray.model.Failure;
import io.camelray.model.FailureClass;
import io.camelray.model.RenderState;
import io.camelray.sandbox.EmbeddedS3;
import io.camelray.sandbox.FailurePlan;
import io.camelray.sandbox.FailureRule;
import io.camelray.sandbox.SandboxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Runs rows of the {@link DeliveryTable} through the real routes, into a folder and into a real S3 store behind a proxy that
 * spoils uploads: nothing wrong under a final key, nothing lost, nothing paid for twice.
 */
abstract class DeliveryTableRuns extends RayRouteTest {

    private static final Duration ALL_DONE = Duration.ofSeconds(90);
    private static final String BUCKET = "videos";
    private static final String MISSING = "missing";

    private EmbeddedS3 store;
    private final Set<To> destinations;
    private FaultyStore proxy;
    private S3Client client;

    DeliveryTableRuns(Set<To> destinations) {
        this.destinations = destinations;
    }

    /** A row at one destination; {@code word} is the campaign, what the prompt says, and in every key. */
    private record Case(DeliveryRow row, To to, String word) {

        boolean isDelivered() {
            return row.failsWith().isEmpty();
        }

        boolean lacksItsBucket() {
            return row.says().equals(DeliveryTable.NO_SUCH_BUCKET);
        }

        boolean lacksItsFolder() {
            return row.says().equals(DeliveryTable.NO_FOLDER);
        }
    }

    private List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        for (DeliveryRow row : DeliveryTable.rows()) {
            for (To to : row.destinations()) {
                if (!destinations.contains(to)) {
                    continue;
                }
                String place = to.name().toLowerCase(Locale.ROOT).replace('_', '-');
                cases.add(new Case(row, to, place + "-" + String.format(Locale.ROOT, "%03d", cases.size())));
            }
        }
        return cases;
    }

    @Override
    FailurePlan failures() {
        List<FailureRule> plan = new ArrayList<>();
        for (Case each : cases()) {
            each.row().rules().forEach(rule -> plan.add(rule.matching(FailureRule.Match.prompt(each.word()))));
        }
        return new FailurePlan(plan);
    }

    @Override
    SandboxOptions.Builder sandboxOptions() {
        return super.sandboxOptions().requestsPerMinute(6000).maxConcurrent(1000);
    }

    @Override
    protected CamelContext createCamelContext() throws Exception {
        store = EmbeddedS3.start(home.resolve("s3"), BUCKET, "id", "secret");
        proxy = new FaultyStore(store.endpoint());
        client = s3(store.endpoint());
        for (Case each : cases()) {
            each.row().fault().ifPresent(fault -> spoil(each, fault));
        }
        CamelContext context = super.createCamelContext();
        context.getRegistry().bind("store", S3Client.class, s3(proxy.endpoint()));
        return context;
    }

    private void spoil(Case each, StoreFault fault) {
        proxy.spoil(each.word(), fault.part(), fault.what(), fault.times());
    }

    @Override
    void configure(Properties properties) {
        properties.put(
                "ray.deliver.allow",
                "file:" + home.resolve("outputs") + ",file:" + home.resolve("blocked") + ",s3://" + BUCKET
                        + "/out,s3://" + MISSING + "/out");
        properties.put("ray.deliver.parallel", "8");
        properties.put("ray.deliver.multipart-above", "10MB");
        properties.put("ray.deliver.part-size", "5242880");
        properties.put("ray.download.max-size", "20MB");
        properties.put("camel.component.ray.download-window", "1500");
        properties.put("camel.component.ray.requests-per-minute", "6000");
        properties.put("camel.component.ray.max-concurrent", "1000");
        properties.put("camel.component.ray.max-posting", "16");
        properties.put("ray.submit.parallel", "16");
        properties.put("ray.budget.daily", "1000");
    }

    @AfterEach
    void stopStore() throws IOException {
        proxy.close();
        client.close();
        store.close();
    }

    @TestFactory
    Stream<DynamicTest> bad_input_is_never_stored_and_what_can_be_had_is_delivered() throws Exception {
        Files.writeString(home.resolve("blocked"), "this is where a folder is wanted");
        List<Case> cases = cases();
        for (Case each : cases) {
            String answer = template().requestBody("ray:plan", manifest(each), String.class);
            assertThat(ledger().campaign(each.word()))
                    .as("%s was not accepted: %s", each.word(), answer)
                    .isPresent();
        }
        waitFor(cases);
        return Stream.concat(
                cases.stream()
                        .map(each -> dynamicTest(
                                each.row().says() + " → " + each.to() + " " + each.word(), () -> ended(each))),
                Stream.of(
                        dynamicTest("no upload is left open", this::noUploadIsOpen),
                        dynamicTest("what is delivered is not in the spool", this::spoolEmpties),
                        dynamicTest("storage saw neither key nor cookie", () -> assertThat(
                                        sandbox().ledger().leakedAuthorization())
                                .isZero()),
                        dynamicTest("every stored object is whole", this::everyObjectIsWhole)));
    }

    private String manifest(Case each) {
        String to =
                switch (each.to()) {
                    case FOLDER -> "file:" + home.resolve(each.lacksItsFolder() ? "blocked" : "outputs");
                    case BUCKET, BUCKET_IN_PARTS -> "s3://" + (each.lacksItsBucket() ? MISSING : BUCKET) + "/out";
                };
        return "campaign: " + each.word() + "\nprompt: " + each.word()
                + "\naspectRatio: \"1:1\"\nresolution: 360p\ndeliver: {to: \"" + to
                + "\", key: \"{{campaign}}/clip.{{ext}}\"}\n";
    }

    private RenderRecord render(Case each) {
        return onlyRender(each.word()).orElseThrow();
    }

    /** Mends what a person would have to mend, once the trouble was noticed; waits until every case has ended. */
    private void waitFor(List<Case> cases) {
        List<Case> left = new ArrayList<>(cases);
        Set<Case> mended = new HashSet<>();
        try {
            await().atMost(ALL_DONE).pollInterval(Duration.ofMillis(500)).until(() -> {
                for (Case each : left) {
                    if ((each.lacksItsBucket() || each.lacksItsFolder())
                            && !mended.contains(each)
                            && !waits(each).isEmpty()) {
                        mended.add(each);
                        mend(each);
                    }
                }
                left.removeIf(each ->
                        render(each).state() == (each.isDelivered() ? RenderState.DELIVERED : RenderState.FAILED));
                return left.isEmpty();
            });
        } catch (ConditionTimeoutException e) {
            assertThat(left).isNotEmpty(); // each fails in its own test
        }
    }

    private void mend(Case each) throws IOException {
        if (each.lacksItsBucket()) {
            client.createBucket(request -> request.bucket(MISSING));
        } else {
            Files.delete(home.resolve("blocked"));
        }
    }

    /** Why the delivery had to wait, each time. */
    private List<String> waits(Case each) throws SQLException {
        List<String> reasons = new ArrayList<>();
        try (var connection = DriverManager.getConnection("jdbc:h2:file:" + home.resolve("ledger/ledger"), "sa", "");
                var query = connection.prepareStatement(
                        "SELECT detail FROM ray_event WHERE render_id = ? AND kind = 'delivery-delayed' ORDER BY id")) {
            query.setLong(1, render(each).id().value());
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    reasons.add(rows.getString(1));
                }
            }
        }
        return reasons;
    }

    private void ended(Case each) throws Exception {
        RenderRecord render = render(each);
        assertThat(render.state())
                .as("waited for %s", waits(each))
                .isEqualTo(each.isDelivered() ? RenderState.DELIVERED : RenderState.FAILED);
        assertThat(sandbox().ledger().generations())
                .filteredOn(made -> made.prompt().equals(each.word()))
                .as("paid generations")
                .hasSize(1);
        assertThat(render.attempts()).hasSize(1);
        assertThat(render.confirmed()).isEqualTo(render.price().expected());
        if (each.isDelivered()) {
            isStoredWhole(each);
            if (!each.row().waitsWith().isEmpty()) {
                assertThat(waits(each)).anyMatch(why -> why.contains(each.row().waitsWith()));
            }
        } else {
            Failure failure = render.failure().orElseThrow();
            assertThat(failure.kind()).isEqualTo(FailureClass.DELIVERY);
            assertThat(failure.reason())
                    .contains(each.row().failsWith().orElseThrow())
                    .doesNotContain("Signature=");
            assertThat(failure.remedy()).isNotBlank();
            assertThat(objects(each)).isEmpty();
        }
        assertThat(waits(each)).allMatch(why -> !why.isBlank() && !why.contains("Signature="));
    }

    private void isStoredWhole(Case each) throws IOException {
        String clip = "clip.mp4";
        assertThat(objects(each)).containsExactlyInAnyOrder(clip, clip + ".json");
        Path copy = home.resolve(each.word() + ".copy");
        Files.write(copy, bytes(each, clip));
        assertThat(Mp4Walk.of(copy)).isInstanceOf(Mp4Findings.class);
        JsonNode sidecar = new ObjectMapper().readTree(bytes(each, clip + ".json"));
        assertThat(sidecar.at("/outputs/0/sha256").asText())
                .isEqualTo(ContentDigests.of(copy).sha256());
        if (each.to() == To.BUCKET_IN_PARTS) {
            assertThat(proxy.sent())
                    .filteredOn(sent ->
                            sent.uri().contains(each.word()) && sent.uri().contains("partNumber="))
                    .hasSizeGreaterThanOrEqualTo(3);
        }
        if (each.to() != To.FOLDER) {
            var head =
                    client.headObject(request -> request.bucket(bucket(each)).key("out/" + each.word() + "/" + clip));
            assertThat(head.contentType()).isEqualTo("video/mp4");
            assertThat(head.metadata()).containsAllEntriesOf(Map.of("campaign", each.word(), "ai-generated", "true"));
        }
    }

    private static String bucket(Case each) {
        return each.lacksItsBucket() ? MISSING : BUCKET;
    }

    private List<String> objects(Case each) throws IOException {
        if (each.to() == To.FOLDER) {
            return files((each.lacksItsFolder() ? "blocked/" : "outputs/") + each.word());
        }
        String prefix = "out/" + each.word() + "/";
        return client.listObjectsV2(request -> request.bucket(bucket(each)).prefix(prefix)).contents().stream()
                .map(S3Object::key)
                .map(key -> key.substring(prefix.length()))
                // Written when the run has ended, which may be now; the store lists what it is still writing by a name
                // of its own.
                .filter(key -> !key.startsWith("r1/manifest.json"))
                .toList();
    }

    private byte[] bytes(Case each, String name) throws IOException {
        if (each.to() == To.FOLDER) {
            return Files.readAllBytes(home.resolve(each.lacksItsFolder() ? "blocked" : "outputs")
                    .resolve(each.word())
                    .resolve(name));
        }
        try {
            return client.getObjectAsBytes(
                            request -> request.bucket(bucket(each)).key("out/" + each.word() + "/" + name))
                    .asByteArray();
        } catch (NoSuchKeyException e) {
            throw new IOException(e);
        }
    }

    private void noUploadIsOpen() throws IOException {
        assertThat(client.listMultipartUploads(request -> request.bucket(BUCKET))
                        .uploads())
                .isEmpty();
        assertThat(files("spool/uploads")).isEmpty();
    }

    private void everyObjectIsWhole() throws IOException {
        List<Path> videos;
        try (Stream<Path> tree = Files.walk(home)) {
            videos = tree.filter(file -> file.endsWith("clip.mp4"))
                    .filter(Files::isRegularFile)
                    .toList();
        }
        assertThat(videos).isNotEmpty();
        for (Path video : videos) {
            assertThat(Mp4Walk.of(video)).as(video.toString()).isInstanceOf(Mp4Findings.class);
        }
    }
}

package io.camelray.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.camelray.ledger.Ledger;
import io.camelray.ledger.LedgerViews.CampaignStatus;
import io.camelray.ledger.RenderRecord;
import io.camelray.sandbox.FailurePlan;
import io.camelray.sandbox.Sandbox;
import io.camelray.sandbox.SandboxOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.main.MainConfigurationProperties;
import org.apache.camel.test.main.junit5.CamelMainTestSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The real routes, the real component and a real H2 ledger against the sandbox over HTTP. Tests say what goes wrong by a
 * failure plan, drop manifests into the inbox, and look at the ledger, the files and the sandbox's own books.
 */
abstract class RayRouteTest extends CamelMainTestSupport {

    static final Duration LONG_ENOUGH = Duration.ofSeconds(60);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path home;

    private Sandbox sandbox;

    /** What the sandbox does wrong; nothing, unless a test class says otherwise. */
    FailurePlan failures() {
        return FailurePlan.none();
    }

    SandboxOptions.Builder sandboxOptions() {
        return SandboxOptions.builder().speed(200).seed(1).failures(failures());
    }

    /** Further properties of the program. */
    void configure(Properties properties) {}

    @Override
    protected CamelContext createCamelContext() throws Exception {
        sandbox = Sandbox.start(sandboxOptions().build());
        Properties properties = new Properties();
        properties.put("ray.home", home.toString());
        properties.put("ray.download.allow-private", "true");
        // What drop() drops is whole.
        properties.put("ray.intake.patience", "0s");
        properties.put("camel.component.ray.luma-api-key", "luma-api-test");
        properties.put(
                "camel.component.ray.luma-base-url", sandbox.lumaBaseUrl().toString());
        properties.put("camel.component.ray.initial-poll-delay", "100");
        properties.put("camel.component.ray.poll-interval", "100");
        configure(properties);
        camelContextConfiguration().withUseOverridePropertiesWithPropertiesComponent(properties);
        return super.createCamelContext();
    }

    @Override
    protected String getPropertyPlaceholderLocations() {
        return "file:config/application.properties";
    }

    @Override
    protected void configure(MainConfigurationProperties configuration) {
        configuration.withRoutesIncludePattern("file:routes/*.camel.yaml");
    }

    @AfterEach
    void stopSandbox() throws Exception {
        context().stop();
        sandbox.close();
    }

    Sandbox sandbox() {
        return sandbox;
    }

    Ledger ledger() {
        return context().getComponent("ray", RayComponent.class).ledger();
    }

    /** A client of a store whose keys are {@code id} and {@code secret}. */
    static S3Client s3(URI endpoint) {
        return S3Client.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .forcePathStyle(true)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("id", "secret")))
                .build();
    }

    /** Drops a manifest into the inbox, whole. */
    void drop(String name, String manifest) {
        try {
            Path draft = Files.createTempFile(home, "draft", ".txt");
            Files.writeString(draft, manifest);
            Files.createDirectories(home.resolve("inbox"));
            Files.move(draft, home.resolve("inbox").resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until nothing happens to the campaign without a person. */
    CampaignStatus settled(String campaign) {
        await().atMost(LONG_ENOUGH).until(() -> ledger().campaign(campaign)
                .filter(status -> status.counts().entrySet().stream()
                        .allMatch(
                                entry -> entry.getValue() == 0 || entry.getKey().isSettled()))
                .filter(status -> status.total() > 0)
                .isPresent());
        return ledger().campaign(campaign).orElseThrow();
    }

    List<RenderRecord> renders(String campaign) {
        List<RenderRecord> renders = new ArrayList<>();
        ledger().renders(campaign, renders::add);
        return renders;
    }

    Path appears(String file) {
        Path path = home.resolve(file);
        await().atMost(LONG_ENOUGH).until(() -> Files.isRegularFile(path) && Files.size(path) > 0);
        return path;
    }

    /** All files below a folder of the home, relative to it, but for what tells of a whole run in the end. */
    List<String> files(String folder) throws IOException {
        Path root = home.resolve(folder);
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try (Stream<Path> tree = Files.walk(root)) {
            return tree.filter(Files::isRegularFile)
                    .filter(file -> !isOfTheRun(file))
                    .map(file -> root.relativize(file).toString().replace('\\', '/'))
                    .sorted()
                    .toList();
        }
    }

    /** The manifest of a run is written when the run has ended, which may be now. */
    private static boolean isOfTheRun(Path file) {
        return file.endsWith("manifest.json")
                || file.getParent().getFileName().toString().matches("r\\d+")
                        && file.toString().endsWith(".tmp");
    }

    /** What is delivered is cleared away a moment after the ledger knows that it is. */
    void spoolEmpties() {
        await().atMost(LONG_ENOUGH)
                .untilAsserted(() -> assertThat(files("spool")).isEmpty());
    }

    void nothingWasPosted() {
        assertThat(sandbox.ledger().posts()).isZero();
    }

    static String oneClip(String campaign) {
        return "campaign: " + campaign + "\nprompt: a sage green mug\naspectRatio: \"1:1\"\nresolution: 360p\n";
    }

    Optional<RenderRecord> onlyRender(String campaign) {
        return renders(campaign).stream().findFirst();
    }
}

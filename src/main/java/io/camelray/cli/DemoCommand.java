package io.camelray.cli;

import io.camelray.ledger.OperatorException;
import io.camelray.sandbox.EmbeddedS3;
import io.camelray.sandbox.Sandbox;
import io.camelray.sandbox.SandboxOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** The whole way with nothing real: sandbox, embedded S3 store, sample campaign, the real routes. */
@Command(
        name = "demo",
        description = "Renders the sample campaign against the sandbox into an embedded S3 store. Costs nothing.",
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {

    private static final String SAMPLE = "spring-mugs.yaml";
    private static final String BUCKET = "renders";
    private static final List<String> EMPTIED = List.of(
            "inbox", "accepted", "rejected", "retry", "dead-letter", "outputs", "reports", "spool", "ledger", "s3");

    @Spec
    private CommandSpec spec;

    @Mixin
    private HomeOptions options;

    @Option(
            names = "--speed",
            defaultValue = "20",
            description = "How much faster than real the jobs run (default: 20)")
    private double speed;

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        Path home = options.home("work/demo");
        empty(home);
        SandboxOptions simulated = SandboxOptions.builder().speed(speed).build();
        try (Sandbox sandbox = Sandbox.start(simulated);
                EmbeddedS3 store = EmbeddedS3.start(home.resolve("s3"), BUCKET, "demo", "demo-secret");
                S3Client client = client(store);
                Program program = new Program(options, home, properties(sandbox), true)) {
            program.useS3(client);
            program.preflight(program.configure());
            Inbox.in(home).drop(SAMPLE, sample());
            say(out, "Sandbox at " + sandbox.lumaBaseUrl() + ", S3 at " + store.endpoint() + ", nothing is real");
            say(out, "Dropped " + SAMPLE + " into " + home.resolve("inbox"));
            program.start();
            int status = new OnceRun(program, out, options.json(), Duration.ofMinutes(5)).work();
            say(out, "The objects are files below " + store.folder().resolve(BUCKET));
            return status;
        }
    }

    private void say(PrintWriter out, String line) {
        if (!options.json()) {
            out.println(line);
            out.flush();
        }
    }

    /** Ids of a sandbox must never meet an earlier one's ledger. Only what is ours is emptied. */
    private static void empty(Path home) {
        for (String folder : EMPTIED) {
            Path path = home.resolve(folder);
            if (Files.isDirectory(path)) {
                try (Stream<Path> tree = Files.walk(path)) {
                    tree.sorted(Comparator.reverseOrder()).forEach(DemoCommand::delete);
                } catch (IOException | UncheckedIOException e) {
                    throw new OperatorException("the demo's home " + path + " cannot be emptied: " + e.getMessage());
                }
            }
        }
    }

    private static void delete(Path path) {
        try {
            Files.delete(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Real keys and addresses in the environment are not looked at. */
    private static Map<String, String> properties(Sandbox sandbox) {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("camel.component.ray.luma-api-key", "luma-api-demo");
        properties.put(
                "camel.component.ray.luma-base-url", sandbox.lumaBaseUrl().toString());
        properties.put("camel.component.ray.read-accounts", "false");
        properties.put("camel.component.ray.initial-poll-delay", "500");
        properties.put("camel.component.ray.poll-interval", "500");
        properties.put("ray.deliver.to", "s3://" + BUCKET);
        // Its store knows none.
        properties.put("ray.deliver.tags", "false");
        properties.put("ray.download.allow-private", "true");
        // The sample is dropped whole.
        properties.put("ray.intake.patience", "0s");
        return properties;
    }

    private static S3Client client(EmbeddedS3 store) {
        return S3Client.builder()
                .endpointOverride(URI.create(store.endpoint().toString()))
                .region(Region.US_EAST_1)
                .forcePathStyle(true)
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(store.accessKey(), store.secretKey())))
                .build();
    }

    private byte[] sample() throws IOException {
        Path own = options.config().resolve("campaigns").resolve(SAMPLE);
        if (Files.isRegularFile(own)) {
            return Files.readAllBytes(own);
        }
        try (var packaged = DemoCommand.class.getResourceAsStream("campaigns/" + SAMPLE)) {
            return packaged.readAllBytes();
        }
    }
}

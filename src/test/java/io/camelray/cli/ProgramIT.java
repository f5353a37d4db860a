package io.camelray.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.camelray.sandbox.EmbeddedS3;
import io.camelray.sandbox.FailurePlan;
import io.camelray.sandbox.Sandbox;
import io.camelray.sandbox.SandboxLedger.Generation;
import io.camelray.sandbox.SandboxOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The packaged program as a user runs it: real processes, real kills, and the sandbox's books as the truth. */
class ProgramIT {

    private static final Duration LONG_ENOUGH = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private Path home() {
        return folder.resolve("home");
    }

    @Test
    void the_demo_delivers_the_sample_campaign_and_says_where() throws Exception {
        try (Launched demo = Launched.start(folder, List.of(), Map.of(), "demo", "--home", home().toString())) {
            assertThat(demo.exitStatus()).as(demo.output()).isZero();
            assertThat(demo.output())
                    .contains("6 delivered")
                    .contains("s3://renders/spring-mugs/mug-01/mug-01_16x9_720p.mp4")
                    .contains("$1.80")
                    .contains("r1.json")
                    .doesNotContain("Exception");
        }
        assertThat(filesBelow(home().resolve("s3/renders")))
                .filteredOn(name -> name.endsWith(".mp4"))
                .hasSize(6);
        assertThat(filesBelow(home().resolve("s3/renders")))
                .filteredOn(name -> name.endsWith(".mp4.json"))
                .hasSize(6);
    }

    @ParameterizedTest(name = "killed when {0} jobs were accepted")
    @ValueSource(ints = {1, 3, 6})
    void a_killed_run_is_taken_up_again_and_no_render_is_paid_for_twice(int acceptedBeforeKill) throws Exception {
        try (Sandbox sandbox = Sandbox.start(
                SandboxOptions.builder().speed(20).seed(acceptedBeforeKill).build())) {
            drop(Files.readString(Path.of("config/campaigns/spring-mugs.yaml")));
            try (Launched run = run(sandbox)) {
                await().atMost(LONG_ENOUGH)
                        .pollInterval(Duration.ofMillis(5))
                        .until(() -> sandbox.ledger().generations().size() >= acceptedBeforeKill);
                run.kill();
            }

            try (Launched once = run(sandbox, "--once")) {
                int status = once.exitStatus();
                JsonNode report = report("spring-mugs");
                List<String> states = new ArrayList<>();
                report.path("variants")
                        .forEach(render -> states.add(render.path("state").asText()));
                long unknown = states.stream().filter("unknown"::equals).count();

                assertThat(states).hasSize(6).allMatch(state -> state.equals("delivered") || state.equals("unknown"));
                assertThat(status).isEqualTo(unknown == 0 ? ExitStatus.GOOD : ExitStatus.ATTENTION);
                // At most what one account may have on the wire at once can have become unknown.
                assertThat(unknown).isLessThanOrEqualTo(4);
            }
            Map<String, Long> paidFor = sandbox.ledger().generations().stream()
                    .collect(Collectors.groupingBy(Generation::requestHash, Collectors.counting()));
            assertThat(paidFor.values()).as("generations for each request").allMatch(count -> count == 1);
            assertThat(sandbox.ledger().leakedAuthorization()).isZero();
        }
    }

    @Test
    void a_render_whose_reply_was_lost_is_shown_and_can_be_adopted_while_the_program_runs() throws Exception {
        SandboxOptions options = SandboxOptions.builder()
                .speed(100)
                .failures(FailurePlan.parse("rules: [{on: submit, do: reset-after-accept}]"))
                .build();
        try (Sandbox sandbox = Sandbox.start(options)) {
            drop("campaign: lost\nprompt: a mug\naspectRatio: \"1:1\"\nresolution: 360p\n");
            try (Launched run = run(sandbox)) {
                await().atMost(LONG_ENOUGH).until(() -> status().contains("\"unknown\" : 1"));

                try (Launched resolve = command(
                        "resolve",
                        "R1",
                        "--adopt",
                        sandbox.ledger().generations().get(0).id(),
                        "--home",
                        home().toString())) {
                    assertThat(resolve.exitStatus()).isEqualTo(ExitStatus.USAGE);
                    assertThat(resolve.errors()).contains("may still be").hasLineCount(1);
                }
                run.terminate();
                assertThat(run.exitStatus()).isEqualTo(143);
            }
            assertThat(status()).contains("\"unknown\" : 1");
        }
    }

    @Test
    void a_large_output_reaches_s3_in_constant_memory() throws Exception {
        long size = 300L * 1000 * 1000;
        SandboxOptions options =
                SandboxOptions.builder().speed(100).outputBytes(size).build();
        try (Sandbox sandbox = Sandbox.start(options);
                EmbeddedS3 store = EmbeddedS3.start(folder.resolve("s3"), "renders", "id", "secret")) {
            drop("campaign: large\nprompt: a mug\naspectRatio: \"1:1\"\nresolution: 360p\n");
            Map<String, String> environment = new LinkedHashMap<>(luma(sandbox));
            environment.put("AWS_ENDPOINT_URL_S3", store.endpoint().toString());
            environment.put("AWS_ACCESS_KEY_ID", store.accessKey());
            environment.put("AWS_SECRET_ACCESS_KEY", store.secretKey());
            environment.put("AWS_REGION", "us-east-1");

            try (Launched once = Launched.start(
                    folder,
                    List.of("-Xmx96m"),
                    environment,
                    arguments("--once", "--set", "ray.deliver.to=s3://renders/big"))) {
                assertThat(once.exitStatus()).as(once.output()).isEqualTo(ExitStatus.GOOD);
            }
            Path object = store.folder().resolve("renders/big/large/generate.mp4");
            assertThat(object).exists();
            assertThat(Files.size(object)).isGreaterThanOrEqualTo(size);
        }
    }

    @Test
    void without_a_key_nothing_is_consumed_and_one_line_says_why() throws Exception {
        drop("campaign: x\nprompt: y\n");
        try (Launched run = command("run", "--home", home().toString())) {
            assertThat(run.exitStatus()).isEqualTo(ExitStatus.USAGE);
            assertThat(run.errors()).contains("LUMA_AGENTS_API_KEY").hasLineCount(1);
        }
        assertThat(home().resolve("inbox/manifest.yaml")).exists();
    }

    @Test
    void a_busy_port_an_unwritable_home_and_a_missing_bucket_are_one_line_each() throws Exception {
        try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Launched sandbox = command("sandbox", "--port", String.valueOf(busy.getLocalPort()))) {
            assertThat(sandbox.exitStatus()).isEqualTo(ExitStatus.USAGE);
            assertThat(sandbox.errors())
                    .contains("port " + busy.getLocalPort() + " is in use")
                    .hasLineCount(1);
        }
        Path file = Files.createFile(folder.resolve("file"));
        try (Launched run = Launched.start(
                folder, List.of(), Map.of("LUMA_AGENTS_API_KEY", "luma-api-x"), "run", "--home", file.toString())) {
            assertThat(run.exitStatus()).isEqualTo(ExitStatus.USAGE);
            assertThat(run.errors()).contains("cannot be written").hasLineCount(1);
        }
        try (EmbeddedS3 store = EmbeddedS3.start(folder.resolve("s3"), "renders", "id", "secret")) {
            Map<String, String> environment = Map.of(
                    "LUMA_AGENTS_API_KEY", "luma-api-x",
                    "AWS_ENDPOINT_URL_S3", store.endpoint().toString(),
                    "AWS_ACCESS_KEY_ID", store.accessKey(),
                    "AWS_SECRET_ACCESS_KEY", store.secretKey(),
                    "AWS_REGION", "us-east-1");
            try (Launched run = Launched.start(
                    folder,
                    List.of(),
                    environment,
                    "run",
                    "--home",
                    home().toString(),
                    "--set",
                    "ray.deliver.to=s3://missing")) {
                assertThat(run.exitStatus()).isEqualTo(ExitStatus.USAGE);
                assertThat(run.errors())
                        .contains("bucket missing does not exist")
                        .hasLineCount(1);
            }
        }
    }

    @Test
    void a_second_program_in_the_same_home_is_refused_and_the_first_goes_on() throws Exception {
        try (Sandbox sandbox = Sandbox.start(SandboxOptions.builder().build());
                Launched first = run(sandbox)) {
            await().atMost(LONG_ENOUGH).until(() -> first.output().contains("Watching"));

            try (Launched second = run(sandbox)) {
                assertThat(second.exitStatus()).isEqualTo(ExitStatus.USAGE);
                assertThat(second.errors()).hasLineCount(1);
            }
            assertThat(status()).contains("campaigns");
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "luma      | resolution: 720p                                        | 0.30",
                "luma      | {resolution: 720p, duration: 10s}                       | 0.90",
                "gmi       | {resolution: 720p, duration: 10s}                       | 0.60",
                "replicate | {resolution: 1080p, duration: 10s}                      | 3.60",
                "luma      | {resolution: 1080p, hdr: true, exrExport: true}         | 3.60",
                "gmi       | {resolution: 1080p, hdr: true, exrExport: true}         | 8.40"
            })
    void a_plan_says_the_price_of_each_provider_without_any_key(String provider, String fields, String dollars)
            throws Exception {
        Path manifest = Files.writeString(
                folder.resolve("priced.yaml"),
                "campaign: priced\nprompt: a mug\nprovider: " + provider + "\ndefaults: "
                        + (fields.startsWith("{") ? fields : "{" + fields + "}") + "\n");
        try (Launched plan = command("plan", manifest.toString(), "--json", "--home", home().toString())) {
            assertThat(plan.exitStatus()).as(plan.output()).isZero();
            assertThat(new ObjectMapper()
                            .readTree(plan.output())
                            .path("dollars")
                            .path("expected")
                            .decimalValue())
                    .isEqualByComparingTo(dollars);
        }
    }

    @Test
    void nothing_but_rejected_manifests_is_exit_status_1() throws Exception {
        try (Sandbox sandbox = Sandbox.start(SandboxOptions.builder().build())) {
            drop("campaign: [");
            try (Launched once = run(sandbox, "--once")) {
                assertThat(once.exitStatus()).as(once.output()).isEqualTo(ExitStatus.USAGE);
                assertThat(once.output()).contains("rejected");
            }
            assertThat(sandbox.ledger().posts()).isZero();
        }
    }

    private void drop(String manifest) throws IOException {
        Files.createDirectories(home().resolve("inbox"));
        Files.writeString(home().resolve("inbox/manifest.yaml"), manifest);
    }

    private Launched run(Sandbox sandbox, String... further) {
        return Launched.start(folder, List.of(), luma(sandbox), arguments(further));
    }

    private static Map<String, String> luma(Sandbox sandbox) {
        return Map.of(
                "LUMA_AGENTS_API_KEY",
                "luma-api-test",
                "LUMA_BASE_URL",
                sandbox.lumaBaseUrl().toString());
    }

    private String[] arguments(String... further) {
        List<String> arguments = new ArrayList<>(List.of(
                "run",
                "--home",
                home().toString(),
                "--set",
                "ray.download.allow-private=true",
                "--set",
                "camel.component.ray.initial-poll-delay=200",
                "--set",
                "camel.component.ray.poll-interval=200"));
        arguments.addAll(List.of(further));
        return arguments.toArray(String[]::new);
    }

    private Launched command(String... arguments) {
        return Launched.start(folder, List.of(), Map.of(), arguments);
    }

    private String status() throws InterruptedException {
        try (Launched status = command("status", "--json", "--home", home().toString())) {
            status.exitStatus();
            return status.output();
        }
    }

    private JsonNode report(String campaign) throws IOException {
        return new ObjectMapper()
                .readTree(home().resolve("reports")
                        .resolve(campaign)
                        .resolve("r1.json")
                        .toFile());
    }

    private static List<String> filesBelow(Path root) throws IOException {
        try (Stream<Path> tree = Files.walk(root)) {
            return tree.filter(Files::isRegularFile).map(Path::toString).toList();
        }
    }
}

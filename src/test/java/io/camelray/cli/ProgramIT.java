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
            try (Launched run = run(
                    sandbox,
                    "--set",
                    "ray.accounts.second.provider=gmi",
                    "--set",
                    "ray.accounts.second.key=a-second-key",
                    "--set",
                    "ray.accounts.second.hdr=no")) {
                await().atMost(LONG_ENOUGH).until(() -> status().contains("\"unknown\" : 1"));

                try (Launched accounts = command("accounts", "--home", home().toString())) {
                    assertThat(accounts.exitStatus()).isEqualTo(ExitStatus.GOOD);
                    assertThat(accounts.output())
                            .contains("account luma: 1 of 10 jobs")
                            .contains("account second: 0 of 10 jobs")
                            .contains("gmi at https://console.gmicloud.ai, key set, HDR access no")
                            .contains("30 requests a minute configured")
                            .doesNotContain("a-second-key");
                }

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
    void operators_cancel_pause_resume_and_retry_while_the_program_runs_and_when_it_does_not() throws Exception {
        SandboxOptions options = SandboxOptions.builder()
                .speed(100)
                .failures(FailurePlan.parse("rules: [{on: job, do: content_moderated, times: 1}]"))
                .build();
        try (Sandbox sandbox = Sandbox.start(options)) {
            try (Launched run = run(sandbox)) {
                await().atMost(LONG_ENOUGH).until(() -> run.output().contains("Watching"));
                assertThat(order(ExitStatus.GOOD, "pause", "account:luma")).contains("submits nothing");
                drop("campaign: mugs\nprompt: a mug\nresolution: 360p\n"
                        + "matrix: {aspectRatio: [\"1:1\", \"9:16\", \"16:9\"]}\n");
                await().atMost(LONG_ENOUGH).until(() -> status().contains("\"planned\" : 3"));

                assertThat(order(ExitStatus.GOOD, "cancel", "R1")).contains("R1 is cancelled");
                assertThat(order(ExitStatus.GOOD, "pause", "mugs")).contains("2 renders held");
                assertThat(order(ExitStatus.USAGE, "resume", "mugs", "--budget", "much"))
                        .contains("'much' is not an amount")
                        .hasLineCount(1);
                JsonNode resumed =
                        new ObjectMapper().readTree(order(ExitStatus.GOOD, "resume", "account:luma", "mugs", "--json"));
                assertThat(resumed.path("results")).hasSize(2);
                assertThat(resumed.path("results").path(1).path("released").asInt())
                        .isEqualTo(2);
                await().atMost(LONG_ENOUGH).until(() -> {
                    String status = status();
                    return status.contains("\"failed\" : 1") && status.contains("\"delivered\" : 1");
                });
                assertThat(order(ExitStatus.USAGE, "retry", "R1", "mugs"))
                        .contains("R1 is cancelled; only a failed render can be retried", "1 render planned again");
                await().atMost(LONG_ENOUGH).until(() -> status().contains("\"delivered\" : 2"));
                run.terminate();
                run.exitStatus();
            }
            assertThat(order(ExitStatus.USAGE, "cancel", "mugs2")).contains("no campaign 'mugs2'");
            assertThat(order(ExitStatus.GOOD, "pause", "mugs")).contains("mugs is paused");
            assertThat(sandbox.ledger().generations()).hasSize(3);
        }
    }

    @Test
    void a_signal_stops_submitting_at_once_and_what_is_on_the_wire_is_neither_lost_nor_unknown() throws Exception {
        SandboxOptions options = SandboxOptions.builder()
                .speed(100)
                .failures(
                        FailurePlan.parse(
                                """
                        rules:
                          - {on: submit, match: {promptContains: wire}, times: 4, do: delay-reply, millis: 3000}
                          - {on: download, match: {promptContains: slow}, times: 1, do: slow-trickle, millis: 5000}
                        """))
                .build();
        try (Sandbox sandbox = Sandbox.start(options)) {
            try (Launched run = run(sandbox, "--set", "camel.main.shutdownTimeout=6")) {
                drop("campaign: slow\nprompt: a slow mug\naspectRatio: \"1:1\"\nresolution: 360p\n");
                await().atMost(LONG_ENOUGH)
                        .until(() -> Files.isDirectory(home().resolve("spool"))
                                && filesBelow(home().resolve("spool")).size() == 1);
                drop("campaign: wire\nprompt: wire\nresolution: 360p\naspectRatio: \"1:1\"\n"
                        + "matrix: {take: [1, 2, 3, 4, 5, 6]}\n");
                await().atMost(LONG_ENOUGH).until(() -> sandbox.ledger().posts() == 5);
                run.terminate();
                assertThat(run.exitStatus()).isEqualTo(143);
                assertThat(sandbox.ledger().posts()).isEqualTo(5);
            }
            assertThat(filesBelow(home().resolve("spool")))
                    .as("goes on from here")
                    .hasSize(1);
            // What was on the wire is known, whether it has been asked for since or not; the rest was never sent.
            assertThat(status())
                    .contains("\"planned\" : 2", "\"rendered\" : 1")
                    .doesNotContain("unknown\" :", "submitting");

            assertThat(order(
                            ExitStatus.GOOD,
                            "backup",
                            folder.resolve("ledger.zip").toString()))
                    .contains("ledger.zip");
            try (Launched once = run(sandbox, "--once")) {
                assertThat(once.exitStatus()).as(once.output()).isEqualTo(ExitStatus.GOOD);
            }
            assertThat(sandbox.ledger().generations()).hasSize(7);

            assertThat(order(
                            ExitStatus.USAGE,
                            "restore",
                            folder.resolve("ledger.zip").toString()))
                    .contains("--force")
                    .hasLineCount(1);
            try (Launched restore = Launched.start(
                    folder,
                    List.of(),
                    luma(sandbox),
                    "restore",
                    "--force",
                    folder.resolve("ledger.zip").toString(),
                    "--home",
                    home().toString())) {
                assertThat(restore.exitStatus()).as(restore.output()).isEqualTo(ExitStatus.GOOD);
                assertThat(restore.output()).contains("camel-ray resume account:luma");
            }
            try (Launched run = run(sandbox)) {
                await().atMost(LONG_ENOUGH).until(() -> run.output().contains("Watching"));
                assertThat(status()).contains("restored from a backup of", "\"planned\" : 2");
                assertThat(order(
                                ExitStatus.GOOD,
                                "backup",
                                folder.resolve("second.zip").toString()))
                        .contains("second.zip");
                assertThat(sandbox.ledger().posts()).isEqualTo(7);
            }
        }
    }

    @Test
    void an_output_of_a_gigabyte_reaches_s3_in_parts_and_constant_memory() throws Exception {
        long size = 1000L * 1000 * 1000;
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
                    arguments(
                            "--once",
                            "--set",
                            "ray.deliver.to=s3://renders/big",
                            "--set",
                            "ray.deliver.multipart-above=500MB"))) {
                assertThat(once.exitStatus()).as(once.output()).isEqualTo(ExitStatus.GOOD);
            }
            Path object = store.folder().resolve("renders/big/large/generate.mp4");
            assertThat(object).exists();
            assertThat(Files.size(object)).isGreaterThanOrEqualTo(size);
        }
    }

    @Test
    void answers_that_want_to_fill_the_heap_stop_nothing_else() throws Exception {
        SandboxOptions options = SandboxOptions.builder()
                .speed(100)
                .failures(
                        FailurePlan.parse(
                                """
                        rules:
                          - {on: submit, match: {promptContains: m01}, do: huge-json}
                          - {on: submit, match: {promptContains: m02}, do: endless-body}
                          - {on: submit, match: {promptContains: m03}, do: huge-headers}
                          - {on: submit, match: {promptContains: m04}, do: crowded-json}
                          - {on: poll, match: {promptContains: m05}, times: 2, do: huge-json}
                          - {on: poll, match: {promptContains: m06}, times: 2, do: crowded-json}
                          - {on: poll, match: {promptContains: m07}, times: 2, do: crowded-json}
                          - {on: poll, match: {promptContains: m08}, times: 2, do: crowded-json}
                          - {on: poll, match: {promptContains: m09}, times: 2, do: endless-body}
                          - {on: download, match: {promptContains: m10}, do: gzip-bomb}
                        """))
                .build();
        try (Sandbox sandbox = Sandbox.start(options)) {
            drop("campaign: hostile\nprompt: \"{{mug}}\"\naspectRatio: \"1:1\"\nresolution: 360p\n"
                    + "matrix: {mug: [m01, m02, m03, m04, m05, m06, m07, m08, m09, m10, m11]}\n");
            try (Launched once = Launched.start(folder, List.of("-Xmx96m"), luma(sandbox), arguments("--once"))) {
                assertThat(once.exitStatus()).as(once.output()).isEqualTo(ExitStatus.ATTENTION);
                assertThat(once.output()).doesNotContain("OutOfMemoryError");
            }
            Map<String, Long> states = new LinkedHashMap<>();
            report("hostile")
                    .path("variants")
                    .forEach(render -> states.merge(render.path("state").asText(), 1L, Long::sum));
            assertThat(states).containsOnly(Map.entry("unknown", 4L), Map.entry("delivered", 7L));
            assertThat(sandbox.ledger().generations()).hasSize(11);
        }
    }

    @Test
    void without_a_key_nothing_is_consumed_and_one_line_says_why() throws Exception {
        drop("campaign: x\nprompt: y\n");
        try (Launched run = command("run", "--home", home().toString())) {
            assertThat(run.exitStatus()).isEqualTo(ExitStatus.USAGE);
            assertThat(run.errors()).contains("LUMA_AGENTS_API_KEY").hasLineCount(1);
        }
        try (Launched run = command("run", "--home", home().toString(), "--set", "ray.accounts.second.provider=sora")) {
            assertThat(run.exitStatus()).isEqualTo(ExitStatus.USAGE);
            assertThat(run.errors())
                    .contains("ray.accounts.second.provider is 'sora'")
                    .hasLineCount(1);
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

    @Test
    void a_plan_says_the_price_without_any_key() throws Exception {
        Path manifest = Files.writeString(
                folder.resolve("priced.yaml"), "campaign: priced\nprompt: a mug\nprovider: gmi\nduration: 10s\n");
        try (Launched plan = command("plan", manifest.toString(), "--json", "--home", home().toString())) {
            assertThat(plan.exitStatus()).as(plan.output()).isZero();
            assertThat(new ObjectMapper()
                            .readTree(plan.output())
                            .path("dollars")
                            .path("expected")
                            .decimalValue())
                    .isEqualByComparingTo("0.60");
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
                "ray.intake.patience=300ms",
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

    private String order(int exitStatus, String... words) throws InterruptedException {
        List<String> arguments = new ArrayList<>(List.of(words));
        arguments.addAll(List.of("--home", home().toString()));
        try (Launched command = command(arguments.toArray(String[]::new))) {
            assertThat(command.exitStatus()).as(command.output()).isEqualTo(exitStatus);
            return command.output();
        }
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

package io.camelray.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelray.sandbox.EmbeddedS3;
import io.camelray.sandbox.FailurePlan;
import io.camelray.sandbox.Sandbox;
import io.camelray.sandbox.SandboxLedger.Generation;
import io.camelray.sandbox.SandboxOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The packaged program at work: real processes, real kills, and the sandbox's books as the truth. */
class ProgramIT extends PackagedProgramTest {

    /** Digests of so many bytes take longer than compiling them well. */
    private static final String WELL_COMPILED = "-XX:TieredStopAtLevel=4";

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
                    List.of("-Xmx96m", WELL_COMPILED),
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
}

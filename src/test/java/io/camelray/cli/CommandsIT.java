package io.camelray.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.camelray.sandbox.EmbeddedS3;
import io.camelray.sandbox.FailurePlan;
import io.camelray.sandbox.Sandbox;
import io.camelray.sandbox.SandboxOptions;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What operators ask of the packaged program, while it works and while it does not. */
class CommandsIT extends PackagedProgramTest {

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

    @Test
    void a_look_while_the_program_starts_is_answered_and_does_not_keep_it_from_starting() throws Exception {
        try (Sandbox sandbox = Sandbox.start(SandboxOptions.builder().build())) {
            try (Launched first = run(sandbox)) {
                await().atMost(LONG_ENOUGH).until(() -> first.output().contains("Watching"));
                first.kill();
            }
            List<Launched> looks = new ArrayList<>();
            try (Launched again = run(sandbox)) {
                for (int i = 0; i < 4; i++) {
                    looks.add(command("status", "--json", "--home", home().toString()));
                }
                for (Launched look : looks) {
                    assertThat(look.exitStatus()).as(look.output()).isEqualTo(ExitStatus.GOOD);
                    assertThat(look.output()).contains("campaigns");
                }
                again.await("it starts", LONG_ENOUGH, () -> again.output().contains("Watching"));
            } finally {
                for (Launched look : looks) {
                    look.close();
                }
            }
        }
    }
}

package io.camelray.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.camelray.sandbox.FailurePlan;
import io.camelray.sandbox.Sandbox;
import io.camelray.sandbox.SandboxOptions;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The packaged program at work: real processes, real signals, and the sandbox's books as the truth. */
class ProgramIT extends PackagedProgramTest {

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
}

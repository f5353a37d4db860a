package io.camelray.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.camelray.ledger.PostgresServer;
import io.camelray.sandbox.Sandbox;
import io.camelray.sandbox.SandboxLedger.Generation;
import io.camelray.sandbox.SandboxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Two packaged programs on one PostgreSQL, and the sandbox's books as the truth. */
@ExtendWith(PostgresServer.class)
class NodesIT {

    private static final int RENDERS = 16;
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(120);

    private final PostgresServer.Database database;

    @TempDir
    Path folder;

    NodesIT(PostgresServer.Database database) {
        this.database = database;
    }

    @Test
    void a_campaign_is_shared_and_when_one_node_is_killed_the_other_ends_it_and_pays_for_nothing_twice()
            throws Exception {
        try (Sandbox sandbox = Sandbox.start(SandboxOptions.builder().speed(40).build())) {
            try (Launched survivor = node("survivor", sandbox);
                    Launched victim = node("victim", sandbox)) {
                drop("victim");
                await().atMost(LONG_ENOUGH)
                        .pollInterval(Duration.ofMillis(5))
                        .until(() -> sandbox.ledger().generations().size() >= 3);
                victim.kill();
                await().atMost(LONG_ENOUGH)
                        .pollInterval(Duration.ofMillis(500))
                        .failFast("the survivor ends", () -> !survivor.isAlive())
                        .until(() -> count("state IN ('delivered', 'unknown')") == RENDERS);
                survivor.terminate();
                assertThat(survivor.exitStatus()).as(survivor.output()).isEqualTo(143);
            }
            Map<String, Long> paidFor = sandbox.ledger().generations().stream()
                    .collect(Collectors.groupingBy(Generation::requestHash, Collectors.counting()));
            assertThat(paidFor.values()).as("generations for each request").allMatch(count -> count == 1);
            int unknown = count("state = 'unknown'");
            // At most what one account may have on the wire at once can have become unknown.
            assertThat(unknown).isLessThanOrEqualTo(4);
            assertThat(delivered()).hasSize(RENDERS - unknown);
            assertThat(sandbox.ledger().generations().size()).isLessThanOrEqualTo(attempts());

            try (Launched status = Launched.start(
                    folder,
                    List.of(),
                    Map.of(),
                    onTheLedger("status", "elsewhere").toArray(String[]::new))) {
                assertThat(status.exitStatus()).as(status.output()).isZero();
                assertThat(status.output()).contains("shared").contains((RENDERS - unknown) + " delivered");
            }
        }
    }

    private int count(String which) {
        return number("SELECT COUNT(*) FROM ray_render WHERE " + which);
    }

    private int attempts() {
        return number("SELECT COUNT(*) FROM ray_attempt");
    }

    private int number(String sql) {
        return database.asSuperuser()
                .withHandle(
                        handle -> handle.createQuery(sql).mapTo(Integer.class).one());
    }

    private List<String> delivered() throws IOException {
        try (Stream<Path> tree = Files.walk(folder.resolve("outputs"))) {
            return tree.map(Path::toString)
                    .filter(name -> name.endsWith(".mp4"))
                    .toList();
        }
    }

    private void drop(String node) throws IOException {
        String takes = Stream.iterate(1, take -> take + 1)
                .limit(RENDERS)
                .map(String::valueOf)
                .collect(Collectors.joining(", "));
        Path inbox = Files.createDirectories(folder.resolve(node).resolve("inbox"));
        Files.writeString(
                inbox.resolve("shared.yaml"),
                "campaign: shared\nprompt: \"A mug, take {{take}}\"\nresolution: 360p\naspectRatio: \"1:1\"\n"
                        + "matrix: {take: [" + takes + "]}\n");
    }

    private List<String> onTheLedger(String command, String node) {
        return new ArrayList<>(List.of(
                command,
                "--home",
                folder.resolve(node).toString(),
                "--set",
                "ray.ledger.url=" + database.url(),
                "--set",
                "ray.ledger.username=postgres"));
    }

    private Launched node(String name, Sandbox sandbox) {
        List<String> arguments = onTheLedger("run", name);
        for (String setting : List.of(
                "ray.deliver.to=file:" + folder.resolve("outputs"),
                "ray.download.allow-private=true",
                "camel.component.ray.initial-poll-delay=200",
                "camel.component.ray.poll-interval=200")) {
            arguments.addAll(List.of("--set", setting));
        }
        return Launched.start(
                folder,
                List.of(),
                Map.of(
                        "LUMA_AGENTS_API_KEY",
                        "luma-api-test",
                        "LUMA_BASE_URL",
                        sandbox.lumaBaseUrl().toString()),
                arguments.toArray(String[]::new));
    }
}

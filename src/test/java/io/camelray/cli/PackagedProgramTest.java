package io.camelray.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.camelray.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program as a user runs it, in a home of its own: real processes, and a sandbox for a provider. */
abstract class PackagedProgramTest {

    static final Duration LONG_ENOUGH = Duration.ofSeconds(60);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    Path home() {
        return folder.resolve("home");
    }

    void drop(String manifest) throws IOException {
        Files.createDirectories(home().resolve("inbox"));
        Files.writeString(home().resolve("inbox/manifest.yaml"), manifest);
    }

    Launched run(Sandbox sandbox, String... further) {
        return Launched.start(folder, List.of(), luma(sandbox), arguments(further));
    }

    static Map<String, String> luma(Sandbox sandbox) {
        return Map.of(
                "LUMA_AGENTS_API_KEY",
                "luma-api-test",
                "LUMA_BASE_URL",
                sandbox.lumaBaseUrl().toString());
    }

    String[] arguments(String... further) {
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

    Launched command(String... arguments) {
        return Launched.start(folder, List.of(), Map.of(), arguments);
    }

    String order(int exitStatus, String... words) throws InterruptedException {
        List<String> arguments = new ArrayList<>(List.of(words));
        arguments.addAll(List.of("--home", home().toString()));
        try (Launched command = command(arguments.toArray(String[]::new))) {
            assertThat(command.exitStatus()).as(command.output()).isEqualTo(exitStatus);
            return command.output();
        }
    }

    String status() throws InterruptedException {
        try (Launched status = command("status", "--json", "--home", home().toString())) {
            status.exitStatus();
            return status.output();
        }
    }

    JsonNode report(String campaign) throws IOException {
        return new ObjectMapper()
                .readTree(home().resolve("reports")
                        .resolve(campaign)
                        .resolve("r1.json")
                        .toFile());
    }

    static List<String> filesBelow(Path root) throws IOException {
        try (Stream<Path> tree = Files.walk(root)) {
            return tree.filter(Files::isRegularFile).map(Path::toString).toList();
        }
    }
}

package io.camelray.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The provider's own client against the simulator: neither knows the product. */
class ReplicateClientTest {

    private static final Path SCRIPTS = Path.of("src/test/node").toAbsolutePath();

    @BeforeAll
    static void installTheClient(@TempDir Path folder) throws IOException, InterruptedException {
        assumeTrue(run(folder, 20, "node", "--version") == 0, "skipped: there is no node on this machine");
        if (!Files.isDirectory(SCRIPTS.resolve("node_modules/replicate"))) {
            assumeTrue(
                    run(folder, 120, "npm", "ci", "--omit=optional", "--ignore-scripts", "--no-audit", "--no-fund")
                            == 0,
                    "skipped: the npm package 'replicate' is not installed and cannot be had; run npm ci in "
                            + SCRIPTS);
        }
    }

    @Test
    void theOfficialClientCreatesPollsWaitsCancelsAndLists(@TempDir Path folder)
            throws IOException, InterruptedException {
        SandboxOptions options = SandboxOptions.builder().speed(100).seed(4).build();
        try (Sandbox sandbox = Sandbox.start(options)) {
            int status = run(
                    folder,
                    60,
                    "node",
                    "replicate-client.mjs",
                    sandbox.replicateBaseUrl().toString());
            String printed = Files.readString(folder.resolve("output"));
            assertThat(status).as(printed).isZero();
            JsonNode seen = new ObjectMapper().readTree(printed);
            assertThat(seen.get("created").asText()).isEqualTo("starting");
            assertThat(seen.get("finished").asText()).isEqualTo("succeeded");
            assertThat(seen.get("output").asText())
                    .startsWith(sandbox.storageBaseUrl().toString())
                    .endsWith(".mp4");
            assertThat(seen.get("stopped").asText()).isIn("aborted", "canceled");
            assertThat(seen.get("waited").asText()).endsWith(".mp4");
            assertThat(seen.get("prompts"))
                    .extracting(JsonNode::asText)
                    .containsExactly("Waited for", "Stopped", "An amber bottle on wet slate");
            assertThat(seen.get("refusal").asInt()).isEqualTo(422);
            assertThat(sandbox.ledger().generations()).hasSize(3);
        }
    }

    /** Runs a command beside the scripts, its output in a file. @return its exit status, -1 if it cannot be run */
    private static int run(Path folder, int seconds, String... command) throws IOException, InterruptedException {
        Process process;
        try {
            process = new ProcessBuilder(List.of(command))
                    .directory(SCRIPTS.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("output").toFile())
                    .start();
        } catch (IOException e) {
            return -1;
        }
        if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
            return -1;
        }
        return process.exitValue();
    }
}

package io.camelray.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.camelray.ledger.OperatorException;
import io.camelray.model.RenderState;
import io.camelray.sandbox.FailurePlan;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The status page as the program serves it, without a browser. */
class StatusPageProgramTest {

    private static final Duration LONG_ENOUGH = Duration.ofSeconds(60);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private HttpResponse<String> post(PagedProgram program, String path, String body)
            throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create(program.address() + path))
                        .header("X-Camel-Ray", "page")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    @Test
    void a_manifest_shows_its_plan_is_accepted_and_followed_to_its_end_over_one_stream() throws Exception {
        String manifest = "campaign: mugs\nprompt: a mug\naspectRatio: \"1:1\"\nresolution: 360p\n";
        try (PagedProgram program = PagedProgram.start(folder, FailurePlan.none())) {
            HttpResponse<String> refused = post(program, "api/preview", manifest + "promt: x\n");
            assertThat(refused.statusCode()).isEqualTo(200);
            assertThat(refused.body()).contains("\"acceptable\":false", "\"line\":5");
            assertThat(post(program, "api/accept", manifest + "promt: x\n").statusCode())
                    .isEqualTo(409);
            assertThat(post(program, "api/preview", manifest).body())
                    .contains("\"acceptable\":true", "\"renders\":1", "mugs/");
            HttpResponse<InputStream> events = http.send(
                    HttpRequest.newBuilder(URI.create(program.address() + "events"))
                            .build(),
                    BodyHandlers.ofInputStream());
            assertThat(events.headers().firstValue("content-type")).contains("text/event-stream");

            assertThat(post(program, "api/accept", manifest).body()).contains("in the inbox as mugs.yaml");

            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(events.body(), StandardCharsets.UTF_8))) {
                String line = lines.readLine();
                while (!(line.contains("\"delivered\":1") && line.contains("\"sheet\":true"))) {
                    assertThat(line).doesNotContain("canary");
                    line = lines.readLine();
                }
                assertThat(line).startsWith("data: {\"campaigns\":[{\"campaign\":\"mugs\"");
            }
            assertThat(program.count("mugs", RenderState.DELIVERED)).isEqualTo(1);
            taken(program);
        }
    }

    /** A second program finds the port taken: it works all the same, and says that it has no page. */
    private void taken(PagedProgram first) {
        HomeOptions options = CommandLine.populateCommand(
                new HomeOptions(),
                "--home",
                folder.resolve("second").toString(),
                "--set",
                "ray.page.port=" + URI.create(first.address()).getPort());
        try (Program second = new Program(
                options, options.home("work"), Map.of("camel.component.ray.luma-api-key", "luma-api-test"), true)) {
            second.preflight(second.configure());
            second.servePage();
            second.start();
            assertThat(second.page()).isEmpty();
            await().atMost(LONG_ENOUGH).until(second::isInboxEmpty);
        }
    }

    @Test
    void a_page_for_others_without_a_token_is_refused_before_anything_is_touched() {
        HomeOptions options = CommandLine.populateCommand(
                new HomeOptions(), "--home", folder.toString(), "--set", "ray.page.host=0.0.0.0");
        try (Program program = new Program(options, options.home("work"), Map.of(), true)) {
            program.configure();
            assertThatThrownBy(program::servePage)
                    .isInstanceOf(OperatorException.class)
                    .hasMessageContaining("set ray.page.token");
        }
    }
}

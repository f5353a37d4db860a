package io.camelray.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelray.sandbox.EmbeddedS3;
import io.camelray.sandbox.FailurePlan;
import io.camelray.sandbox.Sandbox;
import io.camelray.sandbox.SandboxOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The packaged program in a small heap. */
class LimitedHeapIT extends PackagedProgramTest {

    /** Digests of so many bytes take longer than compiling them well. */
    private static final String WELL_COMPILED = "-XX:TieredStopAtLevel=4";

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

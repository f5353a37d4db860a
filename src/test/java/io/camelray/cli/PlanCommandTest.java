package io.camelray.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.camelray.assets.Mp4Bytes;
import io.camelray.sandbox.EmbeddedS3;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** The command itself, as {@code main} builds it, in this JVM. */
class PlanCommandTest {

    private static final int RATE = 50;
    private static final String EDIT = "steps:\n  - { id: again, operation: edit, prompt: Rain,"
            + " edit: { autoControls: true }, source: %s, resolution: %s }\n";
    private static final String REFRAME = "steps:\n  - { id: fit, operation: reframe, prompt: Wider,"
            + " aspectRatio: '1:1', source: %s, resolution: %s }\n";
    private static final String CHAIN =
            """
            matrix: { shot: [one] }
            steps:
              - { id: hero, operation: generate, prompt: A mug, aspectRatio: "16:9" }
              - { id: e1, operation: extend, direction: forward, source: hero, prompt: On }
              - { id: e2, operation: extend, direction: forward, source: e1, prompt: On }
              - { id: e3, operation: extend, direction: forward, source: e2, prompt: On }
              - { id: e4, operation: extend, direction: forward, source: e3, prompt: On }
            """;
    private static final String DRAFTS =
            """
            matrix: { shot: [%s], pick: [1, 2, 3, 4, 5] }
            steps:
              - { id: draft, operation: generate, each: [shot], prompt: "Shot {{shot}}", resolution: 360p }
              - { id: final, operation: generate, each: [pick], prompt: "Pick {{pick}}", resolution: 1080p }
            """
                    .formatted(String.join(
                            ", ",
                            Stream.iterate(1, i -> i + 1)
                                    .limit(20)
                                    .map(String::valueOf)
                                    .toList()));
    private static final String LARGE_HDR_EXR = "defaults: { resolution: 1080p, hdr: true, exrExport: true }\n";

    @TempDir
    Path folder;

    /** What the AWS SDK's chain finds first. */
    @BeforeAll
    static void have_credentials_for_the_bucket() {
        System.setProperty("aws.accessKeyId", "id");
        System.setProperty("aws.secretAccessKey", "secret");
    }

    @AfterAll
    static void have_none() {
        System.clearProperty("aws.accessKeyId");
        System.clearProperty("aws.secretAccessKey");
    }

    private record Answer(int status, String out, String err) {}

    private Answer plan(Path manifest, String... further) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = CamelRay.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        List<String> arguments = new ArrayList<>(List.of(
                "plan", manifest.toString(), "--home", folder.resolve("home").toString()));
        arguments.addAll(List.of(further));
        int status = line.execute(arguments.toArray(String[]::new));
        return new Answer(status, out.toString(), err.toString());
    }

    private Path manifest(String provider, String text) throws IOException {
        return Files.writeString(
                folder.resolve("priced.yaml"),
                "campaign: priced\nprovider: " + provider + "\nbudget: 100\n"
                        + (text.contains("steps:") ? "" : "prompt: A mug\n") + text);
    }

    private static JsonNode json(Answer answer) throws IOException {
        return new ObjectMapper().readTree(answer.out());
    }

    /** @param frames at 50 a second */
    private String clip(int frames) throws IOException {
        Files.write(folder.resolve("clip.mp4"), clipOf(frames));
        return "clip.mp4";
    }

    private static byte[] clipOf(int frames) {
        return Mp4Bytes.video().rate(RATE).frames(frames).build();
    }

    /** Number in ray-api §3.7, provider, manifest, frames of its source, expected, upper bound, what is assumed. */
    static Stream<Arguments> examples() {
        return Stream.of(
                arguments(1, "luma", "duration: 5s\n", 0, "0.30", "0.30", ""),
                arguments(2, "luma", "duration: 10s\n", 0, "0.90", "0.90", ""),
                arguments(3, "gmi", "duration: 10s\n", 0, "0.60", "0.60", ""),
                arguments(4, "replicate", "defaults: { resolution: 1080p, duration: 10s }\n", 0, "3.60", "3.60", ""),
                arguments(5, "luma", LARGE_HDR_EXR, 0, "3.60", "4.80", "HDR alone is also quoted at four times"),
                arguments(6, "gmi", LARGE_HDR_EXR, 0, "8.40", "8.40", ""),
                arguments(
                        7,
                        "luma",
                        "steps:\n  - { id: on, operation: extend, direction: forward, prompt: On, aspectRatio: '16:9',"
                                + " source: d290f1ee-6c54-4b01-90e6-d701748f0851, resolution: 1080p }\n",
                        0,
                        "1.20",
                        "1.20",
                        ""),
                arguments(8, "luma", CHAIN, 0, "1.50", "1.50", ""),
                arguments(9, "luma", EDIT.formatted("clip.mp4", "720p"), 360, "2.16", "2.16", ""),
                arguments(10, "gmi", EDIT.formatted("clip.mp4", "720p, hdr: true"), 620, "6.48", "6.48", ""),
                arguments(
                        11,
                        "luma",
                        EDIT.formatted("clip.mp4", "720p"),
                        252,
                        "1.08",
                        "2.16",
                        "The source is a little longer than 1 block and may count as more."),
                arguments(12, "luma", REFRAME.formatted("clip.mp4", "720p"), 615, "1.56", "1.56", ""),
                arguments(13, "luma", REFRAME.formatted("clip.mp4", "1080p"), 500, "3.60", "3.60", ""),
                arguments(14, "luma", DRAFTS, 0, "7.20", "7.20", ""),
                arguments(
                        15,
                        "luma",
                        "duration: 10s\nkeyframes:\n  - { at: 0, image: 'https://cdn.example.com/a.png' }\n"
                                + "  - { at: 240, image: 'https://cdn.example.com/b.png' }\n",
                        0,
                        "0.90",
                        "0.90",
                        ""),
                arguments(
                        16,
                        "gmi",
                        EDIT.formatted("clip.mp4", "1080p, hdr: true, exrExport: true"),
                        900,
                        "30.24",
                        "30.24",
                        ""));
    }

    @ParameterizedTest(name = "example {0} at {1}: ${4} to ${5}")
    @MethodSource("examples")
    void a_worked_example_is_printed_with_its_price_and_the_date_of_the_book(
            int number, String provider, String text, int frames, String expected, String upperBound, String assumption)
            throws IOException {
        if (frames > 0) {
            clip(frames);
        }
        Path manifest = manifest(provider, text);

        Answer printed = plan(manifest);
        assertThat(printed.status()).as(printed.out() + printed.err()).isZero();
        String price =
                expected.equals(upperBound) ? "$" + expected : "$" + expected + " expected, at most $" + upperBound;
        assertThat(printed.out())
                .contains(" on " + provider + ", " + price + ", of a budget of $100.00")
                .contains("Prices: " + provider + " prices of 2026-11-21, version 1")
                .contains(assumption);
        assertThat(printed.out().contains("assumed")).isFalse();

        JsonNode document = json(plan(manifest, "--json"));
        assertThat(document.at("/dollars/expected").decimalValue()).isEqualByComparingTo(expected);
        assertThat(document.at("/dollars/upperBound").decimalValue()).isEqualByComparingTo(upperBound);
        assertThat(document.path("prices").asText()).isEqualTo(provider + " prices of 2026-11-21, version 1");
        assertThat(document.path("assumption").asText()).startsWith(assumption).doesNotContain("assumed");
        assertThat(document.path("assumption").asText().isEmpty()).isEqualTo(assumption.isEmpty());
    }

    /** What nobody has looked into, or quoted: provider, manifest, expected, what is assumed. */
    static Stream<Arguments> assumed() {
        String elsewhere = "'https://cdn.example.com/a.mp4'";
        String generation = "d290f1ee-6c54-4b01-90e6-d701748f0851";
        return Stream.of(
                arguments("luma", EDIT.formatted(elsewhere, "720p"), "4.32", "18 s are assumed."),
                arguments("luma", REFRAME.formatted(elsewhere, "720p"), "3.60", "30 s are assumed."),
                arguments("luma", EDIT.formatted(generation, "720p"), "4.32", "18 s are assumed."),
                arguments("gmi", EDIT.formatted(generation, "720p"), "6.48", "30 s are assumed."),
                arguments("gmi", REFRAME.formatted(generation, "720p"), "3.60", "Luma's own is assumed."),
                arguments("replicate", LARGE_HDR_EXR, "3.60", "is assumed."));
    }

    @ParameterizedTest(name = "{0}: {3}")
    @MethodSource("assumed")
    void a_price_that_rests_on_an_assumption_says_so(String provider, String text, String expected, String assumption)
            throws IOException {
        Path manifest = manifest(provider, text);

        Answer printed = plan(manifest);
        assertThat(printed.status()).as(printed.out() + printed.err()).isZero();
        assertThat(printed.out()).contains("$" + expected).contains(assumption);
        assertThat(json(plan(manifest, "--json")).path("assumption").asText()).contains(assumption);
    }

    @Test
    void a_probe_measures_a_source_in_a_bucket_and_ends_the_assumption() throws Exception {
        Path manifest = manifest("luma", EDIT.formatted("'s3://assets/in/clip.mp4'", "1080p"));
        try (EmbeddedS3 store = EmbeddedS3.start(folder.resolve("s3"), "assets", "id", "secret")) {
            Path object = store.folder().resolve("assets/in/clip.mp4");
            Files.createDirectories(object.getParent());
            Files.write(object, clipOf(360));
            String[] settings = {
                "--set", "ray.assets.allow=s3://assets/in",
                "--set", "ray.s3.endpoint=" + store.endpoint(),
                "--set", "ray.s3.region=us-east-1"
            };

            assertThat(plan(manifest, settings).out()).contains("$8.64").contains("18 s are assumed.");

            Answer probed = plan(
                    manifest,
                    Stream.concat(Stream.of("--probe"), Stream.of(settings)).toArray(String[]::new));
            assertThat(probed.status()).as(probed.out() + probed.err()).isZero();
            assertThat(probed.out()).contains("$4.32").doesNotContain("assumed");
        }
    }

    @Test
    void nothing_touches_the_network_unless_it_is_asked_to_probe() throws Exception {
        AtomicInteger connections = new AtomicInteger();
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread counting = new Thread(() -> {
                try {
                    while (true) {
                        server.accept().close();
                        connections.incrementAndGet();
                    }
                } catch (IOException closed) {
                    // The end of the test.
                }
            });
            counting.setDaemon(true);
            counting.start();
            String here = "127.0.0.1:" + server.getLocalPort();
            Path manifest =
                    manifest("luma", "startFrame: 'https://" + here + "/a.png'\nendFrame: 's3://assets/in/b.png'\n");
            String[] settings = {
                "--set", "ray.download.allow-private=true",
                "--set", "ray.assets.allow=s3://assets/in",
                "--set", "ray.s3.endpoint=http://" + here,
                "--set", "ray.s3.region=us-east-1"
            };

            assertThat(plan(manifest, settings).status()).isZero();
            assertThat(connections).hasValue(0);

            Answer probed = plan(
                    manifest,
                    Stream.concat(Stream.of("--probe"), Stream.of(settings)).toArray(String[]::new));
            assertThat(probed.status()).isEqualTo(ExitStatus.USAGE);
            assertThat(probed.out())
                    .contains("/startFrame")
                    .contains("/endFrame")
                    .contains("would be rejected");
            assertThat(connections).hasPositiveValue();
        }
    }

    /** Reframing 5 s costs twice what rendering them does at luma: 4 masters and 8 reframes against 12 renders. */
    @Test
    void both_ways_to_several_ratios_are_priced_and_the_cheapest_is_taken_when_asked_for() throws Exception {
        Files.writeString(folder.resolve("skus.csv"), "id,name\na,mug\nb,cup\nc,jug\nd,bowl\n");
        String text =
                "resolution: 720p\n" + "matrix: { sku: { from: skus.csv }, aspectRatio: ['1:1', '16:9', '9:16'] }\n";

        Answer printed = plan(manifest("luma", text));
        assertThat(printed.status()).as(printed.out() + printed.err()).isZero();
        assertThat(printed.out())
                .contains("By sku:\n  a: 3 renders, $0.90\n")
                .contains("By ratio:\n  1:1: 4 renders, $1.20\n")
                .contains("Ways to these ratios", "native, as planned: 12 renders, $3.60")
                .contains("reframe: 12 renders, $6.00");

        JsonNode reframed = json(plan(manifest("luma", "ratios: reframe\n" + text), "--json"));
        assertThat(reframed.at("/dollars/expected").decimalValue()).isEqualByComparingTo("6.00");
        assertThat(reframed.at("/steps")).hasSize(2);
        assertThat(reframed.at("/steps/0/name").asText()).isEqualTo("generate");
        assertThat(reframed.at("/steps/1/renders").asInt()).isEqualTo(8);
        assertThat(reframed.at("/values/axis").asText()).isEqualTo("sku");
        assertThat(reframed.at("/values/first")).hasSize(4);
        assertThat(reframed.at("/ratios")).hasSize(3);
        assertThat(reframed.at("/ways/1/planned").asBoolean()).isTrue();
        assertThat(reframed.at("/keys/0").asText()).isEqualTo("priced/a/generate.mp4");
        assertThat(reframed.at("/keyCount").asInt()).isEqualTo(12);

        JsonNode cheapest = json(plan(manifest("luma", "ratios: cheapest\n" + text), "--json"));
        assertThat(cheapest.at("/dollars/expected").decimalValue()).isEqualByComparingTo("3.60");
        assertThat(cheapest.at("/ways/0/planned").asBoolean()).isTrue();

        JsonNode impossible = json(plan(manifest("replicate", "ratios: cheapest\n" + text), "--json"));
        assertThat(impossible.at("/ways/1/possible").asBoolean()).isFalse();
        assertThat(impossible.at("/ways/1/problem").asText()).isNotEmpty();
        assertThat(impossible.path("acceptable").asBoolean()).isTrue();
    }

    @Test
    void a_ratio_that_is_excluded_is_neither_reframed_nor_delivered_as_a_master() throws Exception {
        JsonNode planned = json(plan(
                manifest(
                        "luma",
                        "ratios: reframe\nmatrix:\n  sku: [ { id: a }, { id: b } ]\n  aspectRatio: ['9:16', '1:1']\n"
                                + "  exclude: [ { sku: b, aspectRatio: '9:16' } ]\n"),
                "--json"));

        assertThat(planned.path("renders").asInt()).isEqualTo(4);
        assertThat(planned.path("keys"))
                .extracting(JsonNode::asText)
                .containsExactly("priced/a/generate.mp4", "priced/a_1x1/reframe.mp4", "priced/b_1x1/reframe.mp4");
    }

    @Test
    void ratios_are_not_chosen_together_with_steps_or_without_the_axis() throws Exception {
        assertThat(plan(manifest("luma", "ratios: reframe\n")).out()).contains("there is no such axis");
        assertThat(plan(manifest("luma", "ratios: reframe\n" + CHAIN)).out())
                .contains("'ratios' and steps say the same thing twice");
    }

    @Test
    void a_mistake_in_a_data_file_is_printed_with_file_line_and_column() throws Exception {
        Files.writeString(folder.resolve("skus.csv"), "id,name\na,mug\nb\n");
        String text = "matrix: { sku: { from: skus.csv } }\n";

        assertThat(plan(manifest("luma", text)).out())
                .contains("error data at skus.csv line 3, column 1 (/matrix/sku/from): This row has 1 cell");
        JsonNode violation = json(plan(manifest("luma", text), "--json")).at("/violations/0");
        assertThat(violation.path("file").asText()).isEqualTo("skus.csv");
        assertThat(violation.path("line").asInt()).isEqualTo(3);
    }
}

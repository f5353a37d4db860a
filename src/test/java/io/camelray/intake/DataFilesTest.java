package io.camelray.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.camelray.ledger.PlanningLedger.PlannedOutput;
import io.camelray.ledger.PlanningLedger.PlannedRender;
import io.camelray.model.Place;
import io.camelray.model.Violation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Axes whose values are the rows of a file beside the manifest. */
class DataFilesTest {

    private static final String TEXT =
            """
            campaign: spring
            matrix:
              sku: { from: %s }
              aspectRatio: ["16:9", "9:16"]
            prompt: "A mug called {{sku.name}}"
            deliver: { key: "{{sku.id}}_{{aspectRatio}}.{{ext}}" }
            """;

    @TempDir
    Path folder;

    private ManifestSource manifest(String from) {
        return Manifests.source(TEXT.formatted(from)).in(folder);
    }

    private ManifestSource manifest(String name, byte[] content) throws IOException {
        Files.write(folder.resolve(name), content);
        return manifest(name);
    }

    private ManifestSource manifest(String name, String content) throws IOException {
        return manifest(name, content.getBytes(StandardCharsets.UTF_8));
    }

    private static List<Violation> errors(ManifestSource source) {
        return Manifests.errors(source, Manifests.settings());
    }

    private static Violation onlyError(ManifestSource source) {
        assertThat(errors(source)).hasSize(1);
        return errors(source).get(0);
    }

    private static List<String> prompts(ManifestSource source) {
        return Manifests.renders(source, Manifests.settings()).stream()
                .map(render -> render.request().prompt())
                .distinct()
                .toList();
    }

    /** Two rows, sage and "blue; speckled, tall", in every way to write them. */
    static Stream<Arguments> writings() {
        String csv = "id,name,note\nm1,sage,\nm2,\"blue; speckled, tall\",\"two\nlines\"\n";
        return Stream.of(
                arguments("commas", "skus.csv", csv),
                arguments("commas and carriage returns", "skus.CSV", csv.replace("\n", "\r\n")),
                arguments("a byte order mark", "skus.csv", '\uFEFF' + csv),
                arguments("no end to the last line", "skus.csv", csv.strip()),
                arguments("empty lines", "skus.csv", csv.replace("note\n", "note\n\n") + "\n\n"),
                arguments("semicolons", "skus.csv", "id;name\nm1;sage\nm2;\"blue; speckled, tall\"\n"),
                arguments("tabs", "skus.tsv", "id\tname\nm1\tsage\nm2\tblue; speckled, tall\n"),
                arguments(
                        "a JSON array",
                        "skus.json",
                        "[{\"id\":\"m1\",\"name\":\"sage\"},\n {\"id\":\"m2\",\"name\":\"blue; speckled, tall\"}]"),
                arguments(
                        "JSON lines",
                        "skus.jsonl",
                        "{\"id\":\"m1\",\"name\":\"sage\",\"price\":1.50,\"new\":true,\"note\":null}\n"
                                + "{\"id\":\"m2\",\"name\":\"blue; speckled, tall\"}\n"),
                arguments(
                        "a YAML list",
                        "skus.yaml",
                        "- { id: m1, name: sage }\n- id: m2\n  name: blue; speckled, tall\n"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("writings")
    void rows_become_variants_however_they_are_written(String how, String name, String content) throws IOException {
        ManifestSource source = manifest(name, content);

        assertThat(prompts(source)).containsExactly("A mug called sage", "A mug called blue; speckled, tall");
        assertThat(Manifests.renders(source, Manifests.settings()))
                .flatExtracting(PlannedRender::outputs)
                .extracting(PlannedOutput::key)
                .containsExactly("m1_16x9.mp4", "m1_9x16.mp4", "m2_16x9.mp4", "m2_9x16.mp4");
    }

    /** What is wrong, file, content, line, column, part of the message. */
    static Stream<Arguments> mistakes() {
        String good = "id,name\nm1,sage\n";
        return Stream.of(
                arguments("a short row", "s.csv", good + "m2\n", 3, 1, "has 1 cell, the first one 2"),
                arguments("a long row", "s.csv", good + "m2,blue,red\n", 3, 9, "has 3 cells"),
                arguments("a row after one of two lines", "s.csv", good + "m2,\"b\nc\"\nm3\n", 5, 1, "has 1 cell"),
                arguments("an empty id", "s.csv", "name,id\nsage,\n", 2, 6, "The id is empty"),
                arguments("an id that is there twice", "s.csv", good + "m1,blue\n", 3, 1, "the first is in line 2"),
                arguments("no column called id", "s.csv", "sku,name\nm1,sage\n", 2, 1, "There is no 'id'"),
                arguments("a column without a name", "s.csv", "id,\nm1,\n", 1, 1, "Column 2 has no name"),
                arguments("columns of one name", "s.csv", "id,a,a\nm1,,\n", 1, 1, "both called 'a'"),
                arguments("a quote without an end", "s.csv", good + "m2,\"blue\nm3,red\n", 3, 1, "never closed"),
                arguments("text after a quote", "s.csv", good + "m2,\"blue\" red\n", 3, 1, "follows the closing quote"),
                arguments("bytes that are not UTF-8", "s.csv", good + "m2,gr\u00fcn\n", 3, 4, "no text in UTF-8"),
                arguments("nothing", "s.csv", "", 1, 1, "The file is empty"),
                arguments("no object", "s.json", "[1]", 1, 2, "no object"),
                arguments("a list in a cell", "s.json", "[{\"id\": 1, \"name\": []}]", 1, 20, "'name' is not one"),
                arguments("no id", "s.jsonl", "{\"id\":\"a\",\"name\":\"x\"}\n{\"name\":\"y\"}", 2, 1, "no 'id'"),
                arguments("no JSON", "s.json", "[{\"id\": 1,\n  nonsense", 2, 3, "is not JSON"),
                arguments("something after the array", "s.json", "[{\"id\":1,\"name\":\"x\"}] x", 1, 23, "not JSON"),
                arguments("no list", "s.yaml", "id: m1\n", 1, 1, "The file is no list"),
                arguments("a list in a list", "s.yaml", "- {id: 1, name: x}\n- [2]\n", 2, 3, "no set of fields"),
                arguments("no YAML", "s.yml", "- {id: 1\n", 2, 1, "The file is neither YAML nor JSON"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mistakes")
    void a_mistake_in_a_data_file_is_told_with_file_line_and_column(
            String what, String name, String content, int line, int column, String message) throws IOException {
        Violation error = onlyError(manifest(name, content.getBytes(StandardCharsets.ISO_8859_1)));

        assertThat(error.message()).contains(message);
        assertThat(error.place()).isEqualTo(new Place("/matrix/sku/from", line, column, name));
        assertThat(error.place().toString())
                .isEqualTo(name + " line " + line + ", column " + column + " (/matrix/sku/from)");
        assertThat(error.remedy()).endsWith(".");
    }

    @Test
    void every_mistake_is_told_and_the_rest_counted() throws IOException {
        String rows = IntStream.range(0, 1500).mapToObj(i -> "m" + i + "\n").collect(Collectors.joining());

        List<Violation> errors = errors(manifest("skus.csv", "id,name\n" + rows));

        assertThat(errors).hasSize(101);
        assertThat(errors).extracting(Violation::message).anyMatch(text -> text.contains("1,500 rows in all"));
    }

    @Test
    void an_empty_cell_is_a_mistake_where_it_is_used_unless_the_template_has_a_default() throws IOException {
        String rows = "id,note,name\nm1,\"a\nb\",sage\nm2,,\nm3,,\n";
        ManifestSource source = manifest("skus.csv", rows);

        Violation error = onlyError(source);
        assertThat(error.rule()).isEqualTo("template");
        assertThat(error.place()).isEqualTo(new Place("/prompt", 4, 5, "skus.csv"));
        assertThat(error.message())
                .contains("'m2' of axis 'sku' has nothing in field 'name'")
                .contains("(in 4 variants");
        assertThat(error.remedy()).contains("{{sku.name | default:\"…\"}}");

        String text = TEXT.formatted("skus.csv");
        assertThat(prompts(Manifests.source(text.replace("{{sku.name}}", "{{sku.name | default:'plain'}} {{sku.id}}"))
                        .in(folder)))
                .containsExactly("A mug called sage m1", "A mug called plain m2", "A mug called plain m3");
        Violation unknown =
                onlyError(Manifests.source(text.replace("sku.name", "sku.nme")).in(folder));
        assertThat(unknown.place().file()).isEmpty();
        assertThat(unknown.remedy()).isEqualTo("Did you mean {{sku.name}}?");
    }

    @Test
    void rows_are_excluded_and_included_by_their_id() throws IOException {
        Files.writeString(folder.resolve("skus.csv"), "id,name\nm1,sage\nm2,blue\n");
        String text = TEXT.formatted("skus.csv")
                .replace(
                        "prompt",
                        "  exclude: [ { sku: m2, aspectRatio: \"16:9\" } ]\n"
                                + "  include: [ { sku: m1, aspectRatio: \"1:1\", resolution: 1080p } ]\nprompt");

        assertThat(Manifests.renders(Manifests.source(text).in(folder), Manifests.settings()))
                .extracting(PlannedRender::cell)
                .containsExactly(
                        "{\"sku\":\"m1\",\"aspectRatio\":\"16:9\"}",
                        "{\"sku\":\"m1\",\"aspectRatio\":\"9:16\"}",
                        "{\"sku\":\"m2\",\"aspectRatio\":\"9:16\"}",
                        "{\"sku\":\"m1\",\"aspectRatio\":\"1:1\"}");
        assertThat(onlyError(
                        Manifests.source(text.replace("sku: m2", "sku: m22")).in(folder)))
                .satisfies(error -> assertThat(error.message()).isEqualTo("Axis 'sku' has no 'm22'."))
                .satisfies(error -> assertThat(error.remedy()).isEqualTo("Did you mean 'm2'?"));
    }

    @Test
    void only_a_file_within_the_manifests_folder_is_read() throws IOException {
        Path outside = Files.writeString(folder.resolve("outside.csv"), "id,name\nm1,sage\n");
        Path inner = Files.createDirectories(folder.resolve("inner"));
        Files.createSymbolicLink(inner.resolve("link.csv"), outside);

        for (String from : List.of("../outside.csv", outside.toString(), "link.csv", "none.csv", "skus.xlsx")) {
            Violation error =
                    onlyError(Manifests.source(TEXT.formatted('"' + from + '"')).in(inner));
            assertThat(error.rule()).isEqualTo("data");
            assertThat(error.place()).isEqualTo(new Place("/matrix/sku/from", 3, 16));
        }
        assertThat(onlyError(Manifests.source(TEXT.formatted("outside.csv"))).message())
                .contains("came without a folder");
    }

    @Test
    void a_changed_data_file_is_another_manifest() throws IOException {
        RecordingLedger ledger = new RecordingLedger();
        Planner planner = Manifests.planner(ledger);
        ManifestSource source = manifest("skus.csv", "id,name\nm1,sage\n");

        assertThat(planner.plan(source)).isInstanceOf(PlanResult.Accepted.class);
        assertThat(planner.plan(source)).isInstanceOf(PlanResult.Repeated.class);
        assertThat(planner.plan(manifest("skus.csv", "id,name\nm1,blue\n"))).isInstanceOf(PlanResult.Accepted.class);
    }

    @Test
    void a_data_file_that_changes_while_it_is_planned_with_leaves_nothing_accepted() throws IOException {
        ManifestSource source = manifest("skus.csv", "id,name\nm1,sage\n");
        RecordingLedger ledger = new RecordingLedger() {
            @Override
            public RevisionDraft draft(NewRevision revision) {
                try {
                    Files.writeString(folder.resolve("skus.csv"), "id,name\nm1,blue\n");
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
                return super.draft(revision);
            }
        };

        assertThat(Manifests.planner(ledger).plan(source))
                .isInstanceOfSatisfying(PlanResult.Rejected.class, rejected -> assertThat(rejected.violations())
                        .extracting(Violation::message)
                        .containsExactly("File 'skus.csv' changed while it was planned with."));
        assertThat(ledger.accepted).isEmpty();
        assertThat(ledger.closed).isEqualTo(1);
    }

    @Test
    void more_rows_than_renders_are_allowed_are_counted_and_refused() throws IOException {
        String rows = IntStream.range(0, 10_001).mapToObj(i -> "m" + i + ",x\n").collect(Collectors.joining());

        Violation error = onlyError(manifest("skus.csv", "id,name\n" + rows));

        assertThat(error.rule()).isEqualTo("max-renders");
        assertThat(error.message()).isEqualTo("File 'skus.csv' has 10,001 rows; at most 10,000 renders are allowed.");
    }

    @Test
    void rows_that_do_not_fit_into_memory_are_found_again_in_any_order() throws IOException {
        String long1000 = "x".repeat(1000);
        String rows = IntStream.range(0, 3000)
                .mapToObj(i -> "m" + i + "," + long1000 + i + "\n")
                .collect(Collectors.joining());
        String text = TEXT.formatted("skus.csv")
                .replace("  aspectRatio: [\"16:9\", \"9:16\"]\n", "")
                .replace("matrix:\n", "matrix:\n  aspectRatio: [\"16:9\", \"9:16\"]\n");
        Files.writeString(folder.resolve("skus.csv"), "id,name\n" + rows);

        List<PlannedRender> renders = Manifests.renders(Manifests.source(text).in(folder), Manifests.settings());

        assertThat(renders).hasSize(6000);
        assertThat(renders.get(0).request().prompt()).endsWith("x0");
        assertThat(renders.get(3000).request().prompt()).endsWith("x0");
        assertThat(renders.get(5999).request().prompt()).endsWith("x2999");
        assertThat(errors(Manifests.source(text.replace("{{sku.name}}", "mug")).in(folder)))
                .isEmpty();
    }

    @Test
    void a_field_that_an_axis_sets_cannot_come_from_a_file() {
        Violation error =
                Manifests.only("campaign: spring\nprompt: A mug\nmatrix: { aspectRatio: { from: ratios.csv } }\n");

        assertThat(error.message())
                .isEqualTo("'matrix.aspectRatio' cannot come from a data file, because it sets a render field.");
        assertThat(Manifests.violations("campaign: spring\nprompt: A mug\nmatrix: { sku: { form: skus.csv } }\n"))
                .extracting(Violation::remedy)
                .contains("Did you mean 'from'?");
    }
}

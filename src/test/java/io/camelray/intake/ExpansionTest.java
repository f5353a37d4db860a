package io.camelray.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelray.ledger.PlanningLedger.PlannedRender;
import io.camelray.model.Place;
import io.camelray.model.Violation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ExpansionTest {

    private static final String HEAD = "campaign: spring\nprompt: A {{sku}} mug {{aspectRatio}}\n";
    private static final String MATRIX = HEAD + "matrix:\n  sku: [a, b]\n  aspectRatio: ['16:9', '1:1']\n";

    @Test
    void the_cells_are_the_product_of_the_axes_first_axis_slowest() {
        assertThat(labels(MATRIX)).containsExactly("a_16x9", "a_1x1", "b_16x9", "b_1x1");
    }

    @Test
    void a_manifest_without_matrix_is_one_variant_without_a_cell() {
        PlannedRender render = renders("campaign: spring\nprompt: A mug\n").get(0);

        assertThat(render.label()).isEmpty();
        assertThat(render.cell()).isEqualTo("{}");
        assertThat(render.line()).isEqualTo(2);
        assertThat(render.outputs().get(0).key()).isEqualTo("spring/generate.mp4");
    }

    @Test
    void exclude_removes_whatever_matches_the_axes_that_it_names() {
        assertThat(labels(MATRIX + "  exclude: [ { sku: b, aspectRatio: '1:1' } ]\n"))
                .containsExactly("a_16x9", "a_1x1", "b_16x9");
        assertThat(labels(MATRIX + "  exclude: [ { sku: b } ]\n")).containsExactly("a_16x9", "a_1x1");
    }

    @Test
    void an_object_is_excluded_and_included_by_its_id() {
        String text =
                """
                campaign: spring
                prompt: A {{sku.name}} mug {{take}}
                matrix:
                  sku: [ { id: a, name: red }, { id: b, name: blue } ]
                  take: [1, 2]
                  exclude: [ { sku: a } ]
                  include: [ { sku: a, take: 7, resolution: 1080p } ]
                """;

        assertThat(labels(text)).containsExactly("b_1", "b_2", "a_7");
        assertThat(renders(text).get(2).request().prompt()).isEqualTo("A red mug 7");
        assertThat(renders(text).get(2).request().resolution().label()).isEqualTo("1080p");
        assertThat(renders(text).get(2).line()).isEqualTo(7);
        assertThat(renders(text).get(0).line()).isEqualTo(4);
    }

    @Test
    void include_adds_a_cell_with_a_new_plain_value() {
        String text = MATRIX + "  include: [ { sku: a, aspectRatio: '21:9', resolution: 1080p } ]\n";

        assertThat(labels(text)).containsExactly("a_16x9", "a_1x1", "b_16x9", "b_1x1", "a_21x9");
        assertThat(resolutions(text)).containsExactly("720p", "720p", "720p", "720p", "1080p");
    }

    @Test
    void include_comes_after_exclude_and_brings_a_cell_back() {
        assertThat(labels(MATRIX + "  exclude: [ { sku: b } ]\n  include: [ { sku: b, aspectRatio: '1:1' } ]\n"))
                .containsExactly("a_16x9", "a_1x1", "b_1x1");
    }

    @Test
    void include_overrides_fields_of_what_it_matches_and_the_last_one_wins() {
        String text = MATRIX
                + "  include:\n    - { sku: b, resolution: 540p }\n    - { sku: b, aspectRatio: '1:1', resolution: 360p }\n";

        assertThat(labels(text)).hasSize(4);
        assertThat(resolutions(text)).containsExactly("720p", "720p", "540p", "360p");
    }

    @Test
    void the_same_include_twice_adds_one_cell() {
        assertThat(
                        labels(
                                MATRIX
                                        + "  include: [ { sku: a, aspectRatio: '3:4' }, { sku: a, aspectRatio: '3:4', loop: true } ]\n"))
                .hasSize(5);
    }

    @ParameterizedTest(name = "{0} | {1} | {2} | {3} gives {4}")
    @CsvSource({
        "360p, '', '', '', 360p",
        "360p, 540p, '', '', 540p",
        "360p, '', 540p, '', 540p",
        "360p, '', 540p, 1080p, 1080p",
        "'', 540p, '', 1080p, 1080p",
        "360p, 540p, '', 1080p, 1080p",
        "'', '', '', 1080p, 1080p",
        "'', '', '', '', 720p"
    })
    void the_nearer_value_goes_before_the_farther(
            String defaults, String axis, String own, String include, String effective) {
        String text = "campaign: spring\nprompt: A mug\n"
                + (defaults.isEmpty() ? "" : "defaults: { resolution: " + defaults + " }\n")
                + (own.isEmpty() ? "" : "resolution: " + own + "\n")
                + "matrix:\n  sku: [a]\n"
                + (axis.isEmpty() ? "" : "  resolution: [" + axis + "]\n")
                + (include.isEmpty() || !axis.isEmpty()
                        ? ""
                        : "  include: [ { sku: a, resolution: " + include + " } ]\n");

        assertThat(resolutions(text)).containsExactly(axis.isEmpty() ? effective : axis);
    }

    @Test
    void an_axis_and_another_field_of_its_name_contradict_each_other() {
        String matrix = "campaign: spring\nprompt: A mug\nmatrix: { resolution: [540p, 720p] }\n";

        assertThat(Manifests.only(matrix + "resolution: 720p\n")).satisfies(violation -> {
            assertThat(violation.rule()).isEqualTo("matrix");
            assertThat(violation.place()).isEqualTo(new Place("/resolution", 4, 13));
        });
        assertThat(Manifests.violations(
                        "campaign: spring\nprompt: A mug\nmatrix: { resolution: [720p] }\nresolution: 720p\n"))
                .isEmpty();
        assertThat(Manifests.violations(matrix + "defaults: { resolution: 360p }\n"))
                .extracting(Violation::rule)
                .isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "exclude: [ { sku: c } ]     | 21 | Axis 'sku' has no 'c'.",
                "exclude: [ { skuu: a } ]    | 16 | There is no axis 'skuu' to exclude from.",
                "exclude: [ { resolution: 720p } ] | 16 | There is no axis 'resolution' to exclude from.",
                "include: [ { resolution: 1080p } ] | 14 | This include names no axis, so it does not say which variants it means.",
                "include: [ { sku: a, resolutoin: 1080p } ] | 24 | 'resolutoin' is neither an axis nor a render field.",
                "include: [ { sku: a, startFrames: x.png } ] | 24 | 'startFrames' is neither an axis nor a render field."
            })
    void an_exclude_or_include_of_what_is_not_there_is_an_error(String entry, int column, String message) {
        Violation violation =
                Manifests.only("campaign: spring\nprompt: A {{sku}} mug\nmatrix:\n  sku: [a, b]\n  " + entry + "\n");

        assertThat(violation.message()).isEqualTo(message);
        assertThat(violation.place().line()).isEqualTo(5);
        assertThat(violation.place().column()).isEqualTo(column);
    }

    @Test
    void an_object_axis_takes_no_values_that_it_does_not_have() {
        assertThat(Manifests.only(
                                "campaign: spring\nprompt: A {{sku.n}}\nmatrix:\n  sku: [ { id: mug-01, n: x } ]\n  include: [ { sku: mug-1 } ]\n")
                        .remedy())
                .isEqualTo("Did you mean 'mug-01'?");
    }

    @Test
    void a_matrix_of_which_nothing_is_left_is_an_error() {
        assertThat(Manifests.only(HEAD.replace("{{aspectRatio}}", "")
                                + "matrix:\n  sku: [a]\n  exclude: [ { sku: a } ]\n")
                        .message())
                .isEqualTo("Nothing is left of the matrix.");
    }

    @Test
    void a_matrix_that_explodes_is_refused_with_its_size_and_its_price() {
        String axes = IntStream.range(0, 18)
                .mapToObj(i -> "  a" + i + ": [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]\n")
                .collect(Collectors.joining());

        assertThat(Manifests.only("campaign: spring\nprompt: A mug\nmatrix:\n" + axes)
                        .message())
                .startsWith("The matrix makes 1,000,000,000,000,000,000 renders")
                .endsWith("; at most 10,000 are allowed.");
        assertThat(Manifests.violations("campaign: spring\nprompt: A mug\nmatrix:\n  exclude: [ { a0: 0 } ]\n" + axes))
                .hasSize(1);
        assertThat(Manifests.only(
                                "campaign: spring\nprompt: A mug\nmaxRenders: 3\nmatrix:\n  resolution: [720p, 1080p]\n  take: [1, 2]\n")
                        .message())
                .isEqualTo("The matrix makes 4 renders, for about $3.00; at most 3 are allowed.");
    }

    @Test
    void excludes_count_before_a_matrix_is_called_too_large() {
        String text = HEAD + "maxRenders: 2\nmatrix:\n  sku: [a, b]\n  aspectRatio: ['16:9', '1:1']\n";

        assertThat(Manifests.violations(text)).extracting(Violation::rule).containsExactly("max-renders");
        assertThat(labels(text + "  exclude: [ { sku: a } ]\n")).hasSize(2);
    }

    @Test
    void a_manifest_lowers_the_limit_but_does_not_raise_it() {
        assertThat(Manifests.only("campaign: spring\nprompt: A mug\nmaxRenders: 10001\n"))
                .satisfies(violation -> {
                    assertThat(violation.rule()).isEqualTo("max-renders");
                    assertThat(violation.message())
                            .isEqualTo("A manifest can lower the limit of 10,000 renders, not raise it to 10,001.");
                });
    }

    static Stream<Long> seeds() {
        return new Random(20261121).longs(60).boxed();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void expansion_agrees_with_a_naive_reading_of_the_design(long seed) {
        Random random = new Random(seed);
        int axes = 1 + random.nextInt(3);
        List<List<String>> values = new ArrayList<>();
        StringBuilder text = new StringBuilder("campaign: spring\nprompt: A mug\nmatrix:\n");
        for (int axis = 0; axis < axes; axis++) {
            values.add(IntStream.rangeClosed(0, random.nextInt(4))
                    .mapToObj(value -> "v" + value)
                    .toList());
            text.append("  x")
                    .append(axis)
                    .append(": ")
                    .append(values.get(axis))
                    .append('\n');
        }
        List<Map<Integer, String>> excludes = patterns(random, values, 0.4, false);
        List<Map<Integer, String>> includes = patterns(random, values, 0.8, true);
        text.append("  exclude: ").append(write(excludes, false)).append('\n');
        text.append("  include: ").append(write(includes, true)).append('\n');

        Map<String, Integer> expected = naive(values, excludes, includes);
        if (expected.isEmpty()) {
            assertThat(Manifests.violations(text.toString()))
                    .extracting(Violation::rule)
                    .contains("matrix");
            return;
        }
        Map<String, Integer> actual = new LinkedHashMap<>();
        renders(text.toString())
                .forEach(render ->
                        actual.put(render.label(), render.request().resolution().lines()));
        assertThat(actual).as(text.toString()).containsExactlyEntriesOf(expected);
    }

    /** All cells in order with their resolutions, written down as the design says it, without any cleverness. */
    private static Map<String, Integer> naive(
            List<List<String>> values, List<Map<Integer, String>> excludes, List<Map<Integer, String>> includes) {
        List<List<String>> cells = new ArrayList<>(List.of(List.of()));
        for (List<String> axis : values) {
            cells = cells.stream()
                    .flatMap(cell -> axis.stream().map(value -> Stream.concat(cell.stream(), Stream.of(value))
                            .toList()))
                    .collect(Collectors.toCollection(ArrayList::new));
        }
        cells.removeIf(cell -> excludes.stream().anyMatch(pattern -> matches(pattern, cell)));
        for (Map<Integer, String> include : includes) {
            List<String> cell =
                    IntStream.range(0, values.size()).mapToObj(include::get).toList();
            if (include.size() == values.size() && !cells.contains(cell)) {
                cells.add(cell);
            }
        }
        int[] resolutions = {360, 540, 1080};
        Map<String, Integer> out = new LinkedHashMap<>();
        for (List<String> cell : cells) {
            int resolution = 720;
            for (int i = 0; i < includes.size(); i++) {
                resolution = matches(includes.get(i), cell) ? resolutions[i % 3] : resolution;
            }
            out.put(String.join("_", cell), resolution);
        }
        return out;
    }

    private static boolean matches(Map<Integer, String> pattern, List<String> cell) {
        return pattern.entrySet().stream()
                .allMatch(entry -> cell.get(entry.getKey()).equals(entry.getValue()));
    }

    private static List<Map<Integer, String>> patterns(
            Random random, List<List<String>> values, double likely, boolean fresh) {
        List<Map<Integer, String>> patterns = new ArrayList<>();
        for (int n = random.nextInt(4); n > 0; n--) {
            Map<Integer, String> pattern = new LinkedHashMap<>();
            for (int axis = 0; axis < values.size(); axis++) {
                if (pattern.isEmpty() && axis == values.size() - 1 || random.nextDouble() < likely) {
                    int value = random.nextInt(values.get(axis).size() + (fresh ? 1 : 0));
                    pattern.put(axis, "v" + value);
                }
            }
            patterns.add(pattern);
        }
        return patterns;
    }

    private static String write(List<Map<Integer, String>> patterns, boolean override) {
        String[] resolutions = {"360p", "540p", "1080p"};
        return IntStream.range(0, patterns.size())
                .mapToObj(i -> patterns.get(i).entrySet().stream()
                                .map(entry -> "x" + entry.getKey() + ": " + entry.getValue())
                                .collect(Collectors.joining(", ", "{ ", ""))
                        + (override ? ", resolution: " + resolutions[i % 3] + " }" : " }"))
                .collect(Collectors.joining(", ", "[", "]"));
    }

    private static List<PlannedRender> renders(String text) {
        RecordingLedger ledger = new RecordingLedger();
        assertThat(Manifests.planner(ledger).plan(Manifests.source(text))).isInstanceOf(PlanResult.Accepted.class);
        return ledger.renders();
    }

    private static List<String> labels(String text) {
        return renders(text).stream().map(PlannedRender::label).toList();
    }

    private static List<String> resolutions(String text) {
        return renders(text).stream()
                .map(render -> render.request().resolution().label())
                .toList();
    }
}

package io.camelray.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelray.ledger.PlanningLedger.Parent;
import io.camelray.ledger.PlanningLedger.PlannedRender;
import io.camelray.model.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class StepCellsTest {

    private static final String STEPS =
            """
            steps:
              - { id: one, operation: generate, each: [sku], prompt: "Mug {{sku}}", deliver: true }
              - { id: two, operation: reframe, source: one, aspectRatio: "1:1", prompt: Wider }
            """;
    private static final String MATRIX = "campaign: spring\nmatrix:\n  sku: [a, b]\n  take: [1, 2]\n";

    @Test
    void what_is_excluded_everywhere_is_gone_from_the_steps_before_as_well() {
        assertThat(cells(MATRIX + "  exclude: [ { sku: b } ]\n" + STEPS))
                .containsExactly("one a", "two a_1", "two a_2");
        assertThat(cells(MATRIX + "  exclude: [ { sku: b, take: 1 }, { sku: b, take: 2 } ]\n" + STEPS))
                .containsExactly("one a", "two a_1", "two a_2");
    }

    @Test
    void what_is_excluded_in_part_keeps_its_source() {
        assertThat(cells(MATRIX + "  exclude: [ { sku: b, take: 1 } ]\n" + STEPS))
                .containsExactly("one a", "one b", "two a_1", "two a_2", "two b_2");
    }

    @Test
    void what_is_included_brings_its_source_along_once() {
        assertThat(cells(MATRIX + "  include: [ { sku: c, take: 1 }, { sku: c, take: 3 }, { sku: a, take: 3 } ]\n"
                        + STEPS))
                .containsExactly(
                        "one a", "one b", "one c", "two a_1", "two a_2", "two b_1", "two b_2", "two c_1", "two c_3",
                        "two a_3");
    }

    @Test
    void an_override_reaches_only_steps_that_fan_out_over_the_axes_that_it_names() {
        assertThat(resolutions(MATRIX + "  include: [ { sku: a, take: 1, resolution: 540p } ]\n" + STEPS))
                .containsExactly("720p", "720p", "540p", "720p", "720p", "720p");
        assertThat(resolutions(MATRIX + "  include: [ { sku: a, resolution: 540p } ]\n" + STEPS))
                .containsExactly("540p", "720p", "540p", "540p", "720p", "720p");
        assertThat(resolutions(MATRIX + "  include: [ { take: 2, resolution: 540p } ]\n" + STEPS))
                .containsExactly("720p", "720p", "720p", "540p", "720p", "540p");
    }

    @ParameterizedTest(name = "defaults {0}, axis in each {1}, own {2}, include {3}: {4}")
    @CsvSource({
        "540p, true, '', '', 1080p",
        "540p, false, '', '', 540p",
        "540p, false, 360p, '', 360p",
        "'', false, '', '', 720p",
        "540p, false, 360p, 1080p, 1080p",
        "540p, false, '', 1080p, 1080p"
    })
    void each_step_has_its_own_precedence(String defaults, boolean axis, String own, String include, String effective) {
        String axes = include.isEmpty()
                ? "matrix:\n  sku: [a]\n  resolution: [1080p]\n"
                : "matrix:\n  sku: [a]\n  include: [ { sku: a, resolution: " + include + " } ]\n";
        String text = "campaign: spring\n"
                + (defaults.isEmpty() ? "" : "defaults: { resolution: " + defaults + " }\n")
                + axes
                + "steps:\n  - { id: one, operation: generate, prompt: A mug, each: "
                + (axis ? "[sku, resolution]" : "[sku]")
                + (own.isEmpty() ? "" : ", resolution: " + own) + " }\n";

        assertThat(resolutions(text)).containsExactly(effective);
    }

    @Test
    void an_axis_and_another_field_of_its_name_contradict_each_other_only_where_both_are() {
        String text = "campaign: spring\nmatrix: { resolution: [540p, 720p] }\nsteps:\n"
                + "  - { id: one, operation: generate, prompt: A mug, resolution: 360p }\n";

        assertThat(Manifests.onlyError(text)).satisfies(violation -> assertThat(violation.place())
                .isEqualTo(new Place("/steps/0/resolution", 4, 64)));
        assertThat(resolutions(text.replace("prompt:", "each: [], prompt:"))).containsExactly("360p");
    }

    static Stream<Long> seeds() {
        return new Random(20261122).longs(80).boxed();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void steps_agree_with_a_naive_reading_of_the_design(long seed) {
        Random random = new Random(seed);
        List<Integer> sizes =
                IntStream.range(0, 3).mapToObj(i -> 1 + random.nextInt(3)).toList();
        List<Map<Integer, Integer>> excludes = patterns(random, sizes, 0);
        List<Map<Integer, Integer>> includes = patterns(random, sizes, 1);
        List<Set<Integer>> eaches = new ArrayList<>();
        Set<Integer> each = new LinkedHashSet<>();
        for (int step = 0; step < 3; step++) {
            each = new LinkedHashSet<>(each);
            for (int axis = 0; axis < 3; axis++) {
                if (random.nextInt(3) == 0) {
                    each.add(axis);
                }
            }
            eaches.add(each);
        }
        String text = write(sizes, excludes, includes, eaches);
        Set<List<Integer>> survivors = survivors(sizes, excludes, includes);
        if (survivors.isEmpty()) {
            assertThat(Manifests.errors(text))
                    .extracting(violation -> violation.message())
                    .contains("Nothing is left of the matrix.");
            return;
        }

        Map<String, String> expected = new LinkedHashMap<>();
        for (int step = 0; step < 3; step++) {
            for (List<Integer> cell : survivors) {
                String resolution = "720p";
                for (Map<Integer, Integer> include : includes) {
                    boolean reaches = eaches.get(step).containsAll(include.keySet()) && matches(include, cell);
                    resolution = reaches ? "540p" : resolution;
                }
                String parents = step == 0
                        ? "[]"
                        : List.of(new Parent("s" + (step - 1), json(cell, eaches.get(step - 1))))
                                .toString();
                expected.put("s" + step + " " + json(cell, eaches.get(step)), resolution + " " + parents);
            }
        }
        List<PlannedRender> renders = Manifests.renders(text);
        assertThat(renders).as(text).hasSize(expected.size());
        assertThat(renders.stream()
                        .collect(Collectors.toMap(
                                render -> render.step() + " " + render.cell(),
                                render -> render.request().resolution().label() + " " + render.parents())))
                .as(text)
                .containsExactlyInAnyOrderEntriesOf(expected);
    }

    private static Set<List<Integer>> survivors(
            List<Integer> sizes, List<Map<Integer, Integer>> excludes, List<Map<Integer, Integer>> includes) {
        Set<List<Integer>> cells = new LinkedHashSet<>();
        for (int a = 0; a < sizes.get(0); a++) {
            for (int b = 0; b < sizes.get(1); b++) {
                for (int c = 0; c < sizes.get(2); c++) {
                    List<Integer> cell = List.of(a, b, c);
                    if (excludes.stream().noneMatch(pattern -> matches(pattern, cell))) {
                        cells.add(cell);
                    }
                }
            }
        }
        includes.stream()
                .filter(include -> include.size() == 3)
                .forEach(include -> cells.add(List.of(include.get(0), include.get(1), include.get(2))));
        return cells;
    }

    private static boolean matches(Map<Integer, Integer> pattern, List<Integer> cell) {
        return pattern.entrySet().stream()
                .allMatch(entry -> cell.get(entry.getKey()).equals(entry.getValue()));
    }

    private static List<Map<Integer, Integer>> patterns(Random random, List<Integer> sizes, int fresh) {
        List<Map<Integer, Integer>> patterns = new ArrayList<>();
        for (int n = random.nextInt(5); n > 0; n--) {
            Map<Integer, Integer> pattern = new LinkedHashMap<>();
            boolean whole = random.nextBoolean();
            for (int axis = 0; axis < 3; axis++) {
                if (whole || random.nextBoolean() || pattern.isEmpty() && axis == 2) {
                    pattern.put(axis, random.nextInt(sizes.get(axis) + fresh));
                }
            }
            patterns.add(pattern);
        }
        return patterns;
    }

    private static String write(
            List<Integer> sizes,
            List<Map<Integer, Integer>> excludes,
            List<Map<Integer, Integer>> includes,
            List<Set<Integer>> eaches) {
        StringBuilder text = new StringBuilder("campaign: spring\nbudget: 1000\nmatrix:\n");
        for (int axis = 0; axis < 3; axis++) {
            text.append("  x" + axis + ": "
                    + IntStream.range(0, sizes.get(axis))
                            .mapToObj(value -> "v" + value)
                            .toList() + "\n");
        }
        text.append("  exclude: "
                + excludes.stream().map(pattern -> entry(pattern, "")).toList() + "\n");
        text.append("  include: "
                + includes.stream()
                        .map(pattern -> entry(pattern, ", resolution: 540p"))
                        .toList() + "\n");
        text.append("steps:\n");
        for (int step = 0; step < 3; step++) {
            text.append("  - { id: s" + step + ", prompt: x, deliver: true, each: "
                    + eaches.get(step).stream().map(axis -> "x" + axis).toList()
                    + (step == 0
                            ? ", operation: generate }\n"
                            : ", operation: edit, edit: { autoControls: true }, source: s" + (step - 1) + " }\n"));
        }
        return text.toString();
    }

    private static String entry(Map<Integer, Integer> pattern, String more) {
        return pattern.entrySet().stream()
                .map(entry -> "x" + entry.getKey() + ": v" + entry.getValue())
                .collect(Collectors.joining(", ", "{ ", more + " }"));
    }

    private static String json(List<Integer> cell, Set<Integer> each) {
        return IntStream.range(0, 3)
                .filter(each::contains)
                .mapToObj(axis -> "\"x" + axis + "\":\"v" + cell.get(axis) + "\"")
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static List<String> cells(String text) {
        return Manifests.renders(text).stream()
                .map(render -> render.step() + " " + render.label())
                .toList();
    }

    private static List<String> resolutions(String text) {
        return Manifests.renders(text).stream()
                .map(render -> render.request().resolution().label())
                .toList();
    }
}

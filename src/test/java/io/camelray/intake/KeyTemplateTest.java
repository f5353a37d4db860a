package io.camelray.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelray.model.Destination;
import io.camelray.model.Money;
import io.camelray.model.Place;
import io.camelray.model.Violation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyTemplateTest {

    @ParameterizedTest(name = "{0} becomes {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "16:9 | 16x9",
                "1:1:1 | 1x1x1",
                "a:b | a-b",
                "a/b | a-b",
                "a\\b | a-b",
                ".. | __",
                "../../etc/passwd | __-__-etc-passwd",
                ".hidden | _hidden",
                "end. | end_",
                "a b | a-b",
                "a*b?c\"d<e>f | a-b-c-d-e-f",
                "${x} | --x-",
                "{{x}} | --x--",
                "Straße_ä-1.5 | Straße_ä-1.5"
            })
    void a_value_in_a_key_is_made_safe(String value, String safe) {
        assertThat(SafeName.of(value)).isEqualTo(safe);
    }

    @Test
    void control_characters_and_decomposed_letters_are_made_safe() {
        assertThat(SafeName.of("a\r\nb\u0000c\u202Ed")).isEqualTo("a--b-c-d");
        assertThat(SafeName.of("u\u0308")).isEqualTo("\u00FC");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{{cell}}.{{ext}} | a-b_16x9.mp4",
                "x/{{sku}}/{{aspectRatio}}/{{output}}.{{ext}} | x/a-b/16x9/video.mp4",
                "{{campaign}}_{{resolution}}_{{duration}}_{{hdr}}_{{step}}.mp4 | spring_720p_5s_false_generate.mp4",
                "{{cell}}/{{step}}.{{ext}} | a-b_16x9/generate.mp4",
                "{{sku.device}}/x.mp4 | _con/x.mp4"
            })
    void keys_are_made_of_names_and_fields(String key, String made) {
        assertThat(Manifests.preview("campaign: spring\nprompt: A mug\nmatrix:\n  sku: [ { id: a/b, device: con } ]\n"
                                + "  aspectRatio: ['16:9']\ndeliver: { key: '" + key + "' }\n")
                        .keys())
                .containsExactly(made);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../{{cell}}.mp4", "/{{cell}}.mp4", "a/../../{{cell}}.mp4", "..", "a/./b.mp4"})
    void a_key_that_leaves_the_destination_is_an_error(String key) {
        Violation violation = Manifests.only("campaign: spring\nprompt: A mug\ndeliver: { key: '" + key + "' }\n");

        assertThat(violation.rule()).isEqualTo("key");
        assertThat(violation.place()).isEqualTo(new Place("/deliver/key", 3, 17));
        assertThat(violation.message()).contains("leaves the destination");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "a//{{ext}}      | The key has an empty segment.",
                "a/              | The key has an empty segment.",
                "a\\{{ext}}      | A key cannot hold control characters",
                "c:{{ext}}       | A key cannot hold control characters",
                "a?.{{ext}}      | A key cannot hold control characters",
                "aux/{{ext}}     | Windows keeps the name 'aux' for a device.",
                "nul.{{ext}}     | Windows keeps the name 'nul.mp4' for a device.",
                ".{{ext}}        | begins with a dot or a space.",
                "{{cell}}.{{ext}} | begins with a dot or a space.",
                "{{cell}}        | The key is empty.",
                "{{cell          | '{{' is opened and never closed.",
                "{{sku}}.mp4     | {{sku}} resolves to nothing",
                "{{aspectRatio}}.mp4 | {{aspectRatio}} resolves to nothing"
            })
    void a_key_that_cannot_be_used_is_an_error(String key, String message) {
        Violation violation = Manifests.only("campaign: spring\nprompt: A mug\ndeliver: { key: '" + key + "' }\n");

        assertThat(violation.message()).contains(message);
        assertThat(violation.place()).isEqualTo(new Place("/deliver/key", 3, 17));
    }

    @Test
    void keys_and_their_segments_have_a_longest_length() {
        String head = "campaign: spring\nprompt: '" + "ä".repeat(120) + "'\n";

        assertThat(Manifests.violations(head + "deliver: { key: '{{prompt}}.{{ext}}' }\n"))
                .isEmpty();
        assertThat(Manifests.only(head + "deliver: { key: '{{prompt}}-{{prompt}}.{{ext}}' }\n")
                        .message())
                .startsWith("The key has a segment of more than 255 bytes");
        assertThat(Manifests.only(
                                head
                                        + "deliver: { key: '{{prompt}}/{{prompt}}/{{prompt}}/{{prompt}}/{{prompt}}.{{ext}}' }\n")
                        .message())
                .isEqualTo("The key is longer than 1017 bytes.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[a, A]      | {{sku}}.{{ext}}     | 'a' and 'A' would have one key, 'a.mp4'.",
                "['a b', 'a-b'] | {{sku}}.{{ext}}  | {\"sku\":\"a b\"} and {\"sku\":\"a-b\"} would have one key, 'a-b.mp4'.",
                "[a, b]      | clip.{{ext}}        | 'a' and 'b' would have one key, 'clip.mp4'."
            })
    void two_renders_with_one_key_are_an_error_that_names_both(String axis, String key, String message) {
        Violation violation = Manifests.only("campaign: spring\nprompt: A {{sku}} mug\nmatrix: { sku: " + axis
                + " }\ndeliver: { key: '" + key + "' }\n");

        assertThat(violation.rule()).isEqualTo("key");
        assertThat(violation.message()).isEqualTo(message);
        assertThat(violation.place()).isEqualTo(new Place("/deliver/key", 4, 17));
    }

    @Test
    void a_render_whose_files_would_have_one_key_is_an_error() {
        assertThat(Manifests.violations(
                        "campaign: spring\nprompt: A mug\nhdr: true\nexrExport: true\ndeliver: { key: 'clip.mp4' }\n"))
                .filteredOn(Violation::refuses)
                .extracting(Violation::message)
                .containsExactly("The video and the EXR of a render would have one key, 'clip.mp4'.");
    }

    @Test
    void an_exr_that_comes_as_a_zip_cannot_take_another_renders_name() {
        assertThat(
                        Manifests.violations(
                                """
                        campaign: spring
                        prompt: A {{n.name}} mug
                        hdr: true
                        exrExport: true
                        matrix: { n: [ { id: a, name: x, file: clip }, { id: b, name: y, file: Clip } ] }
                        deliver: { key: "{{n.file}}.{{ext}}" }
                        """))
                .filteredOn(violation -> violation.rule().equals("key"))
                .singleElement()
                .satisfies(violation -> assertThat(violation.message()).startsWith("'a' and 'b' would have one key"));
    }

    @Test
    void many_keys_that_differ_are_no_collision() {
        String takes = IntStream.range(0, 5000).mapToObj(String::valueOf).collect(Collectors.joining(", "));

        PlanPreview preview = Manifests.preview(
                "campaign: spring\nprompt: A mug {{take}}\nbudget: 5000\nmatrix: { take: [" + takes + "] }\n");

        assertThat(preview.violations()).isEmpty();
        assertThat(preview.keyCount()).isEqualTo(5000);
        assertThat(preview.keys()).hasSize(PlanPreview.KEYS).doesNotHaveDuplicates();
        assertThat(preview.price().expected()).isEqualTo(Money.dollars("1500"));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "s3://renders/spring, true", "s3://renders/spring/mugs, true", "s3://renders/spring/, true",
        "s3://renders, false", "s3://renders/springtime, false", "s3://other/spring, false",
        "s3://renders/spring/../private, false", "file:/tmp/x, false", "https://example.com/x, false",
        "s3://UPPER/x, false", "/tmp, false", "'{{sku}}', false"
    })
    void outputs_go_only_where_the_operator_allows(String to, boolean allowed) {
        List<Violation> violations =
                Manifests.violations("campaign: spring\nprompt: A mug\ndeliver: { to: '" + to + "' }\n");

        assertThat(violations.isEmpty()).isEqualTo(allowed);
        assertThat(violations).allSatisfy(violation -> {
            assertThat(violation.rule()).isEqualTo("deliver");
            assertThat(violation.place()).isEqualTo(new Place("/deliver/to", 3, 16));
        });
    }

    @Test
    void a_folder_is_left_neither_by_dots_nor_by_a_link(@TempDir Path home) throws Exception {
        Path outputs = Files.createDirectories(home.resolve("outputs"));
        Path elsewhere = Files.createDirectories(home.resolve("elsewhere"));
        Files.createSymbolicLink(outputs.resolve("link"), elsewhere);
        PlanningSettings settings =
                PlanningSettings.standard(Money.dollars("50"), Destination.parse("file:" + outputs));

        assertThat(refused(settings, outputs.resolve("spring"))).isFalse();
        assertThat(refused(settings, outputs.resolve("../elsewhere"))).isTrue();
        assertThat(refused(settings, outputs.resolve("link/spring"))).isTrue();
    }

    private static boolean refused(PlanningSettings settings, Path to) {
        String text = "campaign: spring\nprompt: A mug\ndeliver: { to: 'file:" + to + "' }\n";
        return !Manifests.planner(new RecordingLedger(), settings)
                .preview(Manifests.source(text))
                .acceptable();
    }
}

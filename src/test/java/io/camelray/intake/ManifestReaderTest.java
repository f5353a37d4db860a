package io.camelray.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.camelray.model.Place;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ManifestReaderTest {

    @Test
    void a_ratio_stays_text_and_an_amount_stays_exact() throws Exception {
        ManifestDocument document = read("campaign: spring\naspectRatio: 16:9\nbudget: 120.10\nloop: true\nsku: 007\n");

        assertThat(document.root())
                .hasToString(
                        "{\"campaign\":\"spring\",\"aspectRatio\":\"16:9\",\"budget\":120.10,\"loop\":true,\"sku\":\"007\"}");
    }

    @Test
    void json_is_read_with_tabs_escapes_and_pairs() throws Exception {
        ManifestDocument document =
                read("{\n\t\"campaign\": \"spring\",\n\t\"prompt\": \"\\ud83c\\udf75 \\/ \\u00e9\"\n}");

        assertThat(document.root().path("prompt").textValue()).isEqualTo("\uD83C\uDF75 / é");
        assertThat(document.places().of("/prompt")).isEqualTo(new Place("/prompt", 3, 12));
        assertThat(document.places().ofName("/prompt")).isEqualTo(new Place("/prompt", 3, 2));
    }

    @Test
    void every_value_and_every_name_has_its_place() throws Exception {
        ManifestDocument document = read("campaign: spring\nmatrix:\n  sku:\n    - id: a/b\n      'x~y/z': 1\n");

        assertThat(document.places().of("")).isEqualTo(new Place("", 1, 1));
        assertThat(document.places().of("/campaign")).isEqualTo(new Place("/campaign", 1, 11));
        assertThat(document.places().of("/matrix/sku/0/id")).isEqualTo(new Place("/matrix/sku/0/id", 4, 11));
        assertThat(document.places().ofName("/matrix/sku/0/x~0y~1z"))
                .isEqualTo(new Place("/matrix/sku/0/x~0y~1z", 5, 7));
        assertThat(document.places().of("/matrix/sku/7/id")).isEqualTo(new Place("/matrix/sku/7/id", 4, 5));
    }

    @Test
    void a_byte_order_mark_is_not_part_of_the_text() throws Exception {
        byte[] bytes = "\uFEFFcampaign: spring\n".getBytes(StandardCharsets.UTF_8);

        ManifestDocument document = ManifestReader.read(new ManifestSource("bom.yaml", bytes));

        assertThat(document.root().path("campaign").textValue()).isEqualTo("spring");
        assertThat(document.places().of("/campaign").column()).isEqualTo(11);
    }

    @Test
    void anchors_and_merge_keys_work_within_reason() throws Exception {
        ManifestDocument document = read("base: &base { a: 1, b: 2 }\nmore: { <<: *base, b: 3 }\n");

        assertThat(document.root().path("more").path("a").intValue()).isEqualTo(1);
        assertThat(document.root().path("more").path("b").intValue()).isEqualTo(3);
    }

    static Stream<Arguments> unreadable() {
        String bomb = "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n";
        for (int i = 1; i < 8; i++) {
            String before = "*a" + (i - 1);
            bomb += "a" + i + ": &a" + i + " [" + String.join(",", Collections.nCopies(6, before)) + "]\n";
        }
        return Stream.of(
                arguments("an open list", "campaign: [a,\nprompt: b", 2, 10, "neither YAML nor JSON"),
                arguments("a tab", "campaign: x\nmatrix:\n\tsku: [1]", 3, 1, "TAB"),
                arguments("nothing", "", 1, 1, "empty"),
                arguments("only a comment", "# nothing here\n", 1, 1, "empty"),
                arguments("a list", "- a\n- b\n", 1, 1, "not a set of fields"),
                arguments("a web page", "<html><body></body></html>", 1, 1, "not a set of fields"),
                arguments("two documents", "campaign: a\n---\ncampaign: b\n", 2, 1, "another document"),
                arguments(
                        "a field twice", "campaign: a\nprompt: b\ncampaign: c\n", 3, 1, "first is at line 1, column 1"),
                arguments("a control character", "campaign: a\nprompt: b\u0007c\n", 2, 10, "U+0007"),
                arguments("a null character", "campaign: a\nprompt: \"b\\0c\"\n", 2, 9, "U+0000"),
                arguments("half a pair", "campaign: a\nprompt: \"b\\ud83d\"\n", 2, 9, "U+D83D"),
                arguments("a tag", "campaign: a\nprompt: !!java.net.URL [x]\n", 2, 9, "tag"),
                arguments("a custom tag", "campaign: !env SECRET\n", 1, 11, "tag"),
                arguments("a list as a name", "campaign: a\n? [b]\n: c\n", 2, 3, "name"),
                arguments("a very long name", "x".repeat(201) + ": 1\n", 1, 1, "200"),
                arguments("an unknown alias", "campaign: *nobody\n", 1, 11, "nobody"),
                arguments("an alias of itself", "campaign: &a [*a]\n", 1, 11, "contains itself"),
                arguments("an alias bomb", bomb, 1, 28, "aliases"),
                arguments("deep nesting", "a: " + "[".repeat(100_000), 1, 43, "40 levels"),
                arguments("deep mappings", "a: " + "{b: ".repeat(100_000), 1, 160, "40 levels"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unreadable")
    void what_cannot_be_read_is_told_with_its_place(String what, String text, int line, int column, String reason) {
        UnreadableManifestException refused = refusal(text.getBytes(StandardCharsets.UTF_8));

        assertThat(refused).hasMessageContaining(reason);
        assertThat(refused.remedy()).endsWith(".");
        assertThat(refused.place()).isEqualTo(new Place("", line, column));
    }

    @Test
    void many_aliases_of_lists_are_refused() {
        String text = "a: &a [1]\nb: [" + "*a,".repeat(60) + "]\n";

        assertThat(refusal(text.getBytes(StandardCharsets.UTF_8))).hasMessageContaining("aliases");
    }

    @Test
    void bytes_that_are_not_utf8_are_told_with_their_place() {
        byte[] latin = "campaign: a\nprompt: caf\u00e9 bar\n".getBytes(StandardCharsets.ISO_8859_1);

        UnreadableManifestException refused = refusal(latin);

        assertThat(refused.place()).isEqualTo(new Place("", 2, 12));
        assertThat(refused).hasMessageContaining("UTF-8");
        assertThat(refusal("campaign: a\n".getBytes(StandardCharsets.UTF_16))).hasMessageContaining("UTF-16");
    }

    @Test
    void ten_megabytes_are_not_a_manifest(@TempDir Path folder) throws Exception {
        byte[] large = new byte[10 * 1024 * 1024];
        Arrays.fill(large, (byte) '#');
        Path file = Files.write(folder.resolve("large.yaml"), large);

        assertThat(refusal(large)).hasMessageContaining("larger than 5 MB");
        assertThat(ManifestSource.of(file).bytes()).hasSize(ManifestSource.MAX_BYTES + 1);
        assertThat(refusal(ManifestSource.of(file).bytes())).hasMessageContaining("larger than 5 MB");
    }

    @Test
    void more_values_than_any_campaign_has_are_refused() {
        String text = "a: [" + "1,".repeat(200_001) + "]\n";

        assertThat(refusal(text.getBytes(StandardCharsets.UTF_8))).hasMessageContaining("200000 values");
    }

    @Test
    void numbers_of_absurd_size_are_not_numbers() throws Exception {
        assertThat(read("budget: 1e999999999\n").root().path("budget").isTextual())
                .isTrue();
        assertThat(read("budget: " + "9".repeat(1000) + "\n")
                        .root()
                        .path("budget")
                        .isTextual())
                .isTrue();
    }

    private static ManifestDocument read(String text) throws UnreadableManifestException {
        return ManifestReader.read(Manifests.source(text));
    }

    private static UnreadableManifestException refusal(byte[] bytes) {
        return catchThrowableOfType(
                UnreadableManifestException.class, () -> ManifestReader.read(new ManifestSource("bad.yaml", bytes)));
    }
}

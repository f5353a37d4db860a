package io.camelray.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelray.ledger.PlanningLedger.PlannedRender;
import io.camelray.model.AspectRatio;
import io.camelray.model.Place;
import io.camelray.model.Violation;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateTest {

    @Test
    void a_prompt_is_filled_in_from_axes_columns_and_fields() {
        assertThat(
                        prompts(
                                """
                        campaign: spring
                        prompt: "{{sku.name}} ({{ sku }}, {{sku.id}}), {{aspectRatio}}, {{resolution}}, {{take}}, {{campaign}}"
                        matrix:
                          sku: [ { id: mug-01, name: A sage mug } ]
                          aspectRatio: ["16:9"]
                          take: [1.50]
                        """))
                .containsExactly("A sage mug (mug-01, mug-01), 16:9, 720p, 1.50, spring");
    }

    @Test
    void a_format_may_come_from_a_column() {
        List<PlannedRender> renders = renders(
                """
                campaign: spring
                prompt: A {{sku}} mug
                aspectRatio: "{{sku.ratio}}"
                hdr: "{{sku.hdr}}"
                matrix:
                  sku: [ { id: a, ratio: "9:16", hdr: true }, { id: b, ratio: "21:9", hdr: false } ]
                """);

        assertThat(renders)
                .extracting(render -> render.request().aspectRatio().orElseThrow())
                .containsExactly(AspectRatio.R9X16, AspectRatio.R21X9);
        assertThat(renders).extracting(render -> render.request().hdr()).containsExactly(true, false);
    }

    @Test
    void a_column_that_no_field_takes_is_told_with_its_variant() {
        Violation violation = Manifests.only(
                """
                campaign: spring
                prompt: A {{sku}} mug
                aspectRatio: "{{sku.ratio}}"
                matrix:
                  sku: [ { id: a, ratio: "9:16" }, { id: b, ratio: "2:3" } ]
                """);

        assertThat(violation.rule()).isEqualTo("R14");
        assertThat(violation.place()).isEqualTo(new Place("/aspectRatio", 3, 14));
        assertThat(violation.message()).isEqualTo("'2:3' is not an aspect ratio that Ray 3.2 offers.");
        assertThat(violation.variant()).isEqualTo("b");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "sku.nmae  | {{sku.nmae}} resolves to nothing: 'mug-01' of axis 'sku' has no field 'nmae'. | Did you mean {{sku.name}}?",
                "skuu      | {{skuu}} resolves to nothing: nothing here has that name. | Did you mean {{sku}}?",
                "name      | {{name}} resolves to nothing: nothing here has that name. | Known here: sku, sku.id, sku.name, take, campaign",
                "take.name | {{take.name}} resolves to nothing: axis 'take' holds plain values without fields. | Did you mean {{take}}?",
                "ext       | {{ext}} resolves to nothing: nothing here has that name. | Known here: ",
                "prompt    | {{prompt}} resolves to nothing: nothing here has that name. | Known here: "
            })
    void a_name_that_resolves_to_nothing_is_an_error(String name, String message, String remedy) {
        Violation violation = Manifests.only("campaign: spring\nprompt: >-\n  A mug\n  {{" + name
                + "}}\nmatrix:\n  sku: [ { id: mug-01, name: x } ]\n  take: [1]\n");

        assertThat(violation.rule()).isEqualTo("template");
        assertThat(violation.place()).isEqualTo(new Place("/prompt", 2, 9));
        assertThat(violation.message()).isEqualTo(message);
        assertThat(violation.remedy()).startsWith(remedy);
    }

    @Test
    void the_same_problem_in_many_variants_is_told_once_with_their_number() {
        Violation some = Manifests.only(
                """
                campaign: spring
                prompt: A {{sku.name}} mug in {{take}}
                matrix:
                  sku: [ { id: a, name: red }, { id: b }, { id: c } ]
                  take: [1, 2]
                """);

        assertThat(some.message())
                .isEqualTo("{{sku.name}} resolves to nothing: 'b' of axis 'sku' has no field 'name'."
                        + " (in 4 variants, the first is 'b_1')");
        assertThat(some.variant()).isEqualTo("b_1");

        Violation all = Manifests.violations(
                        "campaign: spring\nprompt: A {{take}} mug\nhdr: true\nduration: 10s\nmatrix: { take: [1, 2] }\n")
                .get(0);
        assertThat(all.rule()).isEqualTo("R29");
        assertThat(all.message()).endsWith(" (in all 2 variants, the first is '1')");
        assertThat(all.variant()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"A {{sku mug", "A {{}} mug", "A {{ }} mug", "A {{{sku}}} mug", "A {{a{b}} mug"})
    void what_is_not_written_as_a_template_is_an_error(String prompt) {
        assertThat(Manifests.violations("campaign: spring\nprompt: '" + prompt + "'\nmatrix: { sku: [a] }\n"))
                .filteredOn(violation -> violation.rule().equals("template"))
                .singleElement()
                .satisfies(violation -> assertThat(violation.place()).isEqualTo(new Place("/prompt", 2, 9)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "${sys:user.home}",
                "${bean:evil}",
                "{{sku.secret}}",
                "{{",
                "}}",
                "$simple{body}",
                "CamelFileName",
                "#{T(java.lang.Runtime)}",
                "../../etc/passwd",
                "a\\r\\nX-Evil: 1",
                "%s%n%d"
            })
    void values_are_filled_in_as_they_are_and_never_looked_at_again(String hostile) {
        String text = "campaign: spring\nprompt: 'A {{sku.name}} mug'\nmatrix:\n  sku: [ { id: a, name: '" + hostile
                + "', secret: s3cr3t } ]\n";

        assertThat(prompts(text)).containsExactly("A " + hostile + " mug");
    }

    private static List<PlannedRender> renders(String text) {
        RecordingLedger ledger = new RecordingLedger();
        assertThat(Manifests.planner(ledger).plan(Manifests.source(text))).isInstanceOf(PlanResult.Accepted.class);
        return ledger.renders();
    }

    private static List<String> prompts(String text) {
        return renders(text).stream().map(render -> render.request().prompt()).toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "{{sku.name | slug}} # creme-brulee-grosse-2",
                "{{ sku.name|upper }} # CRÈME BRÛLÉE, GRÖSSE 2",
                "{{sku.name | lower | slug}} # creme-brulee-grosse-2",
                "{{sku.mood | default:\"dim | quiet\"}} # dim | quiet",
                "{{sku.mood | default:'Soft light' | slug}} # soft-light",
                "{{sku.empty | default:\"none\"}} # none",
                "{{sku.name | default:\"none\" | lower}} # crème brûlée, größe 2"
            })
    void filters_change_a_value_or_stand_in_for_it(String template, String filled) {
        assertThat(Manifests.renders("campaign: spring\nmatrix:\n  sku: [ { id: m1, empty: '', name: \"Crème brûlée,"
                        + " Größe 2\" } ]\nprompt: '" + template.replace("'", "''") + "'\n"))
                .extracting(render -> render.request().prompt())
                .containsExactly(filled);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "{{sku.name | shout}} # is no filter; there are slug, upper, lower and default",
                "{{sku.name | default:x}} # is no filter",
                "{{sku.name |}} # is no filter",
                "{{ | slug}} # names nothing",
                "{{sku.empty}} # resolves to nothing: 'm1' of axis 'sku' has nothing in field 'empty'",
                "{{skk.name | default:\"x\"}} # resolves to nothing"
            })
    void what_is_no_filter_or_has_nothing_to_work_on_is_told(String template, String message) {
        assertThat(Manifests.onlyError(
                                "campaign: spring\nmatrix: { sku: [ { id: m1, empty: '', name: x } ] }\nprompt: '"
                                        + template + "'\n")
                        .message())
                .contains(message);
    }
}

package io.camelray.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelray.model.Money;
import io.camelray.model.ProviderName;
import io.camelray.model.Severity;
import io.camelray.model.Violation;
import io.camelray.pricing.PriceBooks;
import io.camelray.rules.HdrAccess;
import io.camelray.rules.RuleBook;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlanPreviewTest {

    @Test
    void a_preview_counts_prices_and_names_without_a_ledger() {
        PlanPreview preview = Manifests.preview(
                """
                campaign: spring
                prompt: A {{aspectRatio}} mug {{take}}
                matrix:
                  aspectRatio: ["16:9", "1:1"]
                  resolution: [720p, 1080p]
                  take: [1, 2, 3]
                """);

        assertThat(preview.acceptable()).isTrue();
        assertThat(preview.campaign()).contains("spring");
        assertThat(preview.account()).isEqualTo("luma");
        assertThat(preview.budget()).isEqualTo(Money.dollars("50"));
        assertThat(preview.variants()).isEqualTo(12);
        assertThat(preview.renders()).isEqualTo(12);
        assertThat(preview.price().expected()).isEqualTo(Money.dollars("9.00"));
        assertThat(preview.priceBook()).isEqualTo("luma prices of 2026-11-21, version 1");
        assertThat(preview.lines())
                .extracting(line -> line.aspectRatio().orElseThrow().label() + " "
                        + line.resolution().label() + " " + line.renders() + " "
                        + line.price().expected())
                .containsExactly("16:9 720p 3 $0.90", "16:9 1080p 3 $3.60", "1:1 720p 3 $0.90", "1:1 1080p 3 $3.60");
    }

    @Test
    void yaml_and_json_make_the_same_plan() throws Exception {
        Planner planner = Manifests.planner(new RecordingLedger());

        assertThat(planner.preview(ManifestSource.of(Path.of("src/test/resources/manifests/spring-mugs.json"))))
                .isEqualTo(planner.preview(ManifestSource.of(Path.of("config/campaigns/spring-mugs.yaml"))));
    }

    @Test
    void a_price_above_the_budget_is_told_before_anything_is_held() {
        Violation above = Manifests.only("campaign: spring\nprompt: A mug\nbudget: 0.29\n");
        assertThat(above.severity()).isEqualTo(Severity.WARNING);
        assertThat(above.message())
                .isEqualTo("The expected price, $0.30, is above the budget of $0.29: what is new will be held.");

        assertThat(Manifests.violations("campaign: spring\nprompt: A mug\nbudget: 0.30\n"))
                .isEmpty();
        assertThat(Manifests.violations("campaign: spring\nprompt: A mug\nhdr: true\nbudget: 1.00\n"))
                .extracting(Violation::message)
                .contains("The price may reach $1.20, above the budget of $1.00: the last renders may be held.");
    }

    @Test
    void equal_requests_in_different_cells_are_a_warning() {
        assertThat(Manifests.only("campaign: spring\nprompt: A mug\nmatrix: { take: [1, 2, 3] }\n"))
                .satisfies(violation -> {
                    assertThat(violation.rule()).isEqualTo("R110");
                    assertThat(violation.severity()).isEqualTo(Severity.WARNING);
                    assertThat(violation.message()).startsWith("'1' and '2' ask for exactly the same");
                });
    }

    @Test
    void a_manifest_names_only_accounts_that_the_operator_allows() {
        PlanningSettings base = Manifests.settings();
        PlanningSettings settings = new PlanningSettings(
                ProviderName.LUMA,
                base.accounts(),
                Map.of("agency", ProviderName.LUMA),
                Map.of("agency", HdrAccess.NONE, "luma", HdrAccess.GRANTED),
                base.budget(),
                10,
                0,
                base.deliverTo(),
                base.deliverAllowed(),
                base.assetsAllowed());
        Planner planner = new Planner(new RecordingLedger(), settings, RuleBook.standard(), PriceBooks.standard());
        String head = "campaign: spring\nprompt: A mug\nhdr: true\n";

        assertThat(planner.preview(Manifests.source(head)).violations()).isEmpty();
        assertThat(planner.preview(Manifests.source(head + "account: agency\n")).violations())
                .extracting(violation -> violation.rule() + " " + violation.severity())
                .containsExactly("R44 ERROR");
        assertThat(planner.preview(Manifests.source(head + "account: someone\n"))
                        .violations())
                .filteredOn(Violation::refuses)
                .extracting(Violation::rule)
                .containsExactly("account");
    }

    @Test
    void no_more_is_told_than_a_person_reads() {
        String axis = IntStream.range(0, 900).mapToObj(i -> "{ n: x" + i + " }").collect(Collectors.joining(", "));

        List<Violation> violations =
                Manifests.violations("campaign: spring\nprompt: A mug\nmatrix: { sku: [" + axis + "] }\n");

        assertThat(violations).hasSize(201);
        assertThat(violations.get(200).message()).isEqualTo("… and 700 more.");
        assertThat(violations).allMatch(Violation::refuses);
    }

    @Test
    void an_operator_may_allow_more_renders_than_ten_thousand() {
        String takes = IntStream.range(0, 150).mapToObj(String::valueOf).collect(Collectors.joining(", "));
        PlanningSettings base = Manifests.settings();
        PlanningSettings settings = new PlanningSettings(
                ProviderName.LUMA,
                base.accounts(),
                Map.of(),
                Map.of(),
                Money.dollars("1000000"),
                1_000_000,
                0,
                base.deliverTo(),
                base.deliverAllowed(),
                base.assetsAllowed());

        PlanPreview preview = Manifests.planner(new RecordingLedger(), settings)
                .preview(Manifests.source("campaign: many\nprompt: A {{a}} mug {{b}}\nmatrix: { a: [" + takes
                        + "], b: [" + takes + "] }\n"));

        assertThat(preview.violations()).isEmpty();
        assertThat(preview.renders()).isEqualTo(22_500);
        assertThat(preview.price().expected()).isEqualTo(Money.dollars("6750"));
    }
}

package io.camelray.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.camelray.ledger.LedgerViews.CampaignStatus;
import io.camelray.ledger.RenderRecord;
import io.camelray.model.FailureClass;
import io.camelray.model.Money;
import io.camelray.model.RenderState;
import io.camelray.sandbox.FailurePlan;
import io.camelray.sandbox.ReplicateSettings;
import io.camelray.sandbox.SandboxLedger.Generation;
import io.camelray.sandbox.SandboxOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** A clip is generated, edited and reframed: each step starts from the result of the one before. */
class StepsRouteTest {

    private static final String STEPS =
            """
            campaign: chain
            provider: %s
            defaults: {resolution: 540p}
            matrix:
              sku: [{id: a, name: green mug}, {id: b, name: white cup}]
              aspectRatio: ["9:16", "1:1", "4:3"]
            steps:
              - id: hero
                operation: generate
                each: [sku]
                prompt: "A {{sku.name}} on a walnut table"
                aspectRatio: "16:9"
              - id: night
                operation: edit
                each: [sku]
                source: hero
                prompt: "The same at night"
                edit: {autoControls: true}
              - id: fit
                operation: reframe
                each: [sku, aspectRatio]
                source: night
                prompt: "More of the table"
            deliver:
              key: "{{campaign}}/{{sku.id}}/{{aspectRatio}}_{{step}}.{{ext}}"
            """;

    /** All providers, one sandbox. */
    abstract static class Chain extends RayRouteTest {

        @Override
        void configure(Properties properties) {
            properties.put("camel.component.ray.gmi-api-key", "gmi-test");
            properties.put(
                    "camel.component.ray.gmi-base-url", sandbox().gmiBaseUrl().toString());
            properties.put("camel.component.ray.replicate-api-token", "r8-test");
            properties.put(
                    "camel.component.ray.replicate-base-url",
                    sandbox().replicateBaseUrl().toString());
        }

        void everyVariantIsDelivered(String provider) throws IOException {
            drop("chain.yaml", STEPS.formatted(provider));

            CampaignStatus status = settled("chain");

            assertThat(status.count(RenderState.DELIVERED)).isEqualTo(10);
            List<Generation> generations = sandbox().ledger().generations();
            assertThat(generations).hasSize(10).allMatch(made -> made.provider().equals(provider));
            assertThat(generations).extracting(Generation::requestHash).doesNotHaveDuplicates();
            assertThat(files("outputs"))
                    .filteredOn(file -> file.endsWith(".mp4"))
                    .containsExactly(
                            "chain/a/1x1_fit.mp4",
                            "chain/a/4x3_fit.mp4",
                            "chain/a/9x16_fit.mp4",
                            "chain/b/1x1_fit.mp4",
                            "chain/b/4x3_fit.mp4",
                            "chain/b/9x16_fit.mp4");
        }
    }

    @Nested
    class On_Luma extends Chain {
        @Test
        void every_step_starts_from_the_one_before_and_only_the_last_is_delivered() throws IOException {
            everyVariantIsDelivered("luma");
        }
    }

    /** The way of a whole shoot: every step, three SKUs, three ratios, two languages. */
    @Nested
    class Four_steps_over_three_axes extends RayRouteTest {

        private static final String SHOOT =
                """
                campaign: shoot
                defaults: { resolution: 540p }
                maxRenders: 100
                matrix:
                  sku: [{id: a, name: green mug}, {id: b, name: white cup}, {id: c, name: blue bowl}]
                  aspectRatio: ["9:16", "1:1", "4:3"]
                  language: [{id: en, mood: at dawn}, {id: de, mood: im Morgenlicht}]
                steps:
                  - { id: hero, operation: generate, each: [sku], aspectRatio: "16:9", prompt: "A {{sku.name}}" }
                  - id: mood
                    operation: edit
                    each: [sku, language]
                    source: hero
                    prompt: "The {{sku.name}} {{language.mood}}"
                    edit: { autoControls: true }
                  - id: fit
                    operation: reframe
                    each: [sku, aspectRatio, language]
                    source: mood
                    prompt: "More room for the {{sku.name}} {{language.mood}} in {{aspectRatio}}"
                  - id: more
                    operation: extend
                    each: [sku, aspectRatio, language]
                    source: fit
                    prompt: "The {{sku.name}} {{language.mood}} in {{aspectRatio}} turns"
                """;

        @Override
        SandboxOptions.Builder sandboxOptions() {
            return super.sandboxOptions().requestsPerMinute(100_000).maxConcurrent(1000);
        }

        @Override
        void configure(Properties properties) {
            properties.put("camel.component.ray.requests-per-minute", "100000");
            properties.put("camel.component.ray.max-concurrent", "1000");
            properties.put("ray.deliver.parallel", "8");
        }

        @Test
        void end_well_and_every_child_starts_from_its_own_parent() throws IOException {
            drop("shoot.yaml", SHOOT);

            await().atMost(Duration.ofMinutes(2)).until(() -> ledger().campaign("shoot")
                    .filter(status -> status.count(RenderState.DELIVERED) == 3 + 6 + 18 + 18)
                    .isPresent());

            List<Generation> made = sandbox().ledger().generations();
            assertThat(made).hasSize(45);
            Map<String, Generation> byPrompt =
                    made.stream().collect(Collectors.toMap(Generation::prompt, generation -> generation));
            assertThat(byPrompt).hasSize(45);
            for (String sku : List.of("green mug", "white cup", "blue bowl")) {
                for (String mood : List.of("at dawn", "im Morgenlicht")) {
                    String edited = "The " + sku + " " + mood;
                    isChild(byPrompt, edited, "A " + sku);
                    for (String ratio : List.of("9:16", "1:1", "4:3")) {
                        String fit = "More room for the " + sku + " " + mood + " in " + ratio;
                        isChild(byPrompt, fit, edited);
                        isChild(byPrompt, edited + " in " + ratio + " turns", fit);
                    }
                }
            }
            assertThat(files("outputs"))
                    .filteredOn(file -> file.endsWith(".mp4"))
                    .hasSize(18);
        }

        /** The request names the job of this very parent, and no other job. */
        private void isChild(Map<String, Generation> byPrompt, String prompt, String parent) {
            String own = byPrompt.get(parent).id();
            String body = byPrompt.get(prompt).body().toString();
            assertThat(byPrompt.values().stream().map(Generation::id).filter(body::contains))
                    .as(prompt)
                    .containsExactly(own);
        }
    }

    @Nested
    class On_GMI extends Chain {
        @Test
        void every_step_starts_from_the_one_before_and_only_the_last_is_delivered() throws IOException {
            everyVariantIsDelivered("gmi");
        }
    }

    @Nested
    class On_Replicate extends Chain {
        @Test
        void what_it_cannot_do_is_refused_before_it_costs_anything() throws IOException {
            drop("chain.yaml", STEPS.formatted("replicate"));

            JsonNode document = new ObjectMapper()
                    .readTree(appears("rejected/chain.yaml.errors.json").toFile());

            assertThat(document.path("errors"))
                    .anySatisfy(error -> assertThat(error.path("message").asText()
                                    + error.path("remedy").asText())
                            .contains("edit", "luma", "gmi"));
            nothingWasPosted();
        }

        @Test
        void what_it_can_do_is_delivered() {
            drop("clip.yaml", oneClip("clip").replace("360p", "540p") + "provider: replicate\n");

            assertThat(settled("clip").count(RenderState.DELIVERED)).isEqualTo(1);
            assertThat(sandbox().ledger().generations())
                    .extracting(Generation::provider)
                    .containsExactly("replicate");
        }
    }

    @Nested
    class A_first_step_that_fails extends Chain {
        @Override
        FailurePlan failures() {
            return FailurePlan.parse(
                    "rules: [{on: job, match: {promptContains: green}, do: content_moderated, times: 0}]");
        }

        @Test
        void fails_what_starts_from_it_for_free_and_holds_up_nothing_else() {
            drop("chain.yaml", STEPS.formatted("luma"));

            CampaignStatus status = settled("chain");

            assertThat(status.count(RenderState.DELIVERED)).isEqualTo(5);
            assertThat(status.count(RenderState.FAILED)).isEqualTo(5);
            assertThat(renders("chain"))
                    .filteredOn(render -> render.failure()
                            .filter(failure -> failure.kind() == FailureClass.PARENT)
                            .isPresent())
                    .extracting(RenderRecord::step)
                    .containsExactlyInAnyOrder("night", "fit", "fit", "fit");
            assertThat(sandbox().ledger().generations()).hasSize(6);
        }
    }

    @Nested
    class An_output_that_Replicate_removed_before_it_could_be_fetched extends Chain {
        @Override
        SandboxOptions.Builder sandboxOptions() {
            ReplicateSettings standard = ReplicateSettings.standard();
            return super.sandboxOptions()
                    .replicate(new ReplicateSettings(
                            0, standard.createsPerMinute(), Duration.ofSeconds(3), standard.output()));
        }

        @Override
        FailurePlan failures() {
            return FailurePlan.parse("rules: [{on: download, do: '503'}]");
        }

        @Test
        void fails_its_render_with_what_the_provider_says_instead_of_being_asked_for_ever() {
            drop("clip.yaml", oneClip("clip").replace("360p", "540p") + "provider: replicate\n");

            CampaignStatus status = settled("clip");

            assertThat(status.count(RenderState.FAILED)).isEqualTo(1);
            assertThat(onlyRender("clip").orElseThrow().failure().orElseThrow().kind())
                    .isEqualTo(FailureClass.DELIVERY);
            assertThat(status.confirmed()).isEqualTo(Money.dollars("0.15"));
        }
    }
}

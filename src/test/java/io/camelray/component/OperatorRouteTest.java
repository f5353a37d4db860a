package io.camelray.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.camelray.engine.AdoptionCheck;
import io.camelray.ledger.AccountLimits;
import io.camelray.ledger.AccountUse;
import io.camelray.ledger.DailyBudget;
import io.camelray.ledger.JdbcLedger;
import io.camelray.ledger.Ledger;
import io.camelray.ledger.LedgerClock;
import io.camelray.ledger.LedgerStore;
import io.camelray.ledger.LedgerViews.CampaignStatus;
import io.camelray.ledger.OperatorException;
import io.camelray.ledger.OperatorLedger.Cancellation;
import io.camelray.ledger.SubmissionLedger.AccountRegistration;
import io.camelray.model.HoldReason;
import io.camelray.model.Money;
import io.camelray.model.ProviderJobId;
import io.camelray.model.ProviderName;
import io.camelray.model.RenderId;
import io.camelray.model.RenderState;
import io.camelray.sandbox.FailurePlan;
import io.camelray.sandbox.SandboxOptions;
import io.camelray.web.StatusDocument;
import java.io.IOException;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.camel.CamelExecutionException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What operators ask for while renders are on their way. */
class OperatorRouteTest {

    private static final String CHAIN =
            """
            campaign: chain
            defaults: {resolution: 540p, aspectRatio: "16:9"}
            steps:
              - {id: hero, operation: generate, prompt: a green mug, deliver: true}
              - {id: night, operation: extend, source: hero, prompt: it gets dark, deliver: true}
              - {id: day, operation: extend, source: night, prompt: it gets light}
            deliver: {key: "{{campaign}}/{{step}}.{{ext}}"}
            """;
    private static final String THREE =
            "prompt: a mug\nresolution: 360p\nmatrix: {aspectRatio: [\"1:1\", \"9:16\", \"16:9\"]}\n";

    /** One failure plan, Luma and Replicate. */
    abstract static class Operated extends RayRouteTest {

        private final String rules;

        Operated(String rules) {
            this.rules = rules;
        }

        @Override
        FailurePlan failures() {
            return rules.isEmpty() ? FailurePlan.none() : FailurePlan.parse("rules: [" + rules + "]");
        }

        @Override
        void configure(Properties properties) {
            properties.put("camel.component.ray.replicate-api-token", "r8-test");
            properties.put(
                    "camel.component.ray.replicate-base-url",
                    sandbox().replicateBaseUrl().toString());
            properties.put("camel.component.ray.max-concurrent", "1");
        }

        Cancellation cancel(RenderId render) {
            return template().requestBody("ray:cancel", render.toString(), Cancellation.class);
        }

        RenderId render(String campaign, int number) {
            return renders(campaign).get(number).id();
        }

        void awaitState(RenderId render, RenderState state) {
            await().atMost(LONG_ENOUGH)
                    .until(() -> ledger().render(render).orElseThrow().state() == state);
        }

        void awaitRenders(String campaign) {
            await().atMost(LONG_ENOUGH).until(() -> ledger().campaign(campaign).isPresent());
        }
    }

    @Nested
    class A_render_at_Replicate extends Operated {
        A_render_at_Replicate() {
            super("{on: job, do: stuck-processing}");
        }

        @Test
        void is_cancelled_at_the_provider_while_it_renders() {
            drop("clip.yaml", oneClip("clip").replace("360p", "540p") + "provider: replicate\n");
            await().atMost(LONG_ENOUGH).until(() -> sandbox().ledger().generations().stream()
                    .anyMatch(made -> made.state().equals("processing")));
            RenderId render = render("clip", 0);
            awaitState(render, RenderState.RENDERING);

            assertThat(cancel(render)).isEqualTo(new Cancellation(0, 0, 1, Money.dollars("0.15"), 0));

            awaitState(render, RenderState.CANCELLED);
            CampaignStatus status = settled("clip");
            assertThat(status.confirmed()).as("what ran is charged").isEqualTo(Money.dollars("0.15"));
            assertThat(status.reserved()).isEqualTo(Money.ZERO);
            assertThat(sandbox().ledger().generations()).hasSize(1);
            assertThatThrownBy(() -> cancel(render))
                    .isInstanceOf(CamelExecutionException.class)
                    .hasCauseInstanceOf(OperatorException.class);
        }
    }

    @Nested
    class A_render_at_Luma extends Operated {
        A_render_at_Luma() {
            super("");
        }

        @Override
        SandboxOptions.Builder sandboxOptions() {
            return super.sandboxOptions().speed(20);
        }

        @Test
        void cannot_be_cancelled_so_it_is_delivered_and_flagged_and_what_starts_from_it_is_cancelled()
                throws IOException {
            drop("chain.yaml", CHAIN);
            awaitRenders("chain");
            RenderId hero = render("chain", 0);
            awaitState(hero, RenderState.RENDERING);

            assertThat(cancel(hero)).isEqualTo(new Cancellation(2, 2, 1, Money.dollars("0.15"), 0));

            CampaignStatus status = settled("chain");
            assertThat(status.count(RenderState.DELIVERED)).isEqualTo(1);
            assertThat(status.count(RenderState.CANCELLED)).isEqualTo(2);
            assertThat(sandbox().ledger().generations()).hasSize(1);
            assertThat(appears("outputs/chain/hero.mp4.json")).content().contains("cancelRequestedAt");
            assertThat(appears("reports/chain/r1.txt")).content().contains("although cancelling it was requested");
        }
    }

    @Nested
    class A_chain_whose_first_step_fails extends Operated {
        A_chain_whose_first_step_fails() {
            super("{on: job, do: content_moderated, times: 1}");
        }

        @Test
        void ends_delivered_when_that_step_is_retried() {
            drop("chain.yaml", CHAIN);
            assertThat(settled("chain").count(RenderState.FAILED)).isEqualTo(3);
            RenderId hero = render("chain", 0);
            appears("dead-letter/chain/r1.yaml");

            assertThat(ledger().retry(hero).revived()).isEqualTo(2);

            await().atMost(LONG_ENOUGH)
                    .until(() -> ledger().campaign("chain").orElseThrow().count(RenderState.DELIVERED) == 3);
            assertThat(home.resolve("dead-letter/chain/r1.yaml")).exists();
            assertThat(sandbox().ledger().generations()).hasSize(4);
        }
    }

    @Nested
    class Campaigns extends Operated {
        Campaigns() {
            super("{on: job, match: {promptContains: unlucky}, do: content_moderated, times: 1}");
        }

        @Test
        void of_a_campaign_that_is_rendered_again_start_from_each_other_anew() {
            String manifest =
                    """
                    campaign: twice
                    steps:
                      - {id: hero, operation: generate, prompt: a mug, aspectRatio: "1:1", resolution: 360p, deliver: true}
                      - {id: fit, operation: reframe, source: hero, prompt: wider, aspectRatio: "16:9"}
                    """;
            drop("twice.yaml", manifest);
            assertThat(settled("twice").count(RenderState.DELIVERED)).isEqualTo(2);

            ledger().again("twice");

            CampaignStatus second = settled("twice");
            assertThat(second.revision()).isEqualTo(2);
            assertThat(second.count(RenderState.DELIVERED)).isEqualTo(2);
            assertThat(sandbox().ledger().generations()).hasSize(4);
            drop("twice-again.yaml", manifest);
            appears("accepted/twice/r2/twice-again.yaml");
            assertThat(sandbox().ledger().posts()).isEqualTo(4);
        }

        @Test
        void that_are_paused_wait_while_others_go_on_and_are_delivered_when_resumed() {
            ledger().pauseAccount("luma");
            drop("first.yaml", "campaign: first\n" + THREE);
            awaitRenders("first");
            assertThat(ledger().pauseCampaign("first")).isEqualTo(3);
            ledger().resumeAccount("luma");
            drop("second.yaml", oneClip("second"));

            assertThat(settled("second").count(RenderState.DELIVERED)).isEqualTo(1);
            assertThat(sandbox().ledger().posts()).isEqualTo(1);
            assertThat(settled("first").count(RenderState.HELD)).isEqualTo(3);
            assertThat(new StatusDocument(ledger(), Map.of())
                            .of(Optional.empty())
                            .path("campaigns"))
                    .extracting(campaign -> campaign.path("campaign").asText()
                            + (campaign.path("paused").asBoolean() ? " is paused" : " is not"))
                    .containsExactlyInAnyOrder("first is paused", "second is not");

            ledger().resumeCampaign("first", Optional.empty());
            assertThat(settled("first").count(RenderState.DELIVERED)).isEqualTo(3);
            assertThat(sandbox().ledger().posts()).isEqualTo(4);
        }

        @Test
        void that_stopped_after_failures_or_for_their_budget_go_on_when_a_person_says_so() {
            drop("a.yaml", "campaign: unlucky\nstopAfterFailures: 1\n" + THREE.replace("a mug", "an unlucky mug"));
            CampaignStatus stopped = settled("unlucky");
            assertThat(stopped.count(RenderState.FAILED)).isEqualTo(1);
            assertThat(renders("unlucky"))
                    .filteredOn(render -> render.held().equals(Optional.of(HoldReason.STOP_LOSS)))
                    .hasSize(2);
            ledger().resumeCampaign("unlucky", Optional.empty());
            assertThat(settled("unlucky").count(RenderState.DELIVERED)).isEqualTo(2);

            drop("b.yaml", "campaign: dear\nbudget: 0.06\n" + THREE);
            drop("c.yaml", "campaign: dropped\nbudget: 0.06\n" + THREE);
            assertThat(settled("dear").count(RenderState.HELD)).isEqualTo(3);
            assertThat(settled("dropped").count(RenderState.HELD)).isEqualTo(3);
            ledger().resumeCampaign("dear", Optional.of(Money.dollars("0.12")));
            assertThat(settled("dear").counts())
                    .containsEntry(RenderState.DELIVERED, 2)
                    .containsEntry(RenderState.HELD, 1);
            drop("d.yaml", "campaign: dropped\nbudget: 0.18\n" + THREE);
            appears("accepted/dropped/r2/d.yaml");
            assertThat(settled("dropped").count(RenderState.DELIVERED)).isEqualTo(3);
        }
    }

    @Nested
    class A_job_whose_reply_was_lost extends Operated {
        A_job_whose_reply_was_lost() {
            super("{on: submit, do: reset-after-accept}");
        }

        @Test
        void can_be_adopted_only_if_the_provider_knows_it() {
            drop("clip.yaml", oneClip("clip"));
            settled("clip");
            String id = sandbox().ledger().generations().get(0).id();
            AdoptionCheck check =
                    context().getComponent("ray", RayComponent.class).adoptionCheck();

            check.require("luma", new ProviderJobId(id));
            assertThatThrownBy(() -> check.require("luma", new ProviderJobId("00000000-0000-4000-8000-000000000000")))
                    .isInstanceOf(OperatorException.class)
                    .hasMessageContainingAll("luma", "has no job");
            sandbox().close();
            assertThatThrownBy(() -> check.require("luma", new ProviderJobId(id)))
                    .isInstanceOf(OperatorException.class)
                    .hasMessageContaining("cannot be asked");
            assertThat(onlyRender("clip").orElseThrow().state()).isEqualTo(RenderState.UNKNOWN);
        }
    }

    @Nested
    class Accounts_that_an_earlier_program_left_paused extends Operated {
        Accounts_that_an_earlier_program_left_paused() {
            super("");
        }

        @Override
        void configure(Properties properties) {
            super.configure(properties);
            try (HikariDataSource store = LedgerStore.open("jdbc:h2:file:" + home.resolve("ledger/ledger"), "sa", "");
                    Ledger earlier = new JdbcLedger(
                            store, LedgerClock.system(), new DailyBudget(Money.dollars("100"), ZoneOffset.UTC))) {
                register(
                        earlier,
                        "luma",
                        ProviderName.LUMA,
                        sandbox().lumaBaseUrl().toString());
                register(
                        earlier,
                        "replicate",
                        ProviderName.REPLICATE,
                        sandbox().replicateBaseUrl().toString());
                earlier.recordAccountFault("luma", "402");
                earlier.pauseAccount("replicate");
            }
        }

        private void register(Ledger earlier, String name, ProviderName provider, String url) {
            earlier.registerAccount(new AccountRegistration(name, provider, url, AccountLimits.DEFAULT));
        }

        @Test
        void go_on_if_they_were_at_fault_and_stay_paused_if_an_operator_paused_them() {
            assertThat(ledger().accounts())
                    .filteredOn(use -> use.pausedFor().isPresent())
                    .extracting(AccountUse::account)
                    .containsExactly("replicate");
            drop("clip.yaml", oneClip("clip"));
            assertThat(settled("clip").count(RenderState.DELIVERED)).isEqualTo(1);
        }
    }
}

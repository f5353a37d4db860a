package io.camelray.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import io.camelray.ledger.AccountState;
import io.camelray.model.FailureClass;
import io.camelray.model.Money;
import io.camelray.model.RenderState;
import io.camelray.sandbox.FailurePlan;
import io.camelray.sandbox.SandboxAccount;
import io.camelray.sandbox.SandboxLedger.Generation;
import io.camelray.sandbox.SandboxOptions;
import io.camelray.web.AccountAccess;
import io.camelray.web.StatusDocument;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Who pays, how much of it at once, and what an account's trouble makes of its renders. */
class AccountsRouteTest {

    @Nested
    class Several_accounts_of_one_provider extends RayRouteTest {

        @Override
        SandboxOptions.Builder sandboxOptions() {
            return super.sandboxOptions()
                    .accounts(
                            SandboxAccount.of("first", "luma-api-test"),
                            SandboxAccount.of("second", "luma-api-second"));
        }

        @Override
        void configure(Properties properties) {
            properties.put("ray.accounts.second.provider", "luma");
            properties.put("ray.accounts.second.key", "{{the.second.key}}");
            properties.put("the.second.key", "luma-api-second");
            properties.put(
                    "ray.accounts.second.base-url", sandbox().lumaBaseUrl().toString());
            properties.put("ray.accounts.second.max-concurrent", "2");
            properties.put("ray.accounts.third.provider", "luma");
            properties.put("ray.accounts.third.key", "luma-api-third");
            properties.put(
                    "ray.accounts.third.base-url", sandbox().lumaBaseUrl().toString());
            properties.put("ray.accounts.allow", "second");
        }

        @Test
        void a_manifest_chooses_among_those_that_the_operator_allows_and_gets_the_standard_one_else()
                throws IOException {
            drop("plain.yaml", oneClip("plain"));
            drop("chosen.yaml", oneClip("chosen") + "account: second\n");
            drop("forbidden.yaml", oneClip("forbidden") + "account: third\n");

            assertThat(appears("rejected/forbidden.yaml.errors.json"))
                    .content()
                    .contains("Account 'third' is not one that a manifest may name")
                    .contains("luma, second");
            settled("plain");
            settled("chosen");
            assertThat(onlyRender("plain").orElseThrow().account()).isEqualTo("luma");
            assertThat(onlyRender("chosen").orElseThrow().account()).isEqualTo("second");
            assertThat(sandbox().ledger().generations())
                    .extracting(Generation::account)
                    .containsExactlyInAnyOrder("first", "second");
            JsonNode second = new StatusDocument(
                            ledger(),
                            Map.of("second", new AccountAccess("luma", "https://example.test", true, "unknown")))
                    .of(Optional.empty())
                    .path("accounts")
                    .path(1);
            assertThat(second.path("account").asText()).isEqualTo("second");
            assertThat(second.path("configuredLimits").path("maxConcurrent").asInt())
                    .isEqualTo(2);
            assertThat(second.path("learnedLimits").path("requestsPerMinute").has("limit"))
                    .isFalse();
            assertThat(second.path("keySet").asBoolean()).isTrue();
            assertThat(second.toString()).doesNotContain("luma-api");
        }
    }

    @Nested
    class A_reply_of_which_the_ledger_knows_nothing extends RayRouteTest {

        @Override
        void configure(Properties properties) {
            String body = Base64.getEncoder().encodeToString("{\"id\":\"job-1\"}".getBytes(StandardCharsets.UTF_8));
            try {
                Files.writeString(
                        Files.createDirectories(home.resolve("ledger")).resolve("receipts.log"),
                        "{\"token\":\"7d0c3bcb-b98f-4c67-9c33-aa675eaceec4\",\"account\":\"luma\",\"status\":201,\"headers\":{},"
                                + "\"truncated\":false,\"body\":\"" + body + "\"}\n");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Test
        void pauses_its_account_because_the_ledger_may_plan_again_what_is_paid_for() {
            assertThat(ledger().accounts()).singleElement().satisfies(use -> assertThat(use.pausedFor())
                    .get(InstanceOfAssertFactories.STRING)
                    .contains("of which this ledger knows nothing"));
            drop("waits.yaml", oneClip("waits"));
            await().atMost(LONG_ENOUGH).until(() -> onlyRender("waits").isPresent());
            nothingWasPosted();

            // What a start of the program says of every account.
            ledger().recordAccountMended("luma");
            assertThat(ledger().accounts()).allMatch(use -> use.pausedFor().isPresent());
            ledger().resumeAccount("luma");

            settled("waits");
            assertThat(sandbox().ledger().posts()).isEqualTo(1);
        }
    }

    /** One clip at one provider, and one kind of trouble. */
    abstract static class Trouble extends RayRouteTest {

        private final String plan;

        Trouble(String plan) {
            this.plan = plan;
        }

        @Override
        FailurePlan failures() {
            return FailurePlan.parse("rules: [" + plan + "]");
        }

        AccountState account() {
            return ledger().accountStates().stream()
                    .filter(state ->
                            state.registered().name().equals(context().resolvePropertyPlaceholders("{{ray.provider}}")))
                    .findFirst()
                    .orElseThrow();
        }

        void runUntilPaused() {
            drop("clip.yaml", oneClip("clip").replace("360p", "540p"));
            await().atMost(LONG_ENOUGH)
                    .until(() -> account().use().pausedFor().isPresent()
                            && account().use().active() == 0);
            assertThat(account().use().pausedFor().orElseThrow()).contains("ended for want of balance");
        }

        RenderState state() {
            return onlyRender("clip").orElseThrow().state();
        }
    }

    @Nested
    class A_balance_that_runs_out_at_Luma extends Trouble {
        A_balance_that_runs_out_at_Luma() {
            super("{on: job, do: budget_exhausted, times: 0}");
        }

        @Test
        void pauses_the_account_and_fails_the_render_because_a_part_may_be_charged() {
            runUntilPaused();

            assertThat(settled("clip").confirmed()).isEqualTo(Money.dollars("0.15"));
            assertThat(state()).isEqualTo(RenderState.FAILED);
            assertThat(onlyRender("clip").orElseThrow().failure().orElseThrow().kind())
                    .isEqualTo(FailureClass.BUDGET_EXHAUSTED);
            assertThat(sandbox().ledger().posts()).isEqualTo(1);
        }
    }

    @Nested
    class A_balance_that_runs_out_at_GMI extends Trouble {
        A_balance_that_runs_out_at_GMI() {
            super("{on: job, do: budget_exhausted, times: 0}");
        }

        @Override
        void configure(Properties properties) {
            properties.put("ray.provider", "gmi");
            properties.put("camel.component.ray.gmi-api-key", "gmi-key");
            properties.put(
                    "camel.component.ray.gmi-base-url", sandbox().gmiBaseUrl().toString());
        }

        @Test
        void pauses_the_account_and_fails_the_render_because_a_part_may_be_charged() {
            runUntilPaused();

            settled("clip");
            assertThat(state()).isEqualTo(RenderState.FAILED);
            assertThat(sandbox().ledger().posts()).isEqualTo(1);
        }
    }

    @Nested
    class A_balance_that_runs_out_at_Replicate extends Trouble {
        A_balance_that_runs_out_at_Replicate() {
            super("{on: job, do: budget_exhausted}");
        }

        @Override
        void configure(Properties properties) {
            properties.put("ray.provider", "replicate");
            properties.put("camel.component.ray.replicate-api-token", "r8_test");
            properties.put(
                    "camel.component.ray.replicate-base-url",
                    sandbox().replicateBaseUrl().toString());
        }

        @Test
        void pauses_the_account_and_plans_the_render_again_because_only_videos_are_charged() {
            runUntilPaused();

            assertThat(state()).isEqualTo(RenderState.PLANNED);
            assertThat(ledger().campaign("clip").orElseThrow().reserved()).isEqualTo(Money.ZERO);
            assertThat(ledger().campaign("clip").orElseThrow().confirmed()).isEqualTo(Money.ZERO);

            ledger().resumeAccount("replicate");
            assertThat(settled("clip").count(RenderState.DELIVERED)).isEqualTo(1);
            assertThat(sandbox().ledger().posts()).isEqualTo(2);
        }
    }

    @Nested
    class An_account_without_credit extends Trouble {
        An_account_without_credit() {
            super("{on: submit, do: \"402\", times: 6}");
        }

        @Override
        void configure(Properties properties) {
            properties.put("ray.accounts.recheck", "200ms");
        }

        @Test
        void tries_again_by_itself_until_there_is_some_and_says_so_once() {
            ListAppender<ILoggingEvent> log = new ListAppender<>();
            log.start();
            Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
            root.addAppender(log);
            try {
                drop("clips.yaml", oneClip("clips").replace("\"1:1\"", "\"1:1\"\nmatrix: {take: [1, 2, 3]}"));

                assertThat(settled("clips").count(RenderState.DELIVERED)).isEqualTo(3);
            } finally {
                root.detachAppender(log);
            }
            assertThat(log.list)
                    .filteredOn(line -> line.getLevel() == Level.ERROR)
                    .extracting(ILoggingEvent::getFormattedMessage)
                    .singleElement()
                    .asString()
                    .contains("luma is paused", "402", "tries again by itself", "resume account:luma");
            assertThat(account().use().pausedFor()).isEmpty();
            assertThat(sandbox().ledger().posts()).isEqualTo(9);
            assertThat(sandbox().ledger().generations()).hasSize(3);
            assertThat(ledger().workLeft().failuresToHandOver()).isZero();
        }
    }

    @Nested
    class A_refusal_for_the_jobs_that_run extends Trouble {
        A_refusal_for_the_jobs_that_run() {
            super("{on: submit, do: 429-concurrency}");
        }

        @Test
        void is_no_attempt_and_lowers_what_is_believed_of_the_limit() {
            drop("clip.yaml", oneClip("clip"));

            assertThat(settled("clip").count(RenderState.DELIVERED)).isEqualTo(1);
            assertThat(account().use().limits().maxConcurrent()).isEqualTo(1);
            assertThat(account().registered().limits().maxConcurrent()).isEqualTo(10);
            assertThat(account().learned().maxConcurrent().orElseThrow().until())
                    .isPresent();
            assertThat(sandbox().ledger().generations()).hasSize(1);
        }
    }

    @Nested
    class A_reply_that_names_another_model extends Trouble {
        A_reply_that_names_another_model() {
            super("{on: job, do: model-echo}");
        }

        @Test
        void is_a_warning_that_everybody_can_see_and_never_a_second_post() {
            drop("clip.yaml", oneClip("clip"));

            assertThat(settled("clip").count(RenderState.DELIVERED)).isEqualTo(1);
            assertThat(onlyRender("clip").orElseThrow().warning())
                    .contains("the provider names the model 'ray-3', but ray-3.2 was asked for");
            assertThat(appears("reports/clip/r1.txt")).content().contains("the provider names the model 'ray-3'");
            assertThat(appears("outputs/clip/generate.mp4.json"))
                    .content()
                    .contains("the provider names the model 'ray-3'");
            assertThat(sandbox().ledger().posts()).isEqualTo(1);
        }
    }
}

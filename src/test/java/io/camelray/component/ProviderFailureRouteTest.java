package io.camelray.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.camelray.ledger.LedgerViews.CampaignStatus;
import io.camelray.ledger.RenderRecord;
import io.camelray.model.FailureClass;
import io.camelray.model.Money;
import io.camelray.model.RenderState;
import io.camelray.sandbox.FailurePlan;
import java.io.IOException;
import java.util.Properties;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What each kind of trouble at the provider makes of a render, and of the money. */
class ProviderFailureRouteTest {

    /** One clip, one kind of trouble. */
    abstract static class Trouble extends RayRouteTest {

        private final String plan;

        Trouble(String plan) {
            this.plan = plan;
        }

        @Override
        FailurePlan failures() {
            return FailurePlan.parse("rules: [" + plan + "]");
        }

        @Override
        void configure(Properties properties) {
            properties.put("ray.retry.technical", "3");
        }

        CampaignStatus run() {
            drop("clip.yaml", oneClip("clip"));
            return settled("clip");
        }

        RenderRecord render() {
            return onlyRender("clip").orElseThrow();
        }
    }

    @Nested
    class A_reply_that_is_lost_after_the_job_was_accepted extends Trouble {
        A_reply_that_is_lost_after_the_job_was_accepted() {
            super("{on: submit, do: reset-after-accept}");
        }

        @Test
        void leaves_the_render_unknown_and_is_never_posted_again() {
            CampaignStatus status = run();

            assertThat(status.count(RenderState.UNKNOWN)).isEqualTo(1);
            assertThat(status.atRisk()).isEqualTo(Money.dollars("0.06"));
            assertThat(sandbox().ledger().generations()).hasSize(1);
            assertThat(sandbox().ledger().posts()).isEqualTo(1);
        }
    }

    @Nested
    class A_server_error_after_the_job_was_accepted extends Trouble {
        A_server_error_after_the_job_was_accepted() {
            super("{on: submit, do: 500-after-accept}");
        }

        @Test
        void leaves_the_render_unknown() {
            assertThat(run().count(RenderState.UNKNOWN)).isEqualTo(1);
            assertThat(sandbox().ledger().posts()).isEqualTo(1);
        }
    }

    @Nested
    class An_html_page_from_a_proxy extends Trouble {
        An_html_page_from_a_proxy() {
            super("{on: submit, do: 502-html}");
        }

        @Test
        void leaves_the_render_unknown() {
            assertThat(run().count(RenderState.UNKNOWN)).isEqualTo(1);
            assertThat(sandbox().ledger().posts()).isEqualTo(1);
        }
    }

    @Nested
    class A_success_without_an_id extends Trouble {
        A_success_without_an_id() {
            super("{on: submit, do: truncated-json}");
        }

        @Test
        void leaves_the_render_unknown() {
            assertThat(run().count(RenderState.UNKNOWN)).isEqualTo(1);
            assertThat(sandbox().ledger().posts()).isEqualTo(1);
        }
    }

    @Nested
    class Lumas_own_unavailability extends Trouble {
        Lumas_own_unavailability() {
            super("{on: submit, do: 502-json}");
        }

        @Test
        void is_tried_again_because_nothing_was_accepted() {
            assertThat(run().count(RenderState.DELIVERED)).isEqualTo(1);
            assertThat(sandbox().ledger().posts()).isEqualTo(2);
            assertThat(sandbox().ledger().generations()).hasSize(1);
        }
    }

    @Nested
    class Unavailability_that_does_not_end extends Trouble {
        Unavailability_that_does_not_end() {
            super("{on: submit, do: 503, times: 0}");
        }

        @Test
        void fails_the_render_after_its_technical_retries_for_free() {
            CampaignStatus status = run();

            assertThat(status.count(RenderState.FAILED)).isEqualTo(1);
            assertThat(render().failure().orElseThrow().kind()).isEqualTo(FailureClass.UNREACHABLE);
            assertThat(status.confirmed()).isEqualTo(Money.ZERO);
            assertThat(status.reserved()).isEqualTo(Money.ZERO);
        }
    }

    @Nested
    class A_throttled_submission extends Trouble {
        A_throttled_submission() {
            super("{on: submit, do: 429-bare}");
        }

        @Override
        void configure(Properties properties) {
            properties.put("ray.retry.technical", "0");
        }

        @Test
        void is_no_attempt_at_all() {
            assertThat(run().count(RenderState.DELIVERED)).isEqualTo(1);
            assertThat(sandbox().ledger().generations()).hasSize(1);
        }
    }

    @Nested
    class A_refused_request extends Trouble {
        A_refused_request() {
            super("{on: submit, do: 422-array}");
        }

        @Test
        void fails_the_render_with_the_providers_reason_and_goes_to_the_dead_letter_channel() throws IOException {
            CampaignStatus status = run();

            assertThat(status.count(RenderState.FAILED)).isEqualTo(1);
            assertThat(status.confirmed()).isEqualTo(Money.ZERO);
            assertThat(render().failure().orElseThrow().kind()).isEqualTo(FailureClass.REJECTED);
            assertThat(appears("dead-letter/clip/" + render().id() + ".json"))
                    .content()
                    .contains("rejected");
        }
    }

    @Nested
    class An_account_without_balance extends Trouble {
        An_account_without_balance() {
            super("{on: submit, do: 402, times: 0}");
        }

        @Test
        void is_paused_and_fails_nothing() {
            drop("clip.yaml", oneClip("clip"));

            await().atMost(LONG_ENOUGH)
                    .until(() -> ledger().accounts().get(0).pausedFor().isPresent());
            assertThat(render().state()).isEqualTo(RenderState.PLANNED);
            assertThat(sandbox().ledger().posts()).isEqualTo(1);
            assertThat(ledger().campaign("clip").orElseThrow().reserved()).isEqualTo(Money.ZERO);
        }
    }

    @Nested
    class A_job_that_fails_once extends Trouble {
        A_job_that_fails_once() {
            super("{on: job, do: generation_failed}");
        }

        @Test
        void is_worth_another_attempt_because_it_was_refunded() {
            CampaignStatus status = run();

            assertThat(status.count(RenderState.DELIVERED)).isEqualTo(1);
            assertThat(status.confirmed()).isEqualTo(Money.dollars("0.06"));
            assertThat(sandbox().ledger().generations()).hasSize(2);
        }
    }

    @Nested
    class A_moderated_job extends Trouble {
        A_moderated_job() {
            super("{on: job, do: content_moderated, times: 0}");
        }

        @Test
        void fails_at_once_and_is_never_retried() {
            assertThat(run().count(RenderState.FAILED)).isEqualTo(1);
            assertThat(render().failure().orElseThrow().kind()).isEqualTo(FailureClass.MODERATED);
            assertThat(sandbox().ledger().generations()).hasSize(1);
        }
    }

    @Nested
    class Polls_that_fail extends Trouble {
        Polls_that_fail() {
            super(
                    "{on: poll, do: reset, times: 2}, {on: poll, do: '500', times: 2}, {on: poll, do: 502-html, times: 1}");
        }

        @Test
        void are_asked_again_and_cost_nothing() {
            assertThat(run().count(RenderState.DELIVERED)).isEqualTo(1);
            assertThat(sandbox().ledger().posts()).isEqualTo(1);
        }
    }

    @Nested
    class A_url_that_has_expired extends Trouble {
        A_url_that_has_expired() {
            super("{on: download, do: expired-first-url}");
        }

        @Test
        void is_minted_anew() {
            assertThat(run().count(RenderState.DELIVERED)).isEqualTo(1);
            assertThat(sandbox().ledger().posts()).isEqualTo(1);
        }
    }

    @Nested
    class A_download_that_breaks_off extends Trouble {
        A_download_that_breaks_off() {
            super("{on: download, do: truncated-with-length}, {on: download, do: truncated-without-length},"
                    + " {on: download, do: html-with-200}");
        }

        @Test
        void is_fetched_again_and_never_stored_short() throws IOException {
            assertThat(run().count(RenderState.DELIVERED)).isEqualTo(1);
            assertThat(files("outputs")).containsExactly("clip/generate.mp4", "clip/generate.mp4.json");
        }
    }

    @Nested
    class A_day_whose_money_is_spent extends RayRouteTest {

        @Override
        void configure(Properties properties) {
            properties.put("ray.budget.daily", "0.06");
        }

        @Test
        void lets_the_rest_wait_and_posts_nothing_more() {
            drop(
                    "two.yaml",
                    "campaign: two\nprompt: a mug\nresolution: 360p\nmatrix: {aspectRatio: [\"1:1\", \"9:16\"]}\n");

            await().atMost(LONG_ENOUGH).until(() -> ledger().campaign("two")
                    .filter(status -> status.count(RenderState.DELIVERED) == 1)
                    .isPresent());
            assertThat(ledger().campaign("two").orElseThrow().count(RenderState.PLANNED))
                    .isEqualTo(1);
            assertThat(sandbox().ledger().posts()).isEqualTo(1);
        }
    }
}

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

/** What follows from trouble besides the state of a render, which the {@link FailureTable} tells. */
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
            assertThat(appears("dead-letter/clip/r1.yaml"))
                    .content()
                    .startsWith("retryOf: clip/r1")
                    .contains("rejected: ");
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

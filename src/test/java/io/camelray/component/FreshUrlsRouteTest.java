package io.camelray.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.camelray.delivery.SecuredOutput;
import io.camelray.delivery.UrlExpiredException;
import io.camelray.ledger.DeliveryLedger.PendingOutput;
import io.camelray.sandbox.FailureAction;
import io.camelray.sandbox.FailurePlan;
import io.camelray.sandbox.FailureRule;
import io.camelray.sandbox.FailureStage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What becomes of an output that was tried so often that its pauses are longer than a URL lives. */
class FreshUrlsRouteTest {

    abstract static class Refused extends RayRouteTest {

        private static final int TRIED_BEFORE = 20;

        abstract int refusedUrls();

        @Override
        FailurePlan failures() {
            return new FailurePlan(List.of(FailureRule.on(FailureStage.DOWNLOAD, FailureAction.EXPIRED_FIRST_URL)
                    .times(refusedUrls())));
        }

        @BeforeEach
        void onlyTheTestDelivers() throws Exception {
            context().getRouteController().stopRoute("deliver");
        }

        SecuredOutput secured() throws Exception {
            drop("one.yaml", oneClip("one"));
            await().atMost(LONG_ENOUGH).until(() -> ledger().nextRendered().isPresent());
            PendingOutput output =
                    ledger().claimRendered(1, Duration.ofHours(1)).get(0);
            RayComponent component = context().getComponent("ray", RayComponent.class);
            return new FreshSecuring(component.works()).secure(triedBefore(output));
        }

        private static PendingOutput triedBefore(PendingOutput output) {
            return new PendingOutput(
                    output.outputId(),
                    output.render(),
                    output.kind(),
                    output.url(),
                    output.expiresAt(),
                    output.destination(),
                    output.key(),
                    output.alternateKey(),
                    TRIED_BEFORE,
                    Optional.empty(),
                    output.lastOfRender());
        }
    }

    @Nested
    class Once extends Refused {

        @Override
        int refusedUrls() {
            return 1;
        }

        @Test
        void a_fresh_url_is_tried_at_once_however_often_the_output_was_tried_before() throws Exception {
            assertThat(secured().file()).isRegularFile();
        }
    }

    @Nested
    class Twice extends Refused {

        @Override
        int refusedUrls() {
            return 2;
        }

        @Test
        void a_fresh_url_that_is_refused_as_well_is_left_to_the_growing_pauses() {
            assertThatThrownBy(this::secured).isInstanceOf(UrlExpiredException.class);
        }
    }
}

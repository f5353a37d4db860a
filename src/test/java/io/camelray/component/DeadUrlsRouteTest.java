package io.camelray.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.camelray.ledger.RenderRecord;
import io.camelray.model.RenderState;
import io.camelray.sandbox.FailureAction;
import io.camelray.sandbox.FailurePlan;
import io.camelray.sandbox.FailureRule;
import io.camelray.sandbox.FailureStage;
import io.camelray.sandbox.SandboxOptions;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The destinations are away until every URL is dead. */
class DeadUrlsRouteTest {

    private static final int CLIPS = 3;

    /** Campaigns of three clips at each provider and to each destination that a test is about. */
    abstract static class Dead_urls extends AwayRouteTest {

        abstract List<String> providers();

        abstract void urlsDie() throws IOException;

        private List<String> campaigns() {
            return providers().stream()
                    .flatMap(provider -> List.of(provider + "-folder", provider + "-bucket").stream())
                    .toList();
        }

        private static boolean toBucket(String campaign) {
            return campaign.endsWith("-bucket");
        }

        int outputs() {
            return campaigns().size() * CLIPS;
        }

        long spooled() throws IOException {
            return files("spool").stream().filter(name -> name.endsWith(".out")).count();
        }

        List<RenderRecord> all() {
            return campaigns().stream()
                    .flatMap(campaign -> renders(campaign).stream())
                    .toList();
        }

        @Override
        void configure(Properties properties) {
            super.configure(properties);
            properties.put("ray.deliver.parallel", "6");
            properties.put("camel.component.ray.replicate-api-token", "r8_test");
            properties.put(
                    "camel.component.ray.replicate-base-url",
                    sandbox().replicateBaseUrl().toString());
        }

        /** What is paid for is paid for once, and arrives. */
        void everythingIsDelivered() throws IOException {
            for (String campaign : campaigns()) {
                String provider = campaign.substring(0, campaign.indexOf('-'));
                drop(
                        campaign + ".yaml",
                        "provider: " + provider + "\n" + clips(campaign, CLIPS, toBucket(campaign), home));
            }
            await().atMost(LONG_ENOUGH)
                    .until(() -> all().size() == outputs()
                            && all().stream().allMatch(render -> render.state() == RenderState.RENDERED));

            urlsDie();
            assertThat(all()).extracting(RenderRecord::state).containsOnly(RenderState.RENDERED);
            destinationsComeBack();

            for (String campaign : campaigns()) {
                assertThat(settled(campaign).count(RenderState.DELIVERED))
                        .as(campaign)
                        .isEqualTo(CLIPS);
                assertThat(wholeVideos(campaign, toBucket(campaign)))
                        .as(campaign)
                        .hasSize(CLIPS);
            }
            assertThat(sandbox().ledger().generations()).hasSize(outputs());
            assertThat(sandbox().ledger().posts()).isEqualTo(outputs());
            assertThat(all()).allMatch(render -> render.attempts().size() == 1);
            spoolEmpties();
        }
    }

    /** Nor can anything be fetched, so that nothing is in the spool to live on. Replicate promises nothing then. */
    @Nested
    class With_nothing_in_the_spool extends Dead_urls {

        private static final Duration URL_LIFE = Duration.ofSeconds(2);

        @Override
        List<String> providers() {
            return List.of("luma");
        }

        @Override
        FailurePlan failures() {
            return new FailurePlan(List.of(FailureRule.on(FailureStage.DOWNLOAD, FailureAction.UNAVAILABLE)
                    .times(outputs())));
        }

        @Override
        SandboxOptions.Builder sandboxOptions() {
            return super.sandboxOptions().urlLife(URL_LIFE);
        }

        @Override
        void urlsDie() throws IOException {
            Instant dead = Instant.now().plus(URL_LIFE);
            await().atMost(LONG_ENOUGH).until(() -> Instant.now().isAfter(dead));
            assertThat(spooled()).isZero();
        }

        @Test
        void outputs_are_fetched_from_fresh_urls_and_none_is_paid_for_again() throws IOException {
            everythingIsDelivered();
        }
    }

    /** Replicate has forgotten its predictions by then, and their files: what is in the spool is all there is. */
    @Nested
    class With_everything_in_the_spool extends Dead_urls {

        private final HastenedClock clock = new HastenedClock();

        @Override
        List<String> providers() {
            return List.of("luma", "replicate");
        }

        @Override
        SandboxOptions.Builder sandboxOptions() {
            return super.sandboxOptions().clock(clock).maxConcurrent(outputs());
        }

        @Override
        void urlsDie() throws IOException {
            await("downloads wait for no destination").atMost(LONG_ENOUGH).until(() -> spooled() == outputs());
            clock.hasten(Duration.ofDays(1));
        }

        @Test
        void outputs_are_delivered_from_there_and_none_is_paid_for_again() throws IOException {
            everythingIsDelivered();
        }
    }
}

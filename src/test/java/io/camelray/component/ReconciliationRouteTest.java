package io.camelray.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.camelray.ledger.RenderRecord;
import io.camelray.model.RenderState;
import io.camelray.sandbox.FailurePlan;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What becomes of submissions whose reply was lost, where the provider can list what it accepted. */
class ReconciliationRouteTest {

    abstract static class Listing extends RayRouteTest {

        private final String provider;
        private final String listPath;
        private final String trouble;

        Listing(String provider, String listPath, String trouble) {
            this.provider = provider;
            this.listPath = listPath;
            this.trouble = trouble;
        }

        @Override
        FailurePlan failures() {
            return FailurePlan.parse("rules: [{on: submit, times: 3, do: " + trouble + "}]");
        }

        @Override
        void configure(Properties properties) {
            properties.put("ray.provider", provider);
            properties.put("camel.component.ray.gmi-api-key", "gmi-test");
            properties.put(
                    "camel.component.ray.gmi-base-url", sandbox().gmiBaseUrl().toString());
            properties.put("camel.component.ray.replicate-api-token", "r8-test");
            properties.put(
                    "camel.component.ray.replicate-base-url",
                    sandbox().replicateBaseUrl().toString());
        }

        /** Two renders that ask for exactly the same, and one that does not. */
        void dropThree() {
            drop(
                    "lost.yaml",
                    "campaign: lost\naspectRatio: \"1:1\"\nresolution: 540p\nprompt: \"{{what.prompt}}\"\n"
                            + "matrix: {what: [{id: a, prompt: a mug}, {id: b, prompt: a mug}, {id: c, prompt: a jug}]}\n");
        }

        void listsWereAskedFor(int times) {
            await().atMost(LONG_ENOUGH)
                    .until(() -> sandbox().requests().stream()
                                    .filter(entry -> entry.method().equals("GET"))
                                    .filter(entry -> entry.path().contains(listPath))
                                    .count()
                            >= times);
        }

        void allAreFoundAndDelivered() {
            dropThree();
            await().atMost(LONG_ENOUGH).until(() -> ledger().campaign("lost")
                    .filter(status -> status.count(RenderState.DELIVERED) == 3)
                    .isPresent());

            assertThat(sandbox().ledger().generations()).hasSize(3);
            List<String> jobs = renders("lost").stream()
                    .map(render -> render.job().orElseThrow().value())
                    .toList();
            assertThat(jobs).doesNotHaveDuplicates();
            assertThat(renders("lost"))
                    .allSatisfy(render -> assertThat(render.attempts()).hasSize(1));
        }

        void noneIsTakenForAnother() {
            dropThree();
            settled("lost");
            listsWereAskedFor(1);

            assertThat(renders("lost")).extracting(RenderRecord::state).containsOnly(RenderState.UNKNOWN);
            assertThat(sandbox().ledger().generations()).isEmpty();
            assertThat(sandbox().ledger().posts()).isEqualTo(3);
        }
    }

    @Nested
    class Replies_of_gmi_that_are_lost extends Listing {
        Replies_of_gmi_that_are_lost() {
            super("gmi", "page_size", "reset-after-accept");
        }

        @Test
        void are_made_up_for_by_its_list() {
            allAreFoundAndDelivered();
        }
    }

    @Nested
    class Replies_of_replicate_that_are_lost extends Listing {
        Replies_of_replicate_that_are_lost() {
            super("replicate", "created_after", "reset-after-accept");
        }

        @Test
        void are_made_up_for_by_its_list() {
            allAreFoundAndDelivered();
        }
    }

    @Nested
    class Submissions_that_never_arrived_at_gmi extends Listing {
        Submissions_that_never_arrived_at_gmi() {
            super("gmi", "page_size", "reset-before-accept");
        }

        @Test
        void stay_unknown_because_absence_from_a_list_proves_nothing() {
            noneIsTakenForAnother();
        }
    }
}

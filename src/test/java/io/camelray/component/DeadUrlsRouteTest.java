package io.camelray.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.camelray.assets.Mp4Findings;
import io.camelray.assets.Mp4Walk;
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
import org.junit.jupiter.api.Test;

/** Nothing can be fetched until every URL is dead, so that nothing is in the spool to live on. */
class DeadUrlsRouteTest extends RayRouteTest {

    private static final Duration URL_LIFE = Duration.ofSeconds(2);

    @Override
    FailurePlan failures() {
        return new FailurePlan(List.of(
                FailureRule.on(FailureStage.DOWNLOAD, FailureAction.UNAVAILABLE).times(5)));
    }

    @Override
    SandboxOptions.Builder sandboxOptions() {
        return super.sandboxOptions().urlLife(URL_LIFE);
    }

    @Override
    void configure(Properties properties) {
        properties.put("ray.deliver.parallel", "5");
    }

    @Test
    void outputs_whose_urls_all_died_are_fetched_from_fresh_ones_and_none_is_paid_for_again() throws IOException {
        drop("clips.yaml", oneClip("clips").replace("\"1:1\"", "\"1:1\"\nmatrix: {take: [1, 2, 3, 4, 5]}"));
        await().atMost(LONG_ENOUGH).until(() -> ledger().campaign("clips").isPresent());
        await().atMost(LONG_ENOUGH).until(() -> renders("clips").stream()
                .allMatch(render -> render.state().compareTo(RenderState.RENDERED) >= 0));
        Instant rendered = Instant.now();

        assertThat(settled("clips").count(RenderState.DELIVERED)).isEqualTo(5);

        assertThat(Instant.now()).isAfter(rendered.plus(URL_LIFE));
        assertThat(sandbox().ledger().generations()).hasSize(5);
        assertThat(sandbox().ledger().posts()).isEqualTo(5);
        for (String file : files("outputs")) {
            if (file.endsWith(".mp4")) {
                assertThat(Mp4Walk.of(home.resolve("outputs").resolve(file))).isInstanceOf(Mp4Findings.class);
            }
        }
    }
}

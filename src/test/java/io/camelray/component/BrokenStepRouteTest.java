package io.camelray.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.camelray.ledger.RenderRecord;
import io.camelray.model.RenderState;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.builder.AdviceWith;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A step of a route throws what is no exception: a class that is missing, an assertion. */
class BrokenStepRouteTest extends RayRouteTest {

    @Override
    void configure(Properties properties) {
        properties.put("ray.deliver.parallel", "1");
    }

    private void failsOnce(String route, String step) throws Exception {
        AtomicBoolean whole = new AtomicBoolean();
        AdviceWith.adviceWith(
                context(), route, advised -> advised.weaveByToUri(step).before().process(exchange -> {
                    if (whole.compareAndSet(false, true)) {
                        throw new NoClassDefFoundError("a/library/Of/Yours");
                    }
                }));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ray:secure", "ray:delivered"})
    void an_output_whose_step_breaks_waits_for_another_try_and_holds_up_no_other(String step) throws Exception {
        failsOnce("deliver", step);
        drop("one.yaml", oneClip("one"));
        await().atMost(LONG_ENOUGH).until(() -> onlyRender("one")
                .filter(render -> render.state() == RenderState.RENDERED)
                .isPresent());
        drop("two.yaml", oneClip("two"));

        assertThat(settled("two").count(RenderState.DELIVERED)).isEqualTo(1);
        assertThat(settled("one").count(RenderState.DELIVERED)).isEqualTo(1);
    }

    @Test
    void a_render_whose_step_breaks_is_submitted_all_the_same_and_once() throws Exception {
        failsOnce("submit", "ray:submit");
        drop("one.yaml", oneClip("one"));

        assertThat(settled("one").count(RenderState.DELIVERED)).isEqualTo(1);
        RenderRecord render = onlyRender("one").orElseThrow();
        assertThat(render.attempts()).hasSize(1);
        assertThat(sandbox().ledger().posts()).isEqualTo(1);
    }
}

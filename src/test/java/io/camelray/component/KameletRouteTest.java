package io.camelray.component;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.util.Map;
import java.util.Properties;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;

/** The Kamelets in the jar do what visual designers say of them. */
class KameletRouteTest extends RayRouteTest {

    @Override
    void configure(Properties properties) {
        properties.put("ray.intake.folder.enabled", "false");
    }

    @Test
    void the_action_answers_a_prompt_with_a_video_and_the_source_is_a_route_that_starts() throws Exception {
        add("direct:teaser", "kamelet:ray-generate-action?aspectRatio=1:1&resolution=360p&budget=1.00");

        File video = context()
                .createProducerTemplate()
                .requestBodyAndHeaders("direct:teaser", "a mug", Map.of(RayConstants.KEY, "order-17"), File.class);

        assertThat(video).isNotEmpty();
        assertThat(sandbox().ledger().posts()).isEqualTo(1);
        // Only now: it would take the output from the action, and not store it.
        add("kamelet:ray-rendered-source?parallel=1", "ray:delivered");
        assertThat(context()
                        .getRouteController()
                        .getRouteStatus("kamelet:ray-rendered-source?parallel=1")
                        .isStarted())
                .isTrue();
    }

    private void add(String from, String to) throws Exception {
        context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(from).routeId(from).to(to);
            }
        });
    }
}

package io.camelray.component;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelray.model.RenderState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.Test;

class SpoolRouteTest extends RayRouteTest {

    private Path orphan;

    @Override
    protected CamelContext createCamelContext() throws Exception {
        orphan = Files.createDirectories(home.resolve("spool")).resolve("4711-0123456789ab.out");
        Files.writeString(orphan, "delivered, and left behind by a program that died");
        return super.createCamelContext();
    }

    @Test
    void what_belongs_to_nothing_that_waits_is_swept_at_the_start_and_later_outputs_are_not() throws IOException {
        assertThat(orphan).doesNotExist();

        drop("one.yaml", oneClip("one"));

        assertThat(settled("one").count(RenderState.DELIVERED)).isEqualTo(1);
        spoolEmpties();
    }
}

package io.camelray.component;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelray.model.RenderState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.Test;

class SpoolRouteTest extends RayRouteTest {

    private Path orphan;
    private Path deadCopy;
    private Path copyInTheMaking;

    @Override
    protected CamelContext createCamelContext() throws Exception {
        orphan = Files.createDirectories(home.resolve("spool")).resolve("4711-0123456789ab.out");
        Files.writeString(orphan, "delivered, and left behind by a program that died");
        Path assets = Files.createDirectories(home.resolve("assets"));
        deadCopy = Files.writeString(assets.resolve("keep4711.part"), "half");
        Files.setLastModifiedTime(deadCopy, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
        copyInTheMaking = Files.writeString(assets.resolve("keep4712.part"), "another node's");
        return super.createCamelContext();
    }

    @Test
    void half_copies_of_media_are_swept_at_the_start_unless_another_node_may_be_making_them() {
        assertThat(deadCopy).doesNotExist();
        assertThat(copyInTheMaking).exists();
    }

    @Test
    void what_belongs_to_nothing_that_waits_is_swept_at_the_start_and_later_outputs_are_not() throws IOException {
        assertThat(orphan).doesNotExist();

        drop("one.yaml", oneClip("one"));

        assertThat(settled("one").count(RenderState.DELIVERED)).isEqualTo(1);
        spoolEmpties();
    }
}

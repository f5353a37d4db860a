package io.camelray.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.camelray.ledger.RenderRecord;
import io.camelray.model.RenderState;
import io.camelray.sandbox.SandboxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** The destination is away, the URLs die and the spool is bounded. */
class SpoolLimitRouteTest extends RayRouteTest {

    private static final Duration URL_LIFE = Duration.ofSeconds(2);

    @Override
    SandboxOptions.Builder sandboxOptions() {
        return super.sandboxOptions().urlLife(URL_LIFE);
    }

    @Override
    void configure(Properties properties) {
        properties.put("ray.deliver.to", "file:" + home.resolve("away"));
        properties.put("ray.spool.limit", "1KB");
    }

    private long spooled() throws IOException {
        return files("spool").stream().filter(name -> name.endsWith(".out")).count();
    }

    @Test
    void while_the_destination_is_away_everything_paid_for_is_secured_and_nothing_more_is_paid_for_until_it_is_back()
            throws IOException {
        Path away = Files.writeString(home.resolve("away"), "the disk is not mounted");
        drop("first.yaml", oneClip("first").replace("\"1:1\"", "\"1:1\"\nmatrix: {take: [1, 2, 3]}"));
        await().atMost(LONG_ENOUGH).until(() -> spooled() == 3);

        drop("second.yaml", oneClip("second"));
        await().atMost(LONG_ENOUGH).until(() -> ledger().campaign("second").isPresent());
        await("nothing is submitted while the spool is full, until every URL is dead")
                .during(URL_LIFE.multipliedBy(2))
                .atMost(LONG_ENOUGH)
                .until(() -> sandbox().ledger().posts() == 3);
        assertThat(onlyRender("second").orElseThrow().state()).isEqualTo(RenderState.PLANNED);
        assertThat(renders("first")).extracting(RenderRecord::state).containsOnly(RenderState.RENDERED);

        Files.delete(away);

        assertThat(settled("first").count(RenderState.DELIVERED)).isEqualTo(3);
        assertThat(settled("second").count(RenderState.DELIVERED)).isEqualTo(1);
        assertThat(sandbox().ledger().generations()).hasSize(4);
        spoolEmpties();
        assertThat(files("away")).filteredOn(name -> name.endsWith(".mp4")).hasSize(4);
        assertThat(appears("away/first/r1/manifest.json")).content().contains("\"sha256\"", "trainedAlgorithmicMedia");
    }
}

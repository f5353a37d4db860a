package io.camelray.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.camelray.ledger.Ledger;
import io.camelray.ledger.RenderRecord;
import io.camelray.model.RenderState;
import io.camelray.sandbox.SandboxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.Test;

/** A node is lost with its disk while the destination is away, and every URL dies; another one takes over. */
class LostNodeRouteTest extends AwayRouteTest {

    private static final List<String> CAMPAIGNS = List.of("luma-clips", "replicate-clips");
    private static final int CLIPS = 2;

    private final HastenedClock clock = new HastenedClock();
    private final Properties properties = new Properties();

    @Override
    SandboxOptions.Builder sandboxOptions() {
        return super.sandboxOptions().clock(clock);
    }

    @Override
    void configure(Properties ours) {
        super.configure(ours);
        ours.put("ray.ledger.url", "jdbc:h2:file:" + home.resolve("shared/ledger"));
        ours.put("ray.spool.mirror", mirror().toString());
        ours.put("camel.component.ray.replicate-api-token", "r8_test");
        ours.put(
                "camel.component.ray.replicate-base-url",
                sandbox().replicateBaseUrl().toString());
        try {
            Files.createDirectory(mirror());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        properties.putAll(ours);
    }

    private Path mirror() {
        return home.resolve("mirror");
    }

    private static List<RenderRecord> all(Ledger ledger) {
        List<RenderRecord> all = new ArrayList<>();
        CAMPAIGNS.forEach(campaign -> ledger.renders(campaign, all::add));
        return all;
    }

    private Main anotherNode() {
        properties.put("ray.home", home.resolve("other").toString());
        properties.put("ray.s3.region", "us-east-1"); // nobody has bound a client here
        Main main = new Main();
        main.setDefaultPropertyPlaceholderLocation("false");
        main.setPropertyPlaceholderLocations("file:config/application.properties");
        main.setOverrideProperties(properties);
        main.configure().withRoutesIncludePattern("file:routes/*.camel.yaml");
        main.start();
        return main;
    }

    @Test
    void what_no_provider_hands_out_again_is_delivered_from_the_mirror_and_nothing_is_paid_for_again()
            throws Exception {
        for (String campaign : CAMPAIGNS) {
            String provider = campaign.substring(0, campaign.indexOf('-'));
            drop(campaign + ".yaml", "provider: " + provider + "\n" + clips(campaign, CLIPS, false, home));
        }
        await().atMost(LONG_ENOUGH)
                .until(() -> all(ledger()).size() == 2 * CLIPS
                        && files("spool").stream()
                                        .filter(name -> name.endsWith(".out"))
                                        .count()
                                == 2 * CLIPS);
        context().stop();
        assertThat(files("mirror")).hasSize(CLIPS).allMatch(name -> name.endsWith(".out"));
        for (String lost : files("spool")) {
            Files.delete(home.resolve("spool").resolve(lost));
        }
        clock.hasten(Duration.ofDays(1));
        destinationsComeBack();

        Main other = anotherNode();
        try {
            Ledger ledger = other.getCamelContext()
                    .getComponent("ray", RayComponent.class)
                    .ledger();
            await().atMost(LONG_ENOUGH)
                    .until(() -> all(ledger).stream().allMatch(render -> render.state() == RenderState.DELIVERED));
            await().atMost(LONG_ENOUGH)
                    .until(() ->
                            files("mirror").isEmpty() && files("other/spool").isEmpty());
        } finally {
            other.stop();
        }

        for (String campaign : CAMPAIGNS) {
            assertThat(wholeVideos(campaign, false)).hasSize(CLIPS);
        }
        assertThat(sandbox().ledger().generations()).hasSize(2 * CLIPS);
        assertThat(sandbox().ledger().posts()).isEqualTo(2 * CLIPS);
    }
}

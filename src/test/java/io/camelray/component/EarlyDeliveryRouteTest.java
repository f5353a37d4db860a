package io.camelray.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.camelray.ledger.Ledger;
import io.camelray.model.RenderState;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;
import org.apache.camel.support.RoutePolicySupport;
import org.junit.jupiter.api.Test;

/** A program starts with outputs that wait for a bucket, and another of its routes takes long to start. */
class EarlyDeliveryRouteTest extends AwayRouteTest {

    private static final int CLIPS = 4;
    private static final long SLOW_START_MILLIS = 1500;

    private final Properties properties = new Properties();

    @Override
    void configure(Properties ours) {
        super.configure(ours);
        properties.putAll(ours);
    }

    private void allAreDue() throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:h2:file:" + home.resolve("ledger/ledger"), "sa", "");
                var update = connection.prepareStatement("UPDATE ray_waiting SET due_at = 0")) {
            assertThat(update.executeUpdate()).isEqualTo(CLIPS);
        }
    }

    /** Starts last, and for so long that deliveries could be tried meanwhile. */
    private static final class SlowRoute extends RouteBuilder {

        private final CountDownLatch never = new CountDownLatch(1);

        @Override
        public void configure() {
            from("direct:slow")
                    .routeId("slow")
                    .startupOrder(9999)
                    .routePolicy(new RoutePolicySupport() {
                        @Override
                        public void onStart(Route route) {
                            try {
                                never.await(SLOW_START_MILLIS, TimeUnit.MILLISECONDS);
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        }
                    })
                    .setHeader(Exchange.FILE_NAME, constant("unused"));
        }
    }

    private Main restarted() {
        Main main = new Main();
        main.setDefaultPropertyPlaceholderLocation("false");
        main.setPropertyPlaceholderLocations("file:config/application.properties");
        main.setOverrideProperties(properties);
        main.bind("store", s3(storeAddress()));
        main.configure().withRoutesIncludePattern("file:routes/*.camel.yaml");
        main.configure().addRoutesBuilder(new SlowRoute());
        main.start();
        return main;
    }

    @Test
    void what_waits_is_delivered_when_everything_has_started() throws Exception {
        drop("clips.yaml", clips("clips", CLIPS, true, home));
        await().atMost(LONG_ENOUGH)
                .until(() -> files("spool").stream()
                                .filter(name -> name.endsWith(".out"))
                                .count()
                        == CLIPS);
        context().stop();
        destinationsComeBack();
        allAreDue();

        Main again = restarted();
        try {
            Ledger ledger = again.getCamelContext()
                    .getComponent("ray", RayComponent.class)
                    .ledger();
            await().atMost(LONG_ENOUGH)
                    .until(() -> ledger.campaign("clips").orElseThrow().count(RenderState.DELIVERED) == CLIPS);
        } finally {
            again.stop();
        }
        assertThat(wholeVideos("clips", true)).hasSize(CLIPS);
        assertThat(sandbox().ledger().posts()).isEqualTo(CLIPS);
    }
}

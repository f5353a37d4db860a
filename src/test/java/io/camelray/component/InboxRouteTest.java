package io.camelray.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.camelray.model.RenderState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.spi.CamelEvent.ExchangeSentEvent;
import org.apache.camel.support.EventNotifierSupport;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Files are written into the inbox by others, who replace them when they like, and the inbox may go away and come back. */
class InboxRouteTest extends RayRouteTest {

    @Test
    void a_manifest_that_is_replaced_while_it_is_planned_is_filed_as_it_was_and_the_new_one_is_planned_next()
            throws Exception {
        AtomicBoolean replaced = new AtomicBoolean();
        context().getManagementStrategy().addEventNotifier(new EventNotifierSupport() {
            @Override
            public void notify(CamelEvent event) {
                if (event instanceof ExchangeSentEvent sent
                        && sent.getEndpoint().getEndpointUri().startsWith("ray://plan")
                        && replaced.compareAndSet(false, true)) {
                    drop("clip.yaml", oneClip("second"));
                }
            }
        });

        drop("clip.yaml", oneClip("first"));

        assertThat(settled("first").count(RenderState.DELIVERED)).isEqualTo(1);
        assertThat(settled("second").count(RenderState.DELIVERED)).isEqualTo(1);
        assertThat(appears("accepted/first/r1/clip.yaml")).hasContent(oneClip("first"));
        assertThat(appears("accepted/second/r1/clip.yaml")).hasContent(oneClip("second"));
        await().atMost(LONG_ENOUGH).until(() -> files("inbox").isEmpty());
        assertThat(sandbox().ledger().posts()).isEqualTo(2);
    }

    @Test
    void another_checksum_is_a_rejection_and_an_inbox_that_is_away_is_told_of_once_and_used_again() throws Exception {
        drop("torn.yaml.sha256", "0".repeat(64) + "  torn.yaml\n");
        drop("torn.yaml", oneClip("torn"));
        JsonNode document = new ObjectMapper()
                .readTree(appears("rejected/torn.yaml.errors.json").toFile());
        assertThat(document.at("/errors/0/rule").asText()).isEqualTo("checksum");
        assertThat(document.path("manifest").asText()).isEqualTo(oneClip("torn"));
        assertThat(appears("rejected/torn.yaml")).hasContent(oneClip("torn"));
        appears("rejected/torn.yaml.sha256");
        nothingWasPosted();

        Logger log = (Logger) LoggerFactory.getLogger(InboxIntake.class);
        ListAppender<ILoggingEvent> said = new ListAppender<>();
        said.list = new CopyOnWriteArrayList<>();
        log.setLevel(Level.INFO);
        said.start();
        log.addAppender(said);
        try {
            Path inbox = home.resolve("inbox");
            Files.move(inbox, home.resolve("away"));
            await().atMost(LONG_ENOUGH).until(() -> !said.list.isEmpty());
            assertThat(inbox).doesNotExist();
            Files.move(home.resolve("away"), inbox);
            drop("back.yaml", oneClip("back"));
            assertThat(settled("back").count(RenderState.DELIVERED)).isEqualTo(1);
        } finally {
            log.detachAppender(said);
            log.setLevel(null);
        }
        List<String> lines =
                said.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0)).startsWith("Nothing is taken from the inbox").contains("create it again");
        assertThat(lines.get(1)).endsWith("can be used again");
    }
}

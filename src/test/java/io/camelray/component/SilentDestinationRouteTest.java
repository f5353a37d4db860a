package io.camelray.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.camelray.component.FaultyStore.Sent;
import io.camelray.component.FaultyStore.What;
import io.camelray.model.RenderState;
import io.camelray.sandbox.EmbeddedS3;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;

/** A bucket that takes what it is sent, and then says nothing. */
class SilentDestinationRouteTest extends RayRouteTest {

    private static final String BUCKET = "videos";
    private static final Duration SILENCE = Duration.ofSeconds(1);
    private static final int LATER = 4;

    private EmbeddedS3 store;
    private FaultyStore silent;
    private S3Client client;

    @Override
    protected CamelContext createCamelContext() throws Exception {
        store = EmbeddedS3.start(home.resolve("s3"), BUCKET, "id", "secret");
        silent = new FaultyStore(store.endpoint());
        silent.spoil(".mp4", 0, What.SILENT, Integer.MAX_VALUE);
        client = s3(silent.endpoint());
        CamelContext context = super.createCamelContext();
        context.getRegistry().bind("store", S3Client.class, client);
        return context;
    }

    @Override
    void configure(Properties properties) {
        properties.put("ray.deliver.allow", "file:" + home.resolve("outputs") + ",s3://" + BUCKET);
        properties.put("ray.deliver.silence", SILENCE.toMillis() + "ms");
    }

    @AfterEach
    void stopStore() throws IOException {
        client.close();
        silent.close();
        store.close();
    }

    private static String toBucket(String campaign) {
        return oneClip(campaign) + "deliver: {to: \"s3://" + BUCKET + "\"}\n";
    }

    private List<Sent> uploads() {
        return silent.sent().stream()
                .filter(sent -> sent.method().equals("PUT") && sent.uri().endsWith(".mp4"))
                .toList();
    }

    private long spooled() throws IOException {
        return files("spool").stream().filter(name -> name.endsWith(".out")).count();
    }

    @Test
    void one_output_waits_for_its_answer_while_the_others_are_fetched_and_go_elsewhere() throws IOException {
        drop("first.yaml", toBucket("first"));
        await().atMost(LONG_ENOUGH).until(() -> uploads().size() == 1);
        Instant silentFor = Instant.now().plus(SILENCE);
        await().atMost(LONG_ENOUGH).until(() -> Instant.now().isAfter(silentFor));

        drop("later.yaml", toBucket("later") + "matrix: {take: [a, b, c, d]}\n");
        await("downloads wait for no destination").atMost(LONG_ENOUGH).until(() -> spooled() == 1 + LATER);
        drop("elsewhere.yaml", oneClip("elsewhere"));
        assertThat(settled("elsewhere").count(RenderState.DELIVERED)).isEqualTo(1);
        assertThat(uploads()).as("nobody joins the one that waits").hasSize(1);

        silent.speak();
        assertThat(settled("first").count(RenderState.DELIVERED)).isEqualTo(1);
        assertThat(settled("later").count(RenderState.DELIVERED)).isEqualTo(LATER);
        assertThat(sandbox().ledger().posts()).isEqualTo(1 + LATER + 1);
        spoolEmpties();
    }
}

package io.camelray.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.camelray.assets.ContentDigests;
import io.camelray.assets.FolderStore;
import io.camelray.assets.Mp4Findings;
import io.camelray.assets.Mp4Walk;
import io.camelray.model.RenderState;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;

/** A program freezes in the middle of a copy, another one takes over and delivers, and the first one wakes up. */
class FrozenWriterRouteTest extends RayRouteTest {

    private static final String KEY = "two/generate.mp4";
    private static final int MORE_THAN_A_BUFFER = 1_000_000;

    private final CountDownLatch wakes = new CountDownLatch(1);

    /** Bytes of another video, the later half of which comes when the writer wakes up. */
    private InputStream halfFrozen() {
        InputStream rest = new ByteArrayInputStream(new byte[MORE_THAN_A_BUFFER]) {
            @Override
            public synchronized int read(byte[] bytes, int from, int length) {
                try {
                    wakes.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return -1;
                }
                return super.read(bytes, from, length);
            }
        };
        return new SequenceInputStream(new ByteArrayInputStream(new byte[MORE_THAN_A_BUFFER]), rest);
    }

    /** What the route writes into the folder with. */
    private Endpoint folder() {
        return context().getEndpoints().stream()
                .filter(endpoint -> endpoint.getEndpointUri().contains("CamelRayDraft"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void it_neither_writes_into_the_drafts_of_another_nor_replaces_what_is_delivered() throws Exception {
        drop("one.yaml", oneClip("one"));
        settled("one");
        Path outputs = home.resolve("outputs");
        String draft = new FolderStore(outputs).newDraft(KEY);
        CompletableFuture<Exchange> frozen = template().asyncSend(folder(), exchange -> {
            exchange.getMessage().setBody(halfFrozen());
            exchange.getMessage().setHeader(Exchange.FILE_NAME, KEY);
            exchange.getMessage().setHeader(RayConstants.DRAFT, draft);
        });
        Path half = outputs.resolve(KEY).resolveSibling(draft);
        await().atMost(LONG_ENOUGH).until(() -> Files.exists(half) && Files.size(half) > 0);

        drop("two.yaml", oneClip("two"));
        assertThat(settled("two").count(RenderState.DELIVERED)).isEqualTo(1);
        String delivered = ContentDigests.of(outputs.resolve(KEY)).sha256();
        assertThat(half).doesNotExist();

        wakes.countDown();

        Exchange woken = frozen.get(LONG_ENOUGH.toSeconds(), TimeUnit.SECONDS);
        assertThat(woken.getException()).hasMessageContaining("Cannot rename");
        assertThat(ContentDigests.of(outputs.resolve(KEY)).sha256()).isEqualTo(delivered);
        assertThat(Mp4Walk.of(outputs.resolve(KEY))).isInstanceOf(Mp4Findings.class);
        assertThat(files("outputs/two")).allMatch(name -> !name.startsWith("."));
    }
}

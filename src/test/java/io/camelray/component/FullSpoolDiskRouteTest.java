package io.camelray.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.camelray.assets.Mp4Findings;
import io.camelray.assets.Mp4Walk;
import io.camelray.model.RenderState;
import io.camelray.sandbox.EmbeddedS3;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;

/** The spool lies on a small file system of its own, which only root can mount; elsewhere this is passed over. */
class FullSpoolDiskRouteTest extends RayRouteTest {

    private static final String BUCKET = "videos";

    private Path spool;
    private boolean mounted;
    private EmbeddedS3 store;
    private S3Client client;

    @Override
    protected CamelContext createCamelContext() throws Exception {
        spool = Files.createDirectories(home.resolve("spool"));
        mounted = run("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", spool.toString()) == 0;
        assumeTrue(mounted, "cannot mount");
        store = EmbeddedS3.start(home.resolve("s3"), BUCKET, "id", "secret");
        client = s3(store.endpoint());
        CamelContext context = super.createCamelContext();
        context.getRegistry().bind("store", S3Client.class, client);
        return context;
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    @Override
    void configure(Properties properties) {
        properties.put("ray.deliver.allow", "file:" + home.resolve("outputs") + ",s3://" + BUCKET + "/out");
        // The filler is no output: it must not count against the limit.
        properties.put("ray.spool.limit", "0");
    }

    @AfterEach
    void unmount() throws Exception {
        if (mounted) {
            context().stop();
            run("umount", spool.toString());
            client.close();
            store.close();
        }
    }

    @Test
    void what_cannot_be_spooled_for_want_of_space_is_delivered_to_both_destinations_when_there_is_space_again()
            throws IOException {
        fill();
        drop("folder.yaml", oneClip("folder"));
        drop("bucket.yaml", oneClip("bucket") + "deliver: {to: \"s3://" + BUCKET + "/out\"}\n");
        for (String campaign : List.of("folder", "bucket")) {
            await().atMost(LONG_ENOUGH)
                    .until(() -> ledger().campaign(campaign).isPresent()
                            && onlyRender(campaign).orElseThrow().state() == RenderState.RENDERED);
        }
        await("both were tried")
                .atMost(LONG_ENOUGH)
                .until(() -> files("spool").stream()
                                .filter(name -> name.endsWith(".part"))
                                .count()
                        == 2);
        assertThat(files("outputs")).isEmpty();
        assertThat(files("s3")).noneMatch(name -> name.endsWith(".mp4"));

        Files.delete(spool.resolve("filler"));

        for (String campaign : List.of("folder", "bucket")) {
            assertThat(settled(campaign).count(RenderState.DELIVERED)).isEqualTo(1);
        }
        assertThat(sandbox().ledger().generations()).hasSize(2);
        assertThat(Mp4Walk.of(home.resolve("outputs/folder/generate.mp4"))).isInstanceOf(Mp4Findings.class);
        assertThat(Mp4Walk.of(home.resolve("s3/" + BUCKET + "/out/bucket/generate.mp4")))
                .isInstanceOf(Mp4Findings.class);
        spoolEmpties();
    }

    private void fill() throws IOException {
        byte[] filler = new byte[4096];
        try (OutputStream out = Files.newOutputStream(spool.resolve("filler"))) {
            while (true) {
                out.write(filler);
            }
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("No space left");
        }
    }
}

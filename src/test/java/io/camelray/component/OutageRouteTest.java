package io.camelray.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.camelray.model.RenderState;
import io.camelray.sandbox.FailurePlan;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The ledger goes away while a reply is on the wire, and comes back. */
class OutageRouteTest {

    /** Three renders, posted one after the other, the first of which is answered when the ledger is gone. */
    abstract static class Outage extends RayRouteTest {

        private static final Duration AND_BACK = Duration.ofSeconds(60);

        @Override
        FailurePlan failures() {
            return FailurePlan.parse("rules: [{on: submit, do: delay-reply, millis: 4000}]");
        }

        @Override
        void configure(Properties properties) {
            properties.put("camel.component.ray.max-posting", "1");
        }

        abstract void takeLedgerAway() throws IOException;

        abstract void bringLedgerBack() throws IOException;

        private String receipts() {
            try {
                return Files.readString(home.resolve("ledger/receipts.log"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        void survives() throws IOException {
            drop("clips.yaml", oneClip("clips").replace("\"1:1\"", "\"1:1\"\nmatrix: {take: [1, 2, 3]}"));
            await().atMost(LONG_ENOUGH).until(() -> sandbox().ledger().posts() == 1);

            takeLedgerAway();
            await("the reply is safe though the ledger is away")
                    .atMost(LONG_ENOUGH)
                    .until(() -> receipts().lines().count() == 1);
            await("nothing is posted without a durable intent")
                    .during(Duration.ofSeconds(3))
                    .atMost(LONG_ENOUGH)
                    .until(() -> sandbox().ledger().posts() == 1);
            bringLedgerBack();

            await().atMost(AND_BACK)
                    .ignoreExceptions()
                    .until(() -> ledger().campaign("clips").orElseThrow().count(RenderState.DELIVERED) == 3);
            assertThat(sandbox().ledger().posts()).isEqualTo(3);
            assertThat(sandbox().ledger().generations()).hasSize(3);
            assertThat(renders("clips")).allSatisfy(render -> assertThat(render.attempts())
                    .filteredOn(attempt -> attempt.job().isPresent())
                    .hasSize(1));
        }
    }

    @Nested
    class A_database_server_that_stops extends Outage {

        private EmbeddedPostgres server;
        private int port;

        @Override
        protected CamelContext createCamelContext() throws Exception {
            server = server(0);
            port = server.getPort();
            return super.createCamelContext();
        }

        private EmbeddedPostgres server(int onPort) throws IOException {
            return EmbeddedPostgres.builder()
                    .setDataDirectory(home.resolve("postgres"))
                    .setCleanDataDirectory(false)
                    .setPort(onPort)
                    .setServerConfig("fsync", "on")
                    .setServerConfig("full_page_writes", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .start();
        }

        @Override
        void configure(Properties properties) {
            super.configure(properties);
            properties.put("ray.ledger.url", "jdbc:postgresql://localhost:" + port + "/postgres");
            properties.put("ray.ledger.username", "postgres");
        }

        @AfterEach
        void stopServer() throws Exception {
            context().stop();
            server.close();
        }

        @Override
        void takeLedgerAway() throws IOException {
            server.close();
        }

        @Override
        void bringLedgerBack() throws IOException {
            server = server(port);
        }

        @Test
        void posts_nothing_meanwhile_and_loses_no_reply() throws IOException {
            survives();
        }
    }

    /** A small file system of its own, which only root can mount; elsewhere this is passed over. */
    @Nested
    class A_disk_that_is_full extends Outage {

        private Path disk;

        @Override
        protected CamelContext createCamelContext() throws Exception {
            disk = Files.createDirectories(home.resolve("disk"));
            assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", disk.toString()) == 0, "cannot mount");
            return super.createCamelContext();
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
            super.configure(properties);
            properties.put("ray.ledger.url", "jdbc:h2:file:" + disk.resolve("ledger"));
        }

        @AfterEach
        void unmount() throws Exception {
            context().stop();
            run("umount", disk.toString());
        }

        @Override
        void takeLedgerAway() throws IOException {
            byte[] filler = new byte[4096];
            try (OutputStream out = Files.newOutputStream(disk.resolve("filler"))) {
                while (true) {
                    out.write(filler);
                }
            } catch (IOException e) {
                assertThat(e).hasMessageContaining("No space left");
            }
        }

        @Override
        void bringLedgerBack() throws IOException {
            Files.delete(disk.resolve("filler"));
        }

        @Test
        void posts_nothing_meanwhile_and_loses_no_reply() throws IOException {
            survives();
        }
    }
}

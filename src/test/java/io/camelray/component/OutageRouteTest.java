package io.camelray.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.camelray.ledger.PostgresServer;
import io.camelray.model.RenderState;
import io.camelray.sandbox.FailurePlan;
import io.camelray.sandbox.SandboxLedger;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;

/** The ledger goes away while a reply is on the wire, and comes back. */
class OutageRouteTest {

    /** Three renders, posted one after the other, the first of which is answered when the ledger is gone. */
    abstract static class Outage extends RayRouteTest {

        static final Duration AND_BACK = Duration.ofMinutes(2);

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

        /** Whatever the program warns of. */
        private final ListAppender<ILoggingEvent> said = new ListAppender<>();

        private final Logger ours = (Logger) LoggerFactory.getLogger("io.camelray");
        private Level level;

        @BeforeEach
        void listen() {
            said.start();
            level = ours.getLevel();
            ours.setLevel(Level.WARN);
            ours.addAppender(said);
        }

        @AfterEach
        void stopListening() {
            ours.detachAppender(said);
            ours.setLevel(level);
        }

        private List<String> saidOnce() {
            return List.copyOf(said.list).stream()
                    .map(ILoggingEvent::getFormattedMessage)
                    .toList();
        }

        private String receipts() {
            try {
                return Files.readString(home.resolve("ledger/receipts.log"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Whether so many posts are no more than the ledger could still bind. */
        boolean isIntended(long posts) throws IOException {
            return posts == 1;
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
                    .until(() -> isIntended(sandbox().ledger().posts()));
            bringLedgerBack();

            await().atMost(AND_BACK)
                    .ignoreExceptions()
                    .until(() -> ledger().campaign("clips").orElseThrow().count(RenderState.DELIVERED) == 3);
            await("one word at the begin and one at the return")
                    .atMost(LONG_ENOUGH)
                    .untilAsserted(() -> assertThat(saidOnce())
                            .satisfiesExactly(
                                    begin -> assertThat(begin)
                                            .contains("The ledger ", "Nothing is submitted", "receipts.log"),
                                    end -> assertThat(end).contains("The ledger is back after")));
            assertThat(sandbox().ledger().posts()).isEqualTo(3);
            assertThat(sandbox().ledger().generations()).hasSize(3);
            assertThat(renders("clips")).allSatisfy(render -> assertThat(render.attempts())
                    .filteredOn(attempt -> attempt.job().isPresent())
                    .hasSize(1));
        }
    }

    @Nested
    class A_database_server_that_dies extends Outage {

        private static final int MANY = 24;

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

        /** SIGKILL to the server and to each of its sessions. */
        @Override
        void takeLedgerAway() throws IOException {
            long pid = Long.parseLong(Files.readAllLines(home.resolve("postgres/postmaster.pid"))
                    .get(0)
                    .strip());
            ProcessHandle main = ProcessHandle.of(pid).orElseThrow();
            List<ProcessHandle> sessions = main.children().toList();
            main.destroyForcibly();
            sessions.forEach(ProcessHandle::destroyForcibly);
            main.onExit().join();
            sessions.forEach(session -> session.onExit().join());
            server.close();
        }

        @Override
        void bringLedgerBack() throws IOException {
            server = server(port);
        }

        @Test
        void posts_nothing_meanwhile_and_loses_no_reply_and_when_it_dies_in_the_middle_of_a_run_nothing_is_paid_twice()
                throws IOException {
            survives();
            drop(
                    "many.yaml",
                    oneClip("many")
                            .replace(
                                    "\"1:1\"",
                                    "\"1:1\"\nmatrix: {take: ["
                                            + IntStream.range(0, MANY)
                                                    .mapToObj(String::valueOf)
                                                    .collect(Collectors.joining(", "))
                                            + "]}")
                            .replace("mug", "mug, take {{take}}"));
            for (int deaths = 0; deaths < 2; deaths++) {
                int posts = 3 + MANY / 3 * (deaths + 1);
                await().atMost(LONG_ENOUGH).until(() -> sandbox().ledger().posts() >= posts);
                takeLedgerAway();
                bringLedgerBack();
            }
            await().atMost(AND_BACK)
                    .ignoreExceptions()
                    .until(() -> ledger().campaign("many").orElseThrow().count(RenderState.DELIVERED) == MANY);
            assertThat(sandbox().ledger().generations())
                    .extracting(SandboxLedger.Generation::id)
                    .as("every paid generation is known, and none is there twice")
                    .containsExactlyInAnyOrderElementsOf(Stream.of("clips", "many")
                            .flatMap(campaign -> renders(campaign).stream())
                            .map(render -> render.job().orElseThrow().value())
                            .toList());
        }
    }

    @Nested
    @ExtendWith(PostgresServer.class)
    class A_database_that_may_only_be_read extends Outage {

        private final PostgresServer.Database database;

        A_database_that_may_only_be_read(PostgresServer.Database database) {
            this.database = database;
        }

        @Override
        void configure(Properties properties) {
            super.configure(properties);
            properties.put("ray.ledger.url", database.url());
            properties.put("ray.ledger.username", "postgres");
        }

        @Override
        void takeLedgerAway() {
            database.asSuperuser().useHandle(handle -> {
                String name = handle.select("SELECT current_database()")
                        .mapTo(String.class)
                        .one();
                handle.execute("ALTER DATABASE " + name + " SET default_transaction_read_only = on");
                handle.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                        + " WHERE datname = current_database() AND pid <> pg_backend_pid()");
            });
        }

        /** The sessions that were made meanwhile stay. */
        @Override
        void bringLedgerBack() {
            database.asSuperuser().useHandle(handle -> {
                handle.execute("SET default_transaction_read_only = off");
                handle.execute("ALTER DATABASE "
                        + handle.select("SELECT current_database()")
                                .mapTo(String.class)
                                .one() + " RESET default_transaction_read_only");
            });
        }

        @Test
        void posts_nothing_meanwhile_and_loses_no_reply() throws IOException {
            survives();
        }
    }

    /** A small file system of its own, which only root can mount; elsewhere this is passed over. */
    @Nested
    class A_disk_that_is_full extends Outage {

        private static final int COPIES = 3;

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

        /** H2 opens its file again, and may find some room there: then each post has its attempt in the file. */
        @Override
        boolean isIntended(long posts) throws IOException {
            long attempts = 0;
            for (int tries = 0; tries < COPIES && attempts < posts; tries++) {
                attempts = attemptsOnDisk();
            }
            return attempts >= posts;
        }

        private long attemptsOnDisk() throws IOException {
            Files.copy(disk.resolve("ledger.mv.db"), home.resolve("copy.mv.db"), StandardCopyOption.REPLACE_EXISTING);
            try (Connection copy = DriverManager.getConnection("jdbc:h2:file:" + home.resolve("copy"), "sa", "");
                    Statement statement = copy.createStatement();
                    ResultSet count = statement.executeQuery("SELECT COUNT(*) FROM ray_attempt")) {
                return count.next() ? count.getLong(1) : 0;
            } catch (SQLException copiedWhileItWasWritten) {
                return 0;
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

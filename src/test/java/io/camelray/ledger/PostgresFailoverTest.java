package io.camelray.ledger;

import static io.camelray.ledger.LedgerFixture.ACCOUNT;
import static io.camelray.ledger.LedgerFixture.WITHIN_LIMITS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.camelray.ledger.SubmissionLedger.BindResult;
import io.camelray.ledger.SubmissionLedger.Permit;
import io.camelray.ledger.SubmissionLedger.PermitRule;
import io.camelray.model.Money;
import io.camelray.model.RenderId;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A copy of the server that lags behind is promoted when the server dies: real servers, real timelines. */
class PostgresFailoverTest {
    private static final Money CAP = Money.dollars("1000");
    private static final PermitRule UNLESS_PAUSED = use -> use.pausedFor().isPresent()
            ? new Permit.Wait(use.now(), use.pausedFor().get())
            : WITHIN_LIMITS.decide(use);

    @TempDir
    Path folder;

    private static EmbeddedPostgres server(Path data, int port) throws IOException {
        return EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setPort(port)
                .setServerConfig("fsync", "on")
                .setServerConfig("full_page_writes", "on")
                .start();
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> tree = Files.walk(from)) {
            for (Path file : tree.toList()) {
                if (!file.getFileName().toString().matches("postmaster\\.(pid|opts)|epg-lock")) {
                    Files.copy(file, to.resolve(from.relativize(file).toString()), StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
    }

    private static HikariDataSource open(int port) {
        return LedgerStore.open("jdbc:postgresql://localhost:" + port + "/postgres", "postgres", "");
    }

    @Test
    void nothing_is_bound_on_a_replica_that_took_over_until_a_person_has_looked() throws Exception {
        Path primary = folder.resolve("primary");
        Path replica = folder.resolve("replica");
        EmbeddedPostgres first = server(primary, 0);
        int port = first.getPort();
        List<RenderId> ids;
        try (HikariDataSource store = open(port)) {
            LedgerFixture fixture = new LedgerFixture(store, CAP);
            fixture.ledger.join("node");
            ids = fixture.planned("spring", "100", 3);
            fixture.rendering(ids.get(0));
            fixture.ledger.leave();
            fixture.ledger.close();
        }
        first.close();
        copy(primary, replica);

        EmbeddedPostgres again = server(primary, port);
        try (HikariDataSource store = open(port)) {
            LedgerFixture living = new LedgerFixture(store, CAP);
            living.ledger.join("node");
            assertThat(living.tryBind(ids.get(1), UNLESS_PAUSED))
                    .as("a server that was only started again is trusted")
                    .isInstanceOf(BindResult.Bound.class);
            again.close();

            Files.createFile(replica.resolve("standby.signal"));
            try (EmbeddedPostgres promoted = server(replica, port)) {
                Jdbi.create(promoted.getPostgresDatabase()).useHandle(handle -> handle.select("SELECT pg_promote()")
                        .mapTo(Boolean.class)
                        .one());
                // What the replica never heard of would be paid for again.
                await().atMost(Duration.ofMinutes(1))
                        .ignoreException(LedgerUnavailableException.class)
                        .until(() -> living.state(ids.get(1)).label().equals("planned"));
                // Nor did it hear of this life of the node, which is entered again.
                living.ledger.beat();
                assertThat(living.tryBind(ids.get(1), UNLESS_PAUSED))
                        .isInstanceOfSatisfying(BindResult.NoRoom.class, full -> assertThat(
                                        full.permit().reason())
                                .contains("another line of its history", "compare with the provider"));
                living.ledger.resumeAccount(ACCOUNT);
                assertThat(living.tryBind(ids.get(2), UNLESS_PAUSED)).isInstanceOf(BindResult.Bound.class);
                living.ledger.close();
            }
        }
    }
}

package io.camelray.ledger;

import static io.camelray.ledger.LedgerFixture.ACCOUNT;
import static io.camelray.ledger.LedgerFixture.ALWAYS;
import static io.camelray.ledger.LedgerFixture.intent;
import static io.camelray.ledger.LedgerFixture.job;
import static io.camelray.ledger.LedgerFixture.revision;
import static io.camelray.ledger.LedgerFixture.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.camelray.ledger.SubmissionLedger.BindResult;
import io.camelray.model.AttemptToken;
import io.camelray.model.Money;
import io.camelray.model.RenderId;
import io.camelray.model.RenderState;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the ledger asks of a PostgreSQL server, and how it bears with one. */
@ExtendWith(PostgresServer.class)
class PostgresStoreTest {
    private static final DailyBudget DAILY = new DailyBudget(Money.dollars("1000"), ZoneOffset.UTC);

    private final PostgresServer.Database database;

    PostgresStoreTest(PostgresServer.Database database) {
        this.database = database;
    }

    private LedgerFixture fixture() {
        return new LedgerFixture(database.emptyStore(), Money.dollars("1000"));
    }

    private String setting(String name) {
        return Jdbi.create(database.emptyStore()).withHandle(handle -> setting(handle, name));
    }

    private static String setting(Handle handle, String name) {
        return handle.createQuery("SELECT current_setting(?)")
                .bind(0, name)
                .mapTo(String.class)
                .one();
    }

    private void server(String... statements) {
        database.asSuperuser().useHandle(handle -> {
            for (String statement : statements) {
                handle.execute(statement);
            }
        });
    }

    @Test
    void testsRunOnAServerThatKeepsWhatItAcknowledges() {
        assertThat(setting("fsync")).isEqualTo("on");
        assertThat(setting("full_page_writes")).isEqualTo("on");
        assertThat(setting("synchronous_commit")).isEqualTo("on");
    }

    @Test
    void theIntentAndTheIdWaitForTheDiskWhateverTheServersDefaultIs() {
        Jdbi jdbi = Jdbi.create(database.emptyStore());
        PostgresDialect dialect = new PostgresDialect();
        for (String lax : List.of("off", "local", "remote_write", "on")) {
            jdbi.useTransaction(handle -> {
                handle.execute("SET LOCAL synchronous_commit = '" + lax + "'");
                dialect.beginOnDisk(handle);
                assertThat(setting(handle, "synchronous_commit")).as(lax).isEqualTo("on");
            });
        }
        jdbi.useTransaction(handle -> {
            handle.execute("SET LOCAL synchronous_commit = 'remote_apply'");
            dialect.beginOnDisk(handle);
            assertThat(setting(handle, "synchronous_commit")).isEqualTo("remote_apply");
        });
    }

    @Test
    void aServerThatMayForgetIsRefusedByItsSettings() throws Exception {
        try (EmbeddedPostgres forgetful = EmbeddedPostgres.builder()
                .setServerConfig("fsync", "off")
                .setServerConfig("full_page_writes", "off")
                .start()) {
            assertThatThrownBy(() -> new JdbcLedger(forgetful.getPostgresDatabase(), DAILY))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("fsync and full_page_writes off")
                    .hasMessageContaining("postgresql.conf");
        }
    }

    @Test
    void timeIsTheDatabasesAndIsReadAfterTheWaitForALock() throws Exception {
        LedgerFixture fixture = fixture();
        Ledger ledger = new JdbcLedger(fixture.dataSource, DAILY);
        RenderId id = fixture.planned("spring", "100", 1).get(0);
        CountDownLatch locked = new CountDownLatch(1);
        CountDownLatch waited = new CountDownLatch(1);
        ExecutorService other = Executors.newFixedThreadPool(2);
        try {
            Future<Instant> released = other.submit(() -> database.asSuperuser().inTransaction(handle -> {
                new AccountTable().lock(handle, ACCOUNT);
                locked.countDown();
                waited.await();
                return new PostgresDialect().now(handle);
            }));
            locked.await();
            Future<BindResult> bound = other.submit(() -> ledger.bind(intent(id, token()), ALWAYS));
            await().until(() -> database.asSuperuser().withHandle(handle -> handle.createQuery(
                            "SELECT COUNT(*) > 0 FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
                    .mapTo(Boolean.class)
                    .one()));
            waited.countDown();
            Instant release = released.get();
            assertThat(bound.get()).isInstanceOfSatisfying(BindResult.Bound.class, attempt -> assertThat(
                            attempt.deadline().minus(LedgerFixture.LIMIT))
                    .isBetween(release, release.plus(Duration.ofMinutes(1))));
        } finally {
            waited.countDown();
            other.shutdownNow();
        }
    }

    @Test
    @Timeout(60)
    void aConnectionThatIsCutIsSaidAndTheNextOneWorks() {
        LedgerFixture fixture = fixture();
        RenderId id = fixture.planned("spring", "100", 1).get(0);
        AttemptToken token = fixture.bound(id);
        assertThatThrownBy(() -> new LedgerDatabase(fixture.dataSource, Optional.empty()).change(tx -> {
                    cutAll();
                    return tx.now();
                }))
                .isInstanceOf(LedgerUnavailableException.class)
                .hasMessageStartingWith("The ledger failed: ");
        await("the pool finds out which of its connections are cut")
                .atMost(Duration.ofMinutes(1))
                .ignoreException(LedgerUnavailableException.class)
                .until(() -> fixture.ledger.recordAccepted(token, job(id)) != null);
        assertThat(fixture.state(id)).isEqualTo(RenderState.RENDERING);
    }

    private void cutAll() {
        database.asSuperuser().useHandle(handle -> handle.createQuery(
                        """
                                SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                                 WHERE datname = current_database() AND pid <> pg_backend_pid()""")
                .mapTo(Boolean.class)
                .list());
    }

    @Test
    void transactionsThatGetInEachOthersWayAreTriedAgain() throws Exception {
        LedgerFixture fixture = fixture();
        fixture.planned("spring", "100", 1);
        fixture.planned("autumn", "100", 1);
        LedgerDatabase ledger = new LedgerDatabase(fixture.dataSource, Optional.empty());
        CountDownLatch bothHoldOne = new CountDownLatch(2);
        ExecutorService two = Executors.newFixedThreadPool(2);
        try {
            List<Future<Integer>> both = List.of(
                    two.submit(() -> holdBoth(ledger, bothHoldOne, "spring", "autumn")),
                    two.submit(() -> holdBoth(ledger, bothHoldOne, "autumn", "spring")));
            int tries = both.get(0).get() + both.get(1).get();
            assertThat(tries)
                    .as("one was the victim of the other, and went again")
                    .isGreaterThan(2);
        } finally {
            two.shutdownNow();
        }
        assertThat(List.of(
                        fixture.status("spring").changes(),
                        fixture.status("autumn").changes()))
                .as("each change was made once by each")
                .containsExactly(3L, 3L);
    }

    private static int holdBoth(LedgerDatabase ledger, CountDownLatch bothHoldOne, String first, String second) {
        CampaignTable campaigns = new CampaignTable();
        int[] tries = new int[1];
        ledger.change(tx -> {
            tries[0]++;
            campaigns.touch(
                    tx.handle(),
                    campaigns.find(tx.handle(), first).orElseThrow().id());
            bothHoldOne.countDown();
            try {
                bothHoldOne.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            campaigns.touch(
                    tx.handle(),
                    campaigns.find(tx.handle(), second).orElseThrow().id());
            return null;
        });
        return tries[0];
    }

    @Test
    void aBackupIsTheServersAffairAndTheProgramSaysHow() {
        assertThatThrownBy(() -> fixture().ledger.writeCopy(Path.of("backup.zip")))
                .isInstanceOf(OperatorException.class)
                .hasMessageContaining("pg_dump");
        assertThat(LedgerStore.file(database.url())).isEmpty();
    }

    @Test
    void aServerThatCannotBeReachedIsNamedWithoutThePassword() {
        assertThatThrownBy(() -> LedgerStore.open(
                        "jdbc:postgresql://ray:hunter2@localhost:1/ledger?password=hunter3&connectTimeout=2",
                        "ray",
                        "x"))
                .isInstanceOf(LedgerUnavailableException.class)
                .hasMessageContaining("jdbc:postgresql://localhost:1/ledger")
                .hasMessageContaining("ray.ledger.username")
                .hasMessageNotContaining("hunter");
    }

    @Test
    void dueWorkIsReadInTheOrderOfItsIndexAndNothingElseIsLookedAt() {
        LedgerFixture fixture = fixture();
        fixture.plan(revision("spring", "100000"), LedgerFixture.renders(3000));
        server("ANALYZE");
        String plan = Jdbi.create(fixture.dataSource)
                .withHandle(handle -> String.join(
                        "\n",
                        handle.createQuery("EXPLAIN " + RenderTable.DUE)
                                .bind(
                                        "revision",
                                        handle.createQuery("SELECT current_revision FROM ray_campaign")
                                                .mapTo(Long.class)
                                                .one())
                                .bind("account", ACCOUNT)
                                .bind("now", Long.MAX_VALUE)
                                .bind("limit", 5)
                                .mapTo(String.class)
                                .list()));
        assertThat(plan).contains("ray_render_due").doesNotContain("Sort").doesNotContain("Seq Scan on ray_render");
    }

    @Test
    void slotsAndPostsInFlightAreCountedFromIndexesThatLeaveOutWhatHasEnded() {
        LedgerFixture fixture = fixture();
        fixture.plan(revision("spring", "100000"), LedgerFixture.renders(3000));
        server("UPDATE ray_render SET state = 'delivered'", "ANALYZE");
        String plan = Jdbi.create(fixture.dataSource)
                .withHandle(handle -> String.join(
                        "\n",
                        handle.createQuery(
                                        """
                                EXPLAIN SELECT COUNT(*) FROM ray_render
                                 WHERE state IN ('submitting', 'rendering') AND account = ?""")
                                .bind(0, ACCOUNT)
                                .mapTo(String.class)
                                .list()));
        assertThat(plan).contains("ray_render_state").doesNotContain("Seq Scan");
    }
}

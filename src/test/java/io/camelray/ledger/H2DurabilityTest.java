package io.camelray.ledger;

import static io.camelray.ledger.LedgerFixture.ALWAYS;
import static io.camelray.ledger.LedgerFixture.intent;
import static io.camelray.ledger.LedgerFixture.job;
import static io.camelray.ledger.LedgerFixture.render;
import static io.camelray.ledger.LedgerFixture.revision;
import static io.camelray.ledger.LedgerFixture.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.camelray.ledger.PlanningLedger.PlannedRender;
import io.camelray.ledger.PlanningLedger.RevisionDraft;
import io.camelray.ledger.SubmissionLedger.BindResult;
import io.camelray.ledger.SubmissionLedger.DueRender;
import io.camelray.model.AttemptToken;
import io.camelray.model.Money;
import io.camelray.model.RenderId;
import io.camelray.model.RenderState;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What an H2 file keeps, and what opening one insists on. */
class H2DurabilityTest {
    private static final int KILLS = 3;
    private static final int KILL_AFTER = 60;

    @TempDir
    Path folder;

    private String url() {
        return "jdbc:h2:file:" + folder.resolve("ledger");
    }

    private HikariDataSource open() {
        return LedgerStore.open(url(), "sa", "");
    }

    private static LedgerFixture ledger(HikariDataSource store) {
        return new LedgerFixture(store, Money.dollars("100000"));
    }

    /** The program that is killed: several threads bind and record, and say so only when the ledger has returned. */
    static final class Victim {
        private static final int THREADS = 6;

        private Victim() {}

        public static void main(String[] args) {
            HikariDataSource store = LedgerStore.open(args[0], "sa", "");
            LedgerFixture fixture = ledger(store);
            Queue<RenderId> renders = new ConcurrentLinkedQueue<>(fixture.ids("spring"));
            for (int i = 0; i < THREADS; i++) {
                new Thread(() -> {
                            for (RenderId id = renders.poll(); id != null; id = renders.poll()) {
                                submit(fixture, id);
                            }
                        })
                        .start();
            }
        }

        private static void submit(LedgerFixture fixture, RenderId id) {
            AttemptToken token = token();
            if (fixture.ledger.bind(intent(id, token), ALWAYS) instanceof BindResult.Bound) {
                say("bound " + id + " " + token);
                if (id.value() % 3 != 0) {
                    fixture.ledger.recordAccepted(token, job(id));
                    say("accepted " + id + " " + token);
                }
            }
        }

        private static synchronized void say(String line) {
            System.out.println(line);
            System.out.flush();
        }
    }

    @Test
    @Timeout(120)
    void whatWasAcknowledgedSurvivesKillsAndTheBooksStayWhole() throws Exception {
        try (HikariDataSource store = open()) {
            List<PlannedRender> renders = LedgerFixture.renders(5_000);
            ledger(store).plan(revision("spring", "100000"), renders);
        }
        List<String> acknowledged = new ArrayList<>();
        for (int kill = 0; kill < KILLS; kill++) {
            acknowledged.addAll(acknowledgedUntilKilled());
            try (HikariDataSource store = open()) {
                LedgerFixture fixture = ledger(store);
                for (String line : acknowledged) {
                    isRemembered(fixture, line);
                }
                assertThat(reserved(store, "SELECT SUM(reserved) FROM ray_campaign"))
                        .as("what the campaign says is reserved, against its attempts")
                        .isEqualTo(reserved(store, "SELECT SUM(reserve) FROM ray_attempt WHERE stake = 'reserved'"));
            }
        }
        try (HikariDataSource store = open()) {
            assertThat(ledger(store).ledger.abandonSubmissions("killed")).isPositive();
        }
    }

    private List<String> javaWith(Class<?> program) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                program.getName(),
                url());
    }

    private List<String> acknowledgedUntilKilled() throws Exception {
        Process victim = new ProcessBuilder(javaWith(Victim.class))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        List<String> acknowledged = new ArrayList<>();
        try (BufferedReader out = victim.inputReader()) {
            String line = out.readLine();
            while (line != null) {
                if (line.startsWith("bound ") || line.startsWith("accepted ")) {
                    acknowledged.add(line);
                }
                if (acknowledged.size() == KILL_AFTER) {
                    victim.destroyForcibly();
                }
                line = out.readLine();
            }
        } catch (IOException streamBroke) {
            assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(KILL_AFTER);
        }
        assertThat(victim.waitFor()).as("killed, not finished").isNotZero();
        assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(KILL_AFTER);
        return acknowledged;
    }

    private static void isRemembered(LedgerFixture fixture, String line) {
        String[] said = line.split(" ");
        AttemptToken token = AttemptToken.parse(said[2]);
        RenderId id = RenderId.parse(said[1]);
        assertThat(fixture.ledger.isBound(LedgerFixture.ACCOUNT, token))
                .as(line)
                .isTrue();
        if (said[0].equals("accepted")) {
            assertThat(fixture.state(id)).as(line).isEqualTo(RenderState.RENDERING);
            assertThat(fixture.record(id).job()).as(line).contains(job(id));
        } else {
            assertThat(fixture.state(id)).as(line).isIn(RenderState.SUBMITTING, RenderState.RENDERING);
        }
    }

    private static long reserved(HikariDataSource store, String query) {
        return Jdbi.create(store)
                .withHandle(
                        handle -> handle.createQuery(query).mapTo(Long.class).one());
    }

    /** H2 stores one table after the other: two transactions at once could be torn by a kill. */
    @Test
    void noTransactionWritesWhileAnotherOneDoes() throws Exception {
        int threads = 8;
        ExecutorService writers = Executors.newFixedThreadPool(threads);
        try (HikariDataSource store = open()) {
            LedgerDatabase database = new LedgerDatabase(store, Optional.empty());
            AtomicInteger writing = new AtomicInteger();
            AtomicInteger most = new AtomicInteger();
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < threads * 20; i++) {
                all.add(writers.submit(() -> database.change(tx -> {
                    most.accumulateAndGet(writing.incrementAndGet(), Math::max);
                    database.now(tx.handle());
                    tx.handle().execute("UPDATE ray_campaign SET changes = changes");
                    writing.decrementAndGet();
                    return null;
                })));
            }
            for (Future<?> one : all) {
                one.get(60, TimeUnit.SECONDS);
            }
            assertThat(most).hasValue(1);
            database.close();
        } finally {
            writers.shutdownNow();
        }
    }

    /** The program that comes while another one holds the file. */
    static final class Successor {

        private Successor() {}

        public static void main(String[] args) throws InterruptedException {
            try {
                LedgerStore.open(args[0], "sa", "").close();
            } catch (LedgerHeldException held) {
                System.out.println(held.getMessage());
            }
            LedgerStore.await(args[0], "sa", "", Duration.ofSeconds(60)).close();
            System.out.println("opened");
        }
    }

    @Test
    @Timeout(120)
    void aFileThatAnotherProgramHoldsIsRefusedByNameAndHadWhenThatLetsGo() throws Exception {
        Process second;
        BufferedReader said;
        try (HikariDataSource store = open()) {
            ledger(store);
            second = new ProcessBuilder(javaWith(Successor.class))
                    .redirectErrorStream(true)
                    .start();
            said = second.inputReader();
            assertThat(said.readLine())
                    .startsWith("Another program holds the ledger")
                    .contains(folder.resolve("ledger").toString());
        }
        assertThat(said.readLine()).isEqualTo("opened");
        assertThat(second.waitFor()).isZero();
    }

    /** As H2 opens a file that the program may not write. */
    @Test
    void aFileThatMayOnlyBeReadTakesNoIntentAndSaysWhy() {
        RenderId id;
        try (HikariDataSource store = open()) {
            id = ledger(store).planned("spring", "100", 1).get(0);
        }
        try (HikariDataSource store = LedgerStore.open(url() + ";ACCESS_MODE_DATA=r", "sa", "");
                Ledger ledger = new JdbcLedger(store, new DailyBudget(Money.dollars("100"), LedgerFixture.ZONE))) {
            AttemptToken token = token();
            assertThatThrownBy(() -> ledger.bind(intent(id, token), ALWAYS))
                    .isInstanceOf(LedgerUnavailableException.class)
                    .hasMessageContaining("read only");
            assertThat(ledger.isBound(LedgerFixture.ACCOUNT, token)).isFalse();
        }
        try (HikariDataSource store = open()) {
            assertThat(ledger(store).state(id)).isEqualTo(RenderState.PLANNED);
        }
    }

    @Test
    void aFolderThatCannotBeWrittenIsNamed() throws Exception {
        Path file = Files.writeString(folder.resolve("not-a-folder"), "");
        assertThatThrownBy(() -> LedgerStore.open("jdbc:h2:file:" + file.resolve("ledger"), "sa", ""))
                .isInstanceOf(LedgerUnavailableException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("writable");
    }

    @Test
    void aUrlCannotSwitchDurabilityOff() throws Exception {
        try (HikariDataSource store =
                        LedgerStore.open(url() + ";write_delay=500;AUTO_SERVER=TRUE;MAX_MEMORY_ROWS=1000", "sa", "");
                Connection connection = store.getConnection();
                Statement statement = connection.createStatement();
                var settings = statement.executeQuery(
                        "SELECT setting_value FROM information_schema.settings WHERE setting_name = 'WRITE_DELAY'")) {
            assertThat(store.getJdbcUrl())
                    .doesNotContainIgnoringCase("AUTO_SERVER")
                    .contains("MAX_MEMORY_ROWS=1000");
            assertThat(settings.next()).isTrue();
            assertThat(settings.getString(1)).isEqualTo("0");
        }
    }

    @Test
    void memoryLedgersArePrivate() {
        try (HikariDataSource one = LedgerStore.open("jdbc:h2:mem:", "sa", "");
                HikariDataSource two = LedgerStore.open("jdbc:h2:mem:", "sa", "")) {
            ledger(one).planned("spring", "100", 2);
            assertThat(ledger(two).ledger.campaigns()).isEmpty();
            assertThat(ledger(one).ledger.campaigns()).hasSize(1);
        }
    }

    @Test
    void anInterruptInTheMiddleOfAWriteHurtsNobody() throws Exception {
        try (HikariDataSource store = open()) {
            LedgerFixture fixture = ledger(store);
            List<RenderId> ids = fixture.planned("spring", "10000", 300);
            ExecutorService pool = Executors.newFixedThreadPool(2);
            try {
                Thread[] writer = new Thread[1];
                var started = new java.util.concurrent.CountDownLatch(1);
                var done = pool.submit(() -> {
                    writer[0] = Thread.currentThread();
                    started.countDown();
                    ids.forEach(fixture::rendering);
                });
                started.await();
                while (!done.isDone()) {
                    writer[0].interrupt();
                    Thread.onSpinWait();
                }
                done.get(1, TimeUnit.SECONDS);
            } finally {
                pool.shutdownNow();
            }
            assertThat(fixture.status("spring").count(RenderState.RENDERING)).isEqualTo(300);
        }
    }

    @Test
    void aHundredThousandRendersArePlannedAndFoundQuickly() {
        try (HikariDataSource store = open()) {
            LedgerFixture fixture = ledger(store);
            int count = 100_000;
            long start = System.nanoTime();
            try (RevisionDraft draft = fixture.ledger.draft(revision("spring", "1000000"))) {
                for (int from = 0; from < count; from += 1000) {
                    List<PlannedRender> some = new ArrayList<>();
                    for (int i = from; i < from + 1000; i++) {
                        some.add(render(i));
                    }
                    draft.add(some);
                }
                report("planned renders a second", count / seconds(start));
                start = System.nanoTime();
                assertThat(draft.accept().added()).isEqualTo(count);
            }
            report("milliseconds to accept", 1000 * seconds(start));
            start = System.nanoTime();
            List<DueRender> due = fixture.ledger.due(LedgerFixture.ACCOUNT, 10);
            report("milliseconds for due()", 1000 * seconds(start));
            assertThat(due)
                    .extracting(DueRender::label)
                    .startsWith("mug-0", "mug-1")
                    .hasSize(10);
            start = System.nanoTime();
            for (DueRender render : fixture.ledger.due(LedgerFixture.ACCOUNT, 200)) {
                fixture.rendering(render.id());
            }
            report("milliseconds to bind and accept one", 1000 * seconds(start) / 200);
            start = System.nanoTime();
            assertThat(fixture.ledger.workLeft().due()).isEqualTo(count - 200);
            report("milliseconds for workLeft()", 1000 * seconds(start));
            fixture.pass(Duration.ofMinutes(2));
            start = System.nanoTime();
            assertThat(fixture.ledger.use(LedgerFixture.ACCOUNT).active()).isEqualTo(200);
            report("milliseconds for use()", 1000 * seconds(start));
        }
    }

    @Test
    void dueWorkIsReadInTheOrderOfItsIndex() {
        try (HikariDataSource store = open()) {
            LedgerFixture fixture = ledger(store);
            fixture.planned("spring", "100000", 3000);
            String plan = Jdbi.create(store).withHandle(handle -> handle.createQuery(
                            """
                                    EXPLAIN SELECT id FROM ray_render r
                                     WHERE r.revision_id = 1 AND r.state = 'planned' AND r.account = 'studio'
                                       AND r.pending_parents = 0 AND r.due_at <= 0
                                     ORDER BY r.revision_id, r.state, r.account, r.pending_parents, r.ordinal,
                                              r.due_at
                                     FETCH FIRST 5 ROWS ONLY""")
                    .mapTo(String.class)
                    .one());
            assertThat(plan).containsIgnoringCase("RAY_RENDER_DUE").containsIgnoringCase("index sorted");
        }
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }

    private static void report(String what, double figure) {
        System.out.printf("ledger on an H2 file: %.1f %s%n", figure, what);
    }
}

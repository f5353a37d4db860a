package io.camelray.ledger;

import static io.camelray.ledger.LedgerFixture.ALWAYS;
import static io.camelray.ledger.LedgerFixture.intent;
import static io.camelray.ledger.LedgerFixture.revision;
import static io.camelray.ledger.LedgerFixture.token;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.camelray.ledger.SubmissionLedger.BindResult;
import io.camelray.model.AttemptToken;
import io.camelray.model.Money;
import io.camelray.model.RenderId;
import io.camelray.model.RenderState;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A file that is only appended to grows with every change; it is written anew, at a start and while everybody works. */
class H2FileSizeTest {

    private static final long LARGE = 18 * 1024 * 1024;
    private static final long SMALL = 2 * 1024 * 1024;
    private static final int KILLS = 4;
    private static final int RENDERS = 500;

    @TempDir
    Path folder;

    private HikariDataSource open() {
        return LedgerStore.open(url(folder), "sa", "");
    }

    private static String url(Path folder) {
        return "jdbc:h2:file:" + folder.resolve("ledger");
    }

    private static Path file(Path folder) {
        return LedgerStore.file(url(folder)).orElseThrow();
    }

    private static LedgerFixture ledger(HikariDataSource store) {
        return new LedgerFixture(store, Money.dollars("100000"));
    }

    /** Writes what nobody needs any more a moment later. */
    private static void grow(HikariDataSource store, Path file) {
        Jdbi jdbi = Jdbi.create(store);
        jdbi.useHandle(handle -> handle.execute("CREATE TABLE IF NOT EXISTS filler (text CHARACTER VARYING)"));
        while (file.toFile().length() < LARGE) {
            jdbi.useHandle(handle -> {
                handle.execute("DELETE FROM filler");
                handle.execute("INSERT INTO filler SELECT RANDOM_UUID() FROM SYSTEM_RANGE(1, 20000)");
            });
        }
        jdbi.useHandle(handle -> handle.execute("DROP TABLE filler"));
    }

    @Test
    void aFileThatIsMostlyOfNoUseIsWrittenAnewWhenItIsOpened() {
        try (HikariDataSource store = open()) {
            ledger(store).plan(revision("spring", "100"), LedgerFixture.renders(3));
            grow(store, file(folder));
        }

        try (HikariDataSource store = open()) {
            assertThat(file(folder).toFile().length()).isLessThan(SMALL);
            assertThat(ledger(store).ids("spring")).hasSize(3);
        }
    }

    @Test
    void itIsWrittenAnewWhileTheProgramRuns() {
        try (HikariDataSource store = open()) {
            LedgerFixture fixture = ledger(store);
            fixture.plan(revision("spring", "100"), LedgerFixture.renders(3));
            fixture.ledger.shrink();
            assertThat(fixture.ids("spring")).as("too small to be worth it").hasSize(3);
            grow(store, file(folder));

            fixture.ledger.shrink();

            assertThat(file(folder).toFile().length()).isLessThan(SMALL);
            assertThat(fixture.ids("spring")).hasSize(3);
            fixture.rendering(fixture.ids("spring").get(0));
            assertThat(fixture.status("spring").count(RenderState.RENDERING)).isOne();
        }
    }

    @Test
    @Timeout(60)
    void whoReadsIsWaitedForAndNotForEver() throws Exception {
        try (HikariDataSource store = open()) {
            LedgerFixture fixture = ledger(store);
            fixture.plan(revision("spring", "100"), LedgerFixture.renders(3));
            grow(store, file(folder));
            try (Connection reader = store.getConnection()) {
                CompletableFuture<Void> shrunk = CompletableFuture.runAsync(fixture.ledger::shrink);
                shrunk.get(30, TimeUnit.SECONDS);
                assertThat(file(folder).toFile().length()).isGreaterThan(SMALL);
                assertThat(reader.isValid(1)).isTrue();
            }
            assertThat(fixture.ids("spring")).hasSize(3);

            fixture.ledger.shrink();
            assertThat(file(folder).toFile().length()).isLessThan(SMALL);
        }
    }

    /** The program that is killed: it submits and says so, while its file is written anew over and over. */
    static final class Victim {
        private Victim() {}

        public static void main(String[] args) throws Exception {
            Path folder = Path.of(args[0]);
            HikariDataSource store = LedgerStore.open(url(folder), "sa", "");
            LedgerFixture fixture = ledger(store);
            Semaphore bound = new Semaphore(0);
            Thread submits = new Thread(() -> fixture.ids("spring").forEach(id -> submit(fixture, id, bound)));
            submits.start();
            AppendedFile file = AppendedFile.below(store).orElseThrow();
            while (submits.isAlive()) {
                bound.acquire(2);
                say("anew");
                file.shrink();
            }
        }

        /** What was bound by one that was killed is passed over. */
        private static void submit(LedgerFixture fixture, RenderId id, Semaphore bound) {
            AttemptToken token = token();
            if (fixture.ledger.bind(intent(id, token), ALWAYS) instanceof BindResult.Bound) {
                say("bound " + token);
                bound.release();
            }
        }

        private static synchronized void say(String line) {
            System.out.println(line);
            System.out.flush();
        }
    }

    @Test
    @Timeout(120)
    void whatWasAcknowledgedSurvivesAKillWhileTheFileIsWrittenAnew() throws Exception {
        try (HikariDataSource store = open()) {
            ledger(store).plan(revision("spring", "100000"), LedgerFixture.renders(RENDERS));
        }
        Random random = new Random(20_261_121);
        List<String> acknowledged = new ArrayList<>();
        for (int kill = 0; kill < KILLS; kill++) {
            acknowledged.addAll(acknowledgedUntilKilled(2 + random.nextInt(6), random.nextInt(60)));
            try (HikariDataSource store = open()) {
                LedgerFixture fixture = ledger(store);
                for (String line : acknowledged) {
                    assertThat(fixture.ledger.isBound(LedgerFixture.ACCOUNT, AttemptToken.parse(line.split(" ")[1])))
                            .as(line)
                            .isTrue();
                }
                assertThat(fixture.ids("spring")).hasSize(RENDERS);
            }
        }
        assertThat(acknowledged).isNotEmpty();
    }

    /** @param millis after the beginning of the last rewriting */
    private List<String> acknowledgedUntilKilled(int rewritings, int millis) throws Exception {
        Process victim = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Victim.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<String> acknowledged = new ArrayList<>();
        int begun = 0;
        try (BufferedReader out = victim.inputReader()) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (line.startsWith("bound ")) {
                    acknowledged.add(line);
                } else if (line.equals("anew") && ++begun == rewritings) {
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
                    victim.destroyForcibly();
                }
            }
        } catch (IOException streamBroke) {
            assertThat(begun).isGreaterThanOrEqualTo(rewritings);
        }
        assertThat(victim.waitFor()).as("killed, not finished").isNotZero();
        assertThat(begun).isGreaterThanOrEqualTo(rewritings);
        return acknowledged;
    }

    @Test
    void onlyAFileOfOursIsWrittenAnew() throws Exception {
        try (HikariDataSource memory = LedgerStore.open("jdbc:h2:mem:", "sa", "")) {
            assertThat(AppendedFile.below(memory)).isEmpty();
            ledger(memory).ledger.shrink();
        }
        assertThat(folder).isEmptyDirectory();
    }
}

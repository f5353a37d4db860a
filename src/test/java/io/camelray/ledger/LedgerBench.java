package io.camelray.ledger;

import io.camelray.bench.Child;
import io.camelray.bench.Figures;
import io.camelray.bench.Figures.Figure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A ledger with a million planned renders: claims, changes of state, size, and the plans of what is asked. */
@ExtendWith(PostgresServer.class)
class LedgerBench {

    private static final int ROWS = Integer.getInteger("bench.ledger.rows", 1_000_000);
    private static final int ENDED = Integer.getInteger("bench.ledger.campaigns", 200);

    @TempDir
    Path folder;

    private final Figures figures = Figures.standard();

    @Test
    void a_ledger_in_h2() throws Exception {
        Path file = folder.resolve("ledger");
        run("H2", "jdbc:h2:file:" + file, "sa");
        size("H2", Files.size(Path.of(file + ".mv.db")));
    }

    @Test
    void a_ledger_in_postgresql(PostgresServer.Database database) throws Exception {
        run("PostgreSQL", database.url(), "postgres");
        size("PostgreSQL", database.asSuperuser().withHandle(handle -> handle.createQuery(
                        "SELECT pg_database_size(current_database())")
                .mapTo(Long.class)
                .one()));
        vacuum(database);
    }

    /** What autovacuum has to do after changes; what it has done by then it need not do again. */
    private void vacuum(PostgresServer.Database database) {
        long start = System.nanoTime();
        database.asSuperuser().useHandle(handle -> handle.execute("VACUUM (ANALYZE) ray_render"));
        figures.add(Figure.of("ledger", "PostgreSQL: vacuum of ray_render after the changes", "s")
                .ours((System.nanoTime() - start) / 1e9)
                .note(String.format("%,d renders planned", ROWS)));
    }

    private void run(String what, String url, String user) throws Exception {
        Path plans = Files.createDirectories(Path.of("target", "bench")).resolve("claim-plan-" + what + ".txt");
        String[] said = Child.run(
                folder,
                LedgerRun.class,
                List.of("-Xmx256m"),
                url,
                user,
                String.valueOf(ROWS),
                String.valueOf(ENDED),
                plans.toAbsolutePath().toString());
        String note = String.format("%,d renders planned, %,d ended campaigns", ROWS, ENDED);
        figures.add(Figure.of("ledger", what + ": what is due, median", "ms")
                .ours(number(said[0]))
                .atMost(5)
                .note(note));
        figures.add(Figure.of("ledger", what + ": what is due, p99", "ms")
                .ours(number(said[1]))
                .note(note));
        figures.add(Figure.of("ledger", what + ": a claim, what is due and bound and on the disk, median", "ms")
                .ours(number(said[2]))
                .atMost(5)
                .note(note));
        figures.add(Figure.of("ledger", what + ": a claim, what is due and bound and on the disk, p99", "ms")
                .ours(number(said[3]))
                .note(note));
        figures.add(Figure.of("ledger", what + ": changes of state, one after the other", "changes/s")
                .ours(number(said[4]))
                .note(note));
        figures.add(Figure.of("ledger", what + ": changes of state, eight threads", "changes/s")
                .ours(number(said[5]))
                .note(note));
    }

    private void size(String what, long bytes) {
        figures.add(Figure.of("ledger", what + ": on the disk for each render", "bytes")
                .ours((double) bytes / ROWS)
                .note(String.format("%,d renders planned", ROWS)));
    }

    private static double number(String text) {
        return Double.parseDouble(text);
    }
}

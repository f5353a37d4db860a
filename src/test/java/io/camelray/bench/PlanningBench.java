package io.camelray.bench;

import io.camelray.bench.Figures.Figure;
import io.camelray.ledger.PostgresServer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Large campaigns: checked and priced, and durable in both databases. The peer reads and writes, and checks nothing. */
@ExtendWith(PostgresServer.class)
class PlanningBench {

    private static final int ROWS = Integer.getInteger("bench.rows", 1_000_000);
    private static final int DURABLE_ROWS = Integer.getInteger("bench.durable.rows", 200_000);
    private static final List<String> SMALL = List.of("-Xmx256m");
    private static final String READER = "commons-csv alone";

    @TempDir
    Path folder;

    private final Figures figures = Figures.standard();

    @Test
    void checked_and_priced() throws Exception {
        Path csv = BenchPlanner.manifest(folder, "csv", ROWS);
        String[] peer = Child.run(
                folder, PlainLoad.class, SMALL, folder.resolve("skus.csv").toString());
        checked("CSV", csv, peer);
        checked("JSON lines", BenchPlanner.manifest(folder, "jsonl", ROWS), peer);
    }

    private void checked(String what, Path manifest, String[] peer) throws Exception {
        String[] said = Child.run(folder, PlanRun.class, SMALL, manifest.toString());
        String rows = String.format("%,d rows of %s, -Xmx256m", ROWS, what);
        figures.add(Figure.of("planning", rows + ", validated and priced", "renders/s")
                .ours(ROWS / number(said[1]))
                .peer(READER, ROWS / number(peer[1]))
                .atLeast(100_000));
        figures.add(Figure.of("planning", rows + ", validated and priced, by CPU time of the process", "renders/CPU-s")
                .ours(ROWS / number(said[2])));
    }

    @Test
    void durable_in_h2() throws Exception {
        durable(
                "H2",
                "jdbc:h2:file:" + folder.resolve("ledger"),
                "sa",
                "jdbc:h2:file:" + folder.resolve("plain") + ";WRITE_DELAY=0",
                25_000);
    }

    @Test
    void durable_in_postgresql(PostgresServer.Database database) throws Exception {
        durable("PostgreSQL", database.url(), "postgres", database.url() + "?reWriteBatchedInserts=true", 15_000);
    }

    private void durable(String what, String url, String user, String plainUrl, double target) throws Exception {
        Path manifest = BenchPlanner.manifest(folder, "csv", DURABLE_ROWS);
        String[] peer = Child.run(
                folder, PlainLoad.class, SMALL, folder.resolve("skus.csv").toString(), plainUrl, user);
        String[] said = Child.run(folder, PlanRun.class, SMALL, manifest.toString(), url, user);
        String rows = String.format("%,d rows into %s", DURABLE_ROWS, what);
        figures.add(Figure.of("planning", rows + ", checked twice and durable", "renders/s")
                .ours(DURABLE_ROWS / number(said[1]))
                .peer("commons-csv and JDBC batches into one table", DURABLE_ROWS / number(peer[1]))
                .atLeast(target));
        figures.add(Figure.of("planning", rows + ", by CPU time of the process", "renders/CPU-s")
                .ours(DURABLE_ROWS / number(said[2])));
        figures.add(Figure.of("ledger", "a claim among them, median", "ms")
                .ours(number(said[3]))
                .atMost(5)
                .note(rows));
        figures.add(Figure.of("ledger", "a claim among them, p99", "ms")
                .ours(number(said[4]))
                .note(rows));
        figures.add(Figure.of("ledger", what + ": changes of state on the disk, one after the other", "changes/s")
                .ours(number(said[5])));
    }

    private static double number(String text) {
        return Double.parseDouble(text);
    }
}

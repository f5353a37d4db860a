package io.camelray.bench;

import io.camelray.bench.Figures.Figure;
import io.camelray.ledger.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
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
    /** In src/bench/java. */
    private static final String SPRING_BATCH = "io.camelray.bench.SpringBatchLoad";

    private static final String READING_STEP = "Spring Batch, reads and maps";
    private static final String WRITING_STEP = "Spring Batch, reads, maps and writes one table";

    /** What {@code Ledger.due} asks, with the values of this campaign. */
    private static final String CLAIM =
            """
            EXPLAIN (ANALYZE, BUFFERS, COSTS OFF)
            SELECT r.id, c.name, r.label, r.provider, r.account, r.request, r.paid_attempts, r.technical_retries
              FROM ray_render r JOIN ray_campaign c ON c.id = r.campaign_id
             WHERE r.revision_id = (SELECT MAX(current_revision) FROM ray_campaign) AND r.state = 'planned'
               AND r.account = 'luma' AND r.pending_parents = 0 AND r.due_at <= 9000000000000000
             ORDER BY r.revision_id, r.state, r.account, r.pending_parents, r.ordinal, r.due_at
             FETCH FIRST 4 ROWS ONLY""";

    private static final String SIZES =
            """
            SELECT relname || ' ' || pg_relation_size(oid) FROM pg_class
             WHERE relname LIKE 'ray\\_%' AND relkind IN ('r', 'i') AND pg_relation_size(oid) > 1000000
             ORDER BY pg_relation_size(oid) DESC""";

    @TempDir
    Path folder;

    private final Figures figures = Figures.standard();

    @Test
    void checked_and_priced() throws Exception {
        Path csv = BenchPlanner.manifest(folder, "csv", ROWS);
        String[] peer = Child.run(
                folder, PlainLoad.class, SMALL, folder.resolve("skus.csv").toString());
        String[] batch = Child.run(
                folder, SPRING_BATCH, SMALL, folder.resolve("skus.csv").toString());
        double ours = checked("CSV", csv, peer);
        String rows = String.format("%,d rows of CSV, -Xmx256m", ROWS);
        figures.add(Figure.of("planning", rows + ", validated and priced", "renders/s")
                .ours(ours)
                .peer(READING_STEP, ROWS / number(batch[1])));
        checked("JSON lines", BenchPlanner.manifest(folder, "jsonl", ROWS), peer);
    }

    private double checked(String what, Path manifest, String[] peer) throws Exception {
        String[] said = Child.run(folder, PlanRun.class, SMALL, manifest.toString());
        String rows = String.format("%,d rows of %s, -Xmx256m", ROWS, what);
        figures.add(Figure.of("planning", rows + ", validated and priced", "renders/s")
                .ours(ROWS / number(said[1]))
                .peer(READER, ROWS / number(peer[1]))
                .atLeast(100_000));
        figures.add(Figure.of("planning", rows + ", validated and priced, by CPU time of the process", "renders/CPU-s")
                .ours(ROWS / number(said[2])));
        return ROWS / number(said[1]);
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
        keep("claim-plan.txt", database, CLAIM);
        keep("ledger-size.txt", database, SIZES);
    }

    /** What the database says of itself, for the documentation. */
    private static void keep(String name, PostgresServer.Database database, String sql) throws IOException {
        List<String> lines = database.asSuperuser()
                .withHandle(
                        handle -> handle.createQuery(sql).mapTo(String.class).list());
        Files.write(Files.createDirectories(Path.of("target", "bench")).resolve(name), lines);
    }

    private void durable(String what, String url, String user, String plainUrl, double target) throws Exception {
        Path manifest = BenchPlanner.manifest(folder, "csv", DURABLE_ROWS);
        String[] peer = Child.run(
                folder, PlainLoad.class, SMALL, folder.resolve("skus.csv").toString(), plainUrl, user);
        String[] batch = Child.run(
                folder, SPRING_BATCH, SMALL, folder.resolve("skus.csv").toString(), plainUrl, user);
        String[] said = Child.run(folder, PlanRun.class, SMALL, manifest.toString(), url, user);
        String rows = String.format("%,d rows into %s", DURABLE_ROWS, what);
        figures.add(Figure.of("planning", rows + ", checked twice and durable", "renders/s")
                .ours(DURABLE_ROWS / number(said[1]))
                .peer("commons-csv and JDBC batches into one table", DURABLE_ROWS / number(peer[1]))
                .atLeast(target));
        figures.add(Figure.of("planning", rows + ", checked twice and durable", "renders/s")
                .ours(DURABLE_ROWS / number(said[1]))
                .peer(WRITING_STEP, DURABLE_ROWS / number(batch[1])));
        figures.add(Figure.of("planning", rows + ", by CPU time of the process", "renders/CPU-s")
                .ours(DURABLE_ROWS / number(said[2]))
                .peer(WRITING_STEP, DURABLE_ROWS / number(batch[2])));
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

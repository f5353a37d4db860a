package io.camelray.ledger;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/** PostgreSQL, which several programs may share. */
final class PostgresDialect implements Dialect {
    /** The timeline is the beginning of the name of the file that the log is being written to. Nothing on a standby. */
    private static final String ORIGIN =
            """
            SELECT s.system_identifier || '/' || SUBSTR(pg_walfile_name(pg_current_wal_lsn()), 1, 8)
              FROM pg_control_system() s WHERE NOT pg_is_in_recovery()""";

    private static final List<String> MUST_BE_ON = List.of("fsync", "full_page_writes");

    @Override
    public Map<String, String> placeholders() {
        return Map.of("text", "TEXT", "bytes", "BYTEA");
    }

    @Override
    public String migrations() {
        return "classpath:io/camelray/ledger/postgresql";
    }

    @Override
    public void checkDurable(Handle handle) {
        List<String> off = handle.createQuery(
                        "SELECT name FROM pg_settings WHERE name IN (<settings>) AND setting <> 'on' ORDER BY name")
                .bindList("settings", MUST_BE_ON)
                .mapTo(String.class)
                .list();
        if (!off.isEmpty()) {
            String names = String.join(" and ", off);
            throw new IllegalStateException("The ledger's PostgreSQL server runs with " + names
                    + " off: after a power failure it may have forgotten what was paid for. Set " + names
                    + " on in its postgresql.conf and reload it, then start again");
        }
    }

    @Override
    public boolean isHeldByOne() {
        return false;
    }

    @Override
    public List<Long> renderIds(Handle handle, int count) {
        return handle.createQuery("SELECT nextval('ray_render_ids') FROM generate_series(1, :count)")
                .bind("count", count)
                .mapTo(Long.class)
                .list();
    }

    /** The cluster's own number, and its timeline: a promoted replica begins a new one, and so does a restored backup. */
    @Override
    public Optional<String> origin(Handle handle) {
        return handle.createQuery(ORIGIN).mapTo(String.class).findOne();
    }

    @Override
    public Optional<LedgerClock> clock() {
        return Optional.empty();
    }

    /** Large enough that what is not rows costs little. */
    @Override
    public int planBatch() {
        return 5000;
    }

    @Override
    public void insert(Handle handle, BulkRows rows) {
        if (!CopyInsert.write(handle, rows)) {
            BatchInsert.write(handle, rows);
        }
    }

    /** A later commit that waits for the disk waits for all that was written before it. */
    @Override
    public void beginInHaste(Handle handle) {
        handle.createQuery("SELECT set_config('synchronous_commit', 'off', true)")
                .mapTo(String.class)
                .one();
    }

    @Override
    public Instant now(Handle handle) {
        return Micros.instant(handle.createQuery("SELECT (EXTRACT(EPOCH FROM clock_timestamp()) * 1000000)::BIGINT")
                .mapTo(Long.class)
                .one());
    }

    @Override
    public String skipTaken() {
        return " FOR UPDATE SKIP LOCKED";
    }

    @Override
    public void backUp(Handle handle, Path zip) {
        throw new OperatorException(LedgerBackup.NOT_HERE);
    }

    /** What PostgreSQL knows of tables that were almost empty a moment ago makes it read them from end to end. */
    @Override
    public void manyWritten(Handle handle) {
        handle.execute("ANALYZE ray_render, ray_parent, ray_output");
    }

    @Override
    public <T> T writing(Supplier<T> transaction) {
        return transaction.get();
    }

    /** A server that waits for even more keeps its own setting. */
    @Override
    public void beginOnDisk(Handle handle) {
        handle.createQuery(
                        """
                        SELECT set_config('synchronous_commit', 'on', true)
                         WHERE current_setting('synchronous_commit') <> 'remote_apply'""")
                .mapTo(String.class)
                .findOne();
    }

    /** The commit itself has waited for the disk. */
    @Override
    public void reachDisk(Handle handle) {}
}

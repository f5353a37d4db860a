package io.camelray.ledger;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** Embedded H2. */
final class H2Dialect implements Dialect {
    private final LedgerClock clock = LedgerClock.system();

    @Override
    public Map<String, String> placeholders() {
        return Map.of("text", "CLOB", "bytes", "BLOB");
    }

    @Override
    public String migrations() {
        return "classpath:io/camelray/ledger/h2";
    }

    /** {@link LedgerStore} opens it durable. */
    @Override
    public void checkDurable(Handle handle) {}

    /** By the lock on its file, or by being in this program's memory. */
    @Override
    public boolean isHeldByOne() {
        return true;
    }

    @Override
    public List<Long> renderIds(Handle handle, int count) {
        return handle.createQuery("SELECT NEXT VALUE FOR ray_render_ids FROM SYSTEM_RANGE(1, :count)")
                .bind("count", count)
                .mapTo(Long.class)
                .list();
    }

    @Override
    public void insert(Handle handle, BulkRows rows) {
        BatchInsert.write(handle, rows);
    }

    @Override
    public void beginInHaste(Handle handle) {}

    @Override
    public Instant now(Handle handle) {
        return clock.now();
    }

    /** A lock would keep H2 from reading in the order of an index; the conditional update that follows decides. */
    @Override
    public String skipTaken() {
        return "";
    }

    @Override
    public void backUp(Handle handle, Path zip) {
        handle.execute("BACKUP TO '" + zip.toString().replace("'", "''") + "'");
    }

    @Override
    public void manyWritten(Handle handle) {}

    @Override
    public void beginOnDisk(Handle handle) {}

    /** Even with {@code WRITE_DELAY=0} a commit only reaches the operating system; this also syncs the file. */
    @Override
    public void reachDisk(Handle handle) {
        handle.execute("CHECKPOINT SYNC");
    }
}

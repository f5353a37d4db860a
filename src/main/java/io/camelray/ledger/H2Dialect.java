package io.camelray.ledger;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/** Embedded H2. */
final class H2Dialect implements Dialect {
    private final LedgerClock clock = LedgerClock.system();
    /** Fair: a plan of a million renders must not keep a reply from being recorded. */
    private final Lock oneWriter = new ReentrantLock(true);

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

    /** The file is the ledger. */
    @Override
    public Optional<String> origin(Handle handle) {
        return Optional.empty();
    }

    @Override
    public Optional<LedgerClock> clock() {
        return Optional.of(clock);
    }

    /**
     * Few enough that H2 does not store any of it before the commit, which changes every entry once more: of larger batches
     * each page goes into the file twice.
     */
    @Override
    public int planBatch() {
        return 1000;
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

    /**
     * H2 stores its tables one after the other, while other transactions go on: killed then, it wakes up with half of a
     * transaction, or without one that it had acknowledged. So it never stores while another transaction writes.
     */
    @Override
    public <T> T writing(Supplier<T> transaction) {
        oneWriter.lock();
        try {
            return transaction.get();
        } finally {
            oneWriter.unlock();
        }
    }

    @Override
    public void beginOnDisk(Handle handle) {}

    /** Even with {@code WRITE_DELAY=0} a commit only reaches the operating system; this also syncs the file. */
    @Override
    public void reachDisk(Handle handle) {
        handle.execute("CHECKPOINT SYNC");
    }
}

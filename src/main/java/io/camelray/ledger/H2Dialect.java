package io.camelray.ledger;

import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** Embedded H2. */
final class H2Dialect implements Dialect {

    @Override
    public Map<String, String> placeholders() {
        return Map.of("text", "CLOB", "bytes", "BLOB");
    }

    @Override
    public List<Long> renderIds(Handle handle, int count) {
        return handle.createQuery("SELECT NEXT VALUE FOR ray_render_ids FROM SYSTEM_RANGE(1, :count)")
                .bind("count", count)
                .mapTo(Long.class)
                .list();
    }

    /** Even with {@code WRITE_DELAY=0} a commit only reaches the operating system; this also syncs the file. */
    @Override
    public void reachDisk(Handle handle) {
        handle.execute("CHECKPOINT SYNC");
    }
}

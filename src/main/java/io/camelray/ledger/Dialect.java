package io.camelray.ledger;

import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** What one database does differently from the others. */
interface Dialect {

    /** What the migrations' placeholders stand for. */
    Map<String, String> placeholders();

    /** Takes {@code count} fresh render ids, ascending. */
    List<Long> renderIds(Handle handle, int count);

    /** Returns when everything committed so far is on the disk. Called outside of transactions. */
    void reachDisk(Handle handle);
}

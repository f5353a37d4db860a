package io.camelray.ledger;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** What one database does differently from the others. */
sealed interface Dialect permits H2Dialect, PostgresDialect {

    /** What the migrations' placeholders stand for. */
    Map<String, String> placeholders();

    /** Where the migrations are that only this database has. */
    String migrations();

    /** @throws IllegalStateException if the server is set up to forget what it has acknowledged */
    void checkDurable(Handle handle);

    /** Whether the database proves that no other program works on the ledger. */
    boolean isHeldByOne();

    /** Takes {@code count} fresh render ids, ascending. */
    List<Long> renderIds(Handle handle, int count);

    /** Writes many new rows at once. */
    void insert(Handle handle, BulkRows rows);

    /** Called first in a transaction that nothing depends on until a later one has reached the disk. */
    void beginInHaste(Handle handle);

    /** The database's moment; inside of a transaction the moment of the call, not of the transaction's begin. */
    Instant now(Handle handle);

    /** Ends a query whose rows the transaction is about to take, so that two that ask at once get different ones. */
    String skipTaken();

    /**
     * Writes all that is committed into a ZIP file, while the ledger is in use. Called outside of transactions.
     *
     * @throws OperatorException if this is not ours to do with such a database
     */
    void backUp(Handle handle, Path zip);

    /** Called when a plan of many renders has been written, outside of transactions and before anything looks for them. */
    void manyWritten(Handle handle);

    /** Called first in a transaction that must have reached the disk when it is committed. */
    void beginOnDisk(Handle handle);

    /** Returns when everything committed so far is on the disk. Called outside of transactions. */
    void reachDisk(Handle handle);
}

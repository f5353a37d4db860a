package io.camelray.ledger;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
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

    /**
     * Which server this is and which line of its history it is on, where another one may take its place; empty where none
     * can, or where that cannot be asked. Does not change when a server is merely started again.
     */
    Optional<String> origin(Handle handle);

    /** What keeps the time, where it is kept in this program; empty where the database has a clock of its own. */
    Optional<LedgerClock> clock();

    /** How many renders of a plan are best written in one transaction. */
    int planBatch();

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

    /**
     * Runs a transaction that writes, and what makes it reach the disk: one at a time where a crash of the program could
     * otherwise tear what two of them write.
     */
    <T> T writing(Supplier<T> transaction);

    /** Called first in a transaction that must have reached the disk when it is committed. */
    void beginOnDisk(Handle handle);

    /** Returns when everything committed so far is on the disk. Called outside of transactions. */
    void reachDisk(Handle handle);
}

package io.camelray.ledger;

import io.camelray.ledger.Ledger.Change;
import io.camelray.ledger.Ledger.ChangeListener;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.MetaData;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs transactions, makes them reach the disk, and tells listeners after their commit. */
final class LedgerDatabase {
    private static final Logger LOG = LoggerFactory.getLogger(LedgerDatabase.class);

    private final Jdbi jdbi;
    private final Dialect dialect;
    private final LedgerClock clock;
    private final List<ChangeListener> listeners = new CopyOnWriteArrayList<>();

    LedgerDatabase(DataSource dataSource, LedgerClock clock) {
        this.jdbi = Jdbi.create(dataSource);
        this.clock = clock;
        this.dialect = guarded(() -> dialectOf(jdbi));
        migrate(dataSource);
    }

    Dialect dialect() {
        return dialect;
    }

    LedgerClock clock() {
        return clock;
    }

    void onChange(ChangeListener listener) {
        listeners.add(listener);
    }

    /** Reads, in one transaction. */
    <T> T read(Function<Handle, T> work) {
        return guarded(() -> jdbi.inTransaction(work::apply));
    }

    /** Changes, in one transaction; listeners hear of it after the commit. */
    <T> T change(Function<Transaction, T> work) {
        return guarded(() -> {
            Transaction transaction = new Transaction(clock);
            T result = jdbi.inTransaction(handle -> work.apply(transaction.on(handle)));
            tell(transaction);
            return result;
        });
    }

    /** Like {@link #change}, and what was committed is on the disk when this returns. */
    <T> T changeOnDisk(Function<Transaction, T> work) {
        return guarded(() -> {
            Transaction transaction = new Transaction(clock);
            T result = jdbi.inTransaction(handle -> work.apply(transaction.on(handle)));
            if (transaction.hasChanged()) {
                jdbi.useHandle(dialect::reachDisk);
            }
            tell(transaction);
            return result;
        });
    }

    private void tell(Transaction transaction) {
        for (Change change : transaction.announced()) {
            for (ChangeListener listener : listeners) {
                try {
                    listener.changed(change);
                } catch (RuntimeException e) {
                    // The change is committed: a listener that cannot be woken must not make it look undone.
                    LOG.warn("A listener failed on {}", change, e);
                }
            }
        }
    }

    /**
     * An interrupted thread may neither lose a connection nor close the embedded database's file under everybody else;
     * what it was about to record matters more than stopping at once.
     */
    private static <T> T guarded(Supplier<T> work) {
        boolean interrupted = Thread.interrupted();
        try {
            return work.get();
        } catch (JdbiException e) {
            throw unavailable(e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** JDBI's own message carries every bound value, presigned URLs among them; it must not get into logs. */
    private static LedgerUnavailableException unavailable(JdbiException e) {
        SQLException cause = null;
        for (Throwable t = e; t != null; t = t.getCause()) {
            if (t instanceof SQLException sql) {
                cause = sql;
                break;
            }
        }
        if (cause == null) {
            return new LedgerUnavailableException(
                    "The ledger failed: " + e.getClass().getSimpleName(), withoutValues(e, "", 0));
        }
        String state = cause.getSQLState() == null ? "" : cause.getSQLState();
        boolean mayQuoteValues = state.startsWith("22") || state.startsWith("23");
        String said = mayQuoteValues || cause.getMessage() == null
                ? "a value was refused"
                : cause.getMessage().split("; SQL statement|\\R", 2)[0];
        String what = e instanceof ConnectionException ? "cannot be reached" : "failed";
        return new LedgerUnavailableException(
                "The ledger " + what + ": " + said + " (SQL state " + state + ", code " + cause.getErrorCode() + ")",
                withoutValues(cause, state, cause.getErrorCode()));
    }

    private static SQLException withoutValues(Throwable original, String state, int code) {
        SQLException bare = new SQLException(original.getClass().getName(), state, code);
        bare.setStackTrace(original.getStackTrace());
        return bare;
    }

    private static Dialect dialectOf(Jdbi jdbi) {
        String product = jdbi.withHandle(handle -> handle.queryMetadata(
                (MetaData.MetaDataValueProvider<String>) DatabaseMetaData::getDatabaseProductName));
        if (product.equals("H2")) {
            return new H2Dialect();
        }
        throw new IllegalStateException("The ledger cannot be kept in " + product + "; use H2, jdbc:h2:file:…");
    }

    private void migrate(DataSource dataSource) {
        try {
            Flyway.configure(LedgerDatabase.class.getClassLoader())
                    .dataSource(dataSource)
                    .locations("classpath:io/camelray/ledger/migration")
                    .table("ray_schema_history")
                    // The application may keep its own tables beside ours.
                    .baselineOnMigrate(true)
                    .baselineVersion("0")
                    .validateMigrationNaming(true)
                    .placeholders(dialect.placeholders())
                    .loggers(MigrationLog.class.getName())
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            throw new LedgerUnavailableException(
                    "The ledger's tables cannot be brought up to date: " + e.getMessage(), e);
        }
    }

    /** Ends what the ledger keeps for its listeners. */
    void close() {
        listeners.clear();
    }
}

package io.camelray.ledger;

import io.camelray.ledger.Ledger.Change;
import io.camelray.ledger.Ledger.ChangeListener;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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
    private final ExecutorService threads = Executors.newCachedThreadPool(LedgerDatabase::newThread);

    LedgerDatabase(DataSource dataSource, LedgerClock clock) {
        this.jdbi = Jdbi.create(dataSource);
        this.clock = clock;
        this.dialect = undisturbed(() -> dialectOf(jdbi));
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
        return undisturbed(() -> jdbi.inTransaction(work::apply));
    }

    /** Changes, in one transaction; listeners hear of it after the commit. */
    <T> T change(Function<Transaction, T> work) {
        return change(work, false);
    }

    /** Like {@link #change}, and what was committed is on the disk when this returns. */
    <T> T changeOnDisk(Function<Transaction, T> work) {
        return change(work, true);
    }

    private <T> T change(Function<Transaction, T> work, boolean onDisk) {
        Transaction transaction = new Transaction(clock);
        T result = undisturbed(() -> {
            T done = jdbi.inTransaction(handle -> work.apply(transaction.on(handle)));
            if (onDisk && transaction.hasChanged()) {
                jdbi.useHandle(dialect::reachDisk);
            }
            return done;
        });
        tell(transaction);
        return result;
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
     * Works on a thread that nobody else knows. Java closes a file under everybody when a thread that uses it is
     * interrupted, and an embedded database closes with it; and what a caller was about to record matters more than
     * stopping at once. The caller finds its interrupt again afterwards.
     */
    private <T> T undisturbed(Supplier<T> work) {
        Future<T> future = threads.submit(work::get);
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return future.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof JdbiException jdbiException) {
                throw unavailable(jdbiException);
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) e.getCause();
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

    private static Thread newThread(Runnable work) {
        Thread thread = new Thread(work, "camel-ray-ledger");
        thread.setDaemon(true);
        return thread;
    }

    /** What has begun is still finished. */
    void close() {
        listeners.clear();
        threads.shutdown();
    }
}

package io.camelray.ledger;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import io.camelray.ledger.Ledger.Change;
import io.camelray.ledger.Ledger.ChangeListener;
import java.nio.file.Path;
import java.sql.DatabaseMetaData;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.MetaData;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs transactions, makes them reach the disk, and tells listeners after their commit. */
final class LedgerDatabase {
    private static final Logger LOG = LoggerFactory.getLogger(LedgerDatabase.class);

    /** Another one was in its way: PostgreSQL's serialization failure and deadlock; the first is H2's deadlock too. */
    private static final Set<String> UNDONE = Set.of("40001", "40P01");

    private static final int TRIES = 10;

    private final Jdbi jdbi;
    private final Dialect dialect;
    private final Function<Handle, Instant> clock;
    private final Runnable renewSessions;
    private final Optional<AppendedFile> file;
    private final LedgerAbsence absence = new LedgerAbsence(System::nanoTime);
    private final List<ChangeListener> listeners = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool(LedgerDatabase::newThread);

    /** @param clock in place of the database's own */
    LedgerDatabase(DataSource dataSource, Optional<LedgerClock> clock) {
        this.jdbi = Jdbi.create(dataSource);
        this.renewSessions = renewal(dataSource);
        this.file = AppendedFile.below(dataSource);
        this.dialect = undisturbed(() -> dialectOf(jdbi));
        this.clock = clock.<Function<Handle, Instant>>map(given -> handle -> given.now())
                .orElse(dialect::now);
        undisturbed(() -> {
            jdbi.useHandle(dialect::checkDurable);
            return null;
        });
        migrate(dataSource);
        dialect.clock().map(own -> clock.orElse(own)).ifPresent(this::goOn);
    }

    /** A clock that is kept in this program begins with the wall clock, which may have been set back. */
    private void goOn(LedgerClock clock) {
        read(EventTable::lastMoment).ifPresent(clock::goOnFrom);
    }

    Dialect dialect() {
        return dialect;
    }

    Instant now(Handle handle) {
        return clock.apply(handle);
    }

    LedgerAbsence absence() {
        return absence;
    }

    void onChange(ChangeListener listener) {
        listeners.add(listener);
    }

    /** Reads, in one transaction. */
    <T> T read(Function<Handle, T> work) {
        return undisturbed(() -> again(() -> jdbi.inTransaction(work::apply)));
    }

    /** Sees to it that something is there which another program may be writing at the same time. */
    void ensure(Predicate<Handle> isThere, Consumer<Handle> insert) {
        if (read(isThere::test)) {
            return;
        }
        try {
            change(tx -> {
                insert.accept(tx.handle());
                return null;
            });
        } catch (LedgerUnavailableException e) {
            if (!read(isThere::test)) {
                throw e;
            }
        }
    }

    /** Changes, in one transaction; listeners hear of it after the commit. */
    <T> T change(Function<Transaction, T> work) {
        return change(work, false);
    }

    /** Like {@link #change}, and what was committed is on the disk when this returns. */
    <T> T changeOnDisk(Function<Transaction, T> work) {
        return change(work, true);
    }

    /** Called when a plan of many renders has been written, before anything looks for them. */
    void manyWritten() {
        undisturbed(() -> {
            return dialect.writing(() -> {
                jdbi.useHandle(dialect::manyWritten);
                return null;
            });
        });
    }

    /** @see Dialect#backUp */
    void backUp(Path zip) {
        undisturbed(() -> {
            return dialect.writing(() -> {
                jdbi.useHandle(handle -> dialect.backUp(handle, zip));
                return null;
            });
        });
    }

    /** Gives back to the disk what nobody needs any more, if that is worth it. Nothing can be read or written meanwhile. */
    void shrink() {
        undisturbed(() -> {
            return file.filter(AppendedFile::isWorthIt)
                    .map(worthIt -> dialect.writing(worthIt::shrink))
                    .orElse(false);
        });
    }

    private <T> T change(Function<Transaction, T> work, boolean onDisk) {
        record Done<T>(T result, Transaction transaction) {}
        Done<T> done = undisturbed(() -> dialect.writing(() -> {
            Done<T> committed = again(() -> jdbi.inTransaction(handle -> {
                Transaction transaction = new Transaction(handle, clock);
                if (onDisk) {
                    dialect.beginOnDisk(handle);
                }
                return new Done<>(work.apply(transaction), transaction);
            }));
            if (onDisk && committed.transaction().hasChanged()) {
                jdbi.useHandle(dialect::reachDisk);
            }
            return committed;
        }));
        tell(done.transaction());
        return done.result();
    }

    /** The database undid or refused a transaction, and nothing has happened: it may be tried again. */
    private <T> T again(Supplier<T> transaction) {
        boolean renewed = false;
        for (int tries = 1; ; tries++) {
            try {
                return transaction.get();
            } catch (JdbiException e) {
                boolean stale = SqlTrouble.isReadOnly(e) && !renewed;
                if (tries == TRIES || !stale && !UNDONE.contains(SqlTrouble.state(e))) {
                    throw e;
                }
                if (stale) {
                    // What was connected while the server or the database was read-only stays so.
                    renewSessions.run();
                    renewed = true;
                }
                LOG.debug("Transaction undone by the database, tried again: {}", SqlTrouble.state(e));
            }
        }
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
                throw SqlTrouble.unavailable(jdbiException, absence);
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

    private static Runnable renewal(DataSource dataSource) {
        return dataSource instanceof HikariDataSource pool
                ? () -> Optional.ofNullable(pool.getHikariPoolMXBean())
                        .ifPresent(HikariPoolMXBean::softEvictConnections)
                : () -> {};
    }

    private static Dialect dialectOf(Jdbi jdbi) {
        String product = jdbi.withHandle(handle -> handle.queryMetadata(
                (MetaData.MetaDataValueProvider<String>) DatabaseMetaData::getDatabaseProductName));
        return switch (product) {
            case "H2" -> new H2Dialect();
            case "PostgreSQL" -> new PostgresDialect();
            default ->
                throw new IllegalStateException("The ledger cannot be kept in " + product
                        + "; use H2, jdbc:h2:file:…, or PostgreSQL, jdbc:postgresql://…");
        };
    }

    private void migrate(DataSource dataSource) {
        try {
            Flyway flyway = Flyway.configure(LedgerDatabase.class.getClassLoader())
                    .dataSource(dataSource)
                    .locations("classpath:io/camelray/ledger/migration", dialect.migrations())
                    .table("ray_schema_history")
                    // The application may keep its own tables beside ours.
                    .baselineOnMigrate(true)
                    .baselineVersion("0")
                    .validateMigrationNaming(true)
                    .placeholders(dialect.placeholders())
                    .loggers(MigrationLog.class.getName())
                    .load();
            refuseNewer(flyway.info().all());
            flyway.migrate();
        } catch (FlywayException e) {
            throw new LedgerUnavailableException(
                    "The ledger's tables cannot be brought up to date: " + e.getMessage(), e);
        }
    }

    private static void refuseNewer(MigrationInfo[] migrations) {
        Stream.of(migrations)
                .filter(migration -> migration.getState().isApplied()
                        && !migration.getState().isResolved())
                .map(MigrationInfo::getVersion)
                .max(Comparator.naturalOrder())
                .ifPresent(newest -> {
                    throw new IllegalStateException("The ledger's tables are of version " + newest
                            + ", which this program does not know: a newer one has worked with it. Use that one, or"
                            + " give this one a ledger of its own (ray.ledger.url)");
                });
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

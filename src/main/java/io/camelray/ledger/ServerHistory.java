package io.camelray.ledger;

import java.sql.SQLException;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that another server answers for the ledger, or the same one on another line of its history: a replica took over,
 * or a backup was restored. What was acknowledged before may be lost there, and would be submitted again; so every account
 * is paused until a person has compared with the provider (design §5). Thread-safe.
 */
final class ServerHistory {
    private static final Logger LOG = LoggerFactory.getLogger(ServerHistory.class);

    private final LedgerDatabase database;
    private final Tables tables;
    private volatile Optional<String> known = Optional.empty();
    private volatile boolean looked;
    private volatile boolean hidden;

    ServerHistory(LedgerDatabase database, Tables tables) {
        this.database = database;
        this.tables = tables;
    }

    /** Looks, if nobody has since this program began. */
    void begin() {
        if (!looked) {
            look();
            looked = true;
        }
    }

    /** Whether this transaction works on what {@link #look} has seen last, so that it may bind. */
    boolean isKnown(Transaction tx) {
        return hidden || known.equals(database.dialect().origin(tx.handle()));
    }

    /** Compares with what the ledger has on record, and pauses all accounts if that was another history. */
    void look() {
        try {
            database.read(handle -> database.dialect().origin(handle));
        } catch (LedgerUnavailableException e) {
            if (!isRefusal(e)) {
                throw e;
            }
            hidden = true;
            LOG.warn(
                    "The ledger's PostgreSQL does not tell which server it is ({}): after a replica has taken over, pause"
                            + " the accounts before this program meets it",
                    e.getMessage());
            return;
        }
        known = database.changeOnDisk(tx -> {
            Optional<String> now = database.dialect().origin(tx.handle());
            if (now.isEmpty()) {
                return now;
            }
            Optional<String> before = lock(tx.handle());
            if (before.isEmpty()) {
                insert(tx.handle(), now.get());
            } else if (!before.equals(now)) {
                update(tx.handle(), now.get());
                pauseAll(tx);
            }
            tx.markChanged();
            return now;
        });
    }

    /** There is no such function, or it is not ours to call. */
    private static boolean isRefusal(LedgerUnavailableException e) {
        return e.getCause() instanceof SQLException cause
                && cause.getSQLState() != null
                && cause.getSQLState().matches("(0A|42).*");
    }

    private void pauseAll(Transaction tx) {
        for (String account : tables.accounts().names(tx.handle())) {
            tables.accounts().lock(tx.handle(), account);
            String reason =
                    "another PostgreSQL server, or another line of its history, answers for the ledger: what was"
                            + " submitted shortly before may be lost there; compare with the provider, then camel-ray resume"
                            + " account:" + account;
            tables.accounts().pauseByOperator(tx.handle(), account, reason);
            tables.events().account(tx, "paused", account, reason);
            LOG.error("Account {} is paused: {}", account, reason);
        }
    }

    private static Optional<String> lock(Handle handle) {
        return handle.createQuery("SELECT origin FROM ray_origin WHERE id = 1 FOR UPDATE")
                .mapTo(String.class)
                .findOne();
    }

    /** Another node may have done the same at the same moment. */
    private static void insert(Handle handle, String origin) {
        handle.createUpdate("INSERT INTO ray_origin (id, origin) VALUES (1, :origin) ON CONFLICT DO NOTHING")
                .bind("origin", origin)
                .execute();
    }

    private static void update(Handle handle, String origin) {
        handle.createUpdate("UPDATE ray_origin SET origin = :origin WHERE id = 1")
                .bind("origin", origin)
                .execute();
    }
}

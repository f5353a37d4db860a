package io.camelray.ledger;

import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.JdbiException;

/** Makes of a database's failure what may be said of it, without any of the values that it had to do with. */
final class SqlTrouble {

    /** PostgreSQL's {@code read_only_sql_transaction}. */
    private static final String READ_ONLY = "25006";
    /** Classes of SQL states: connection, resources, operator intervention, system. */
    private static final Set<String> AWAY = Set.of("08", "53", "57", "58");
    /** H2's own codes: cannot read or write its file, object closed, closed, connection broken, read-only. */
    private static final Set<Integer> H2_AWAY = Set.of(90028, 90031, 90007, 90098, 90067, 90097);

    private static final int H2_GENERAL = 50000;

    private SqlTrouble() {}

    /** @return the SQL state, empty if there is none */
    static String state(JdbiException e) {
        return cause(e).map(SQLException::getSQLState).orElse("");
    }

    /** Whether a session that may only read was asked to write. */
    static boolean isReadOnly(JdbiException e) {
        return state(e).equals(READ_ONLY);
    }

    private static Optional<SQLException> cause(JdbiException e) {
        for (Throwable t = e; t != null; t = t.getCause()) {
            if (t instanceof SQLException sql) {
                return Optional.of(sql);
            }
        }
        return Optional.empty();
    }

    /**
     * JDBI's own message carries every bound value, presigned URLs among them; it must not get into logs.
     *
     * @param absence is told if the ledger as a whole cannot be used
     */
    static LedgerUnavailableException unavailable(JdbiException e, LedgerAbsence absence) {
        SQLException cause = cause(e).orElse(null);
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
        String message =
                "The ledger " + what + ": " + said + " (SQL state " + state + ", code " + cause.getErrorCode() + ")";
        return new LedgerUnavailableException(
                message,
                withoutValues(cause, state, cause.getErrorCode()),
                isAway(e, cause, state) && absence.began(message));
    }

    private static boolean isAway(JdbiException e, SQLException cause, String state) {
        return e instanceof ConnectionException
                || state.equals(READ_ONLY)
                || (state.length() == 5 && AWAY.contains(state.substring(0, 2)))
                || H2_AWAY.contains(cause.getErrorCode())
                || isH2File(cause);
    }

    /** H2 calls it a general error when its file cannot be written, as on a disk that is full. */
    private static boolean isH2File(SQLException cause) {
        return cause.getErrorCode() == H2_GENERAL
                && String.valueOf(cause.getMessage()).contains("MVStoreException");
    }

    private static SQLException withoutValues(Throwable original, String state, int code) {
        SQLException bare = new SQLException(original.getClass().getName(), state, code);
        bare.setStackTrace(original.getStackTrace());
        return bare;
    }
}

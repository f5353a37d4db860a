package io.camelray.ledger;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;

/**
 * Has the pool give up connections to an H2 database that has closed itself, as it does when the disk is full: they go on
 * saying that they are valid, and only a new one opens the database again.
 */
final class ClosedDatabase implements SQLExceptionOverride {

    /** H2's own codes: the database is closed, the object is closed, the connection is broken. */
    private static final int DATABASE_IS_CLOSED = 90098;

    private static final int OBJECT_CLOSED = 90007;
    private static final int CONNECTION_BROKEN = 90067;

    @java.lang.Override
    public Override adjudicate(SQLException failure) {
        return switch (failure.getErrorCode()) {
            case DATABASE_IS_CLOSED, OBJECT_CLOSED, CONNECTION_BROKEN -> Override.MUST_EVICT;
            default -> Override.CONTINUE_EVICT;
        };
    }
}

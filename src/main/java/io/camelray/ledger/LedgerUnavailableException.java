package io.camelray.ledger;

/** The ledger's store could not be reached or refused; nothing is known about the change that was asked for. */
public class LedgerUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean away;

    public LedgerUnavailableException(String message, Throwable cause) {
        this(message, cause, false);
    }

    /** @param away whether the ledger as a whole cannot be used, and that has been said */
    LedgerUnavailableException(String message, Throwable cause, boolean away) {
        super(message, cause);
        this.away = away;
    }

    /** Whether the ledger as a whole cannot be reached or written now; {@link LedgerAbsence} has said so once. */
    boolean isAway() {
        return away;
    }
}

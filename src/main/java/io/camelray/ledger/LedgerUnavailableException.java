package io.camelray.ledger;

/** The ledger's store could not be reached or refused; nothing is known about the change that was asked for. */
public class LedgerUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LedgerUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}

package io.camelray.ledger;

/** Another program holds the ledger's file; the message names the file and says what to do. */
public class LedgerHeldException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LedgerHeldException(String message, Throwable cause) {
        super(message, cause);
    }
}

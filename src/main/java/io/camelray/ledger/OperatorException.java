package io.camelray.ledger;

/** An operator asked for something that cannot be done now; the message says why and what to do. */
public class OperatorException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public OperatorException(String message) {
        super(message);
    }
}

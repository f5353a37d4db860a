package io.camelray.sandbox;

/** The sandbox, or the embedded store, cannot start or was given settings that make no sense. */
public final class SandboxException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public SandboxException(String message) {
        super(message);
    }

    public SandboxException(String message, Throwable cause) {
        super(message, cause);
    }
}

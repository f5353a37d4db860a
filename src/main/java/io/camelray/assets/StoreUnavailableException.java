package io.camelray.assets;

import java.io.IOException;

/** A store could not be reached or refused; nothing is known about the object in question. */
public final class StoreUnavailableException extends IOException {
    private static final long serialVersionUID = 1L;

    public StoreUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}

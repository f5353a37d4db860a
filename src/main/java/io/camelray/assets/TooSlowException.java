package io.camelray.assets;

import java.io.IOException;

/** The server delivers, but not in bearable time. */
final class TooSlowException extends IOException {
    private static final long serialVersionUID = 1L;

    TooSlowException(String message) {
        super(message);
    }
}

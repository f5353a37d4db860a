package io.camelray.assets;

import java.io.IOException;

/** Our own disk refused, not the network. */
final class UnwritableFileException extends IOException {
    private static final long serialVersionUID = 1L;

    UnwritableFileException(String message, IOException cause) {
        super(message, cause);
    }
}

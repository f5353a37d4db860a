package io.camelray.assets;

import java.net.UnknownHostException;

/** A host name leads to an address that we do not connect to. */
final class ForbiddenAddressException extends UnknownHostException {
    private static final long serialVersionUID = 1L;

    ForbiddenAddressException(String message) {
        super(message);
    }
}

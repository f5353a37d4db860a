package io.camelray.delivery;

import io.camelray.model.RenderId;

/** The store no longer honours the URL: mint a fresh one by asking the provider, record it, and try again. */
public final class UrlExpiredException extends DeliveryException {
    private static final long serialVersionUID = 1L;

    private final int status;

    public UrlExpiredException(RenderId render, int status, String message) {
        super(render, message, null);
        this.status = status;
    }

    /** What the store answered; 0 if there was no URL to ask it with. */
    public int status() {
        return status;
    }
}

package io.camelray.delivery;

import io.camelray.model.RenderId;

/** An output could not be delivered now; the subclass says what to do about it. */
public abstract sealed class DeliveryException extends Exception
        permits UrlExpiredException, DeliveryRetryException, DeliveryDefectException, DeliveryTakenOverException {
    private static final long serialVersionUID = 1L;

    private final transient RenderId render;

    DeliveryException(RenderId render, String message, Throwable cause) {
        super(message, cause);
        this.render = render;
    }

    public RenderId render() {
        return render;
    }
}

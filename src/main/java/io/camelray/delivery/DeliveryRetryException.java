package io.camelray.delivery;

import io.camelray.model.RenderId;
import java.time.Duration;

/** It did not work now; nothing is lost. Give the lease back and try again after the delay. */
public final class DeliveryRetryException extends DeliveryException {
    private static final long serialVersionUID = 1L;

    private final Duration delay;

    public DeliveryRetryException(RenderId render, Duration delay, String message) {
        this(render, delay, message, null);
    }

    public DeliveryRetryException(RenderId render, Duration delay, String message, Throwable cause) {
        super(render, message, cause);
        this.delay = delay;
    }

    public Duration delay() {
        return delay;
    }
}

package io.camelray.component;

import org.apache.camel.RuntimeCamelException;

/**
 * A request that {@code ray:generate}, {@code ray:edit}, {@code ray:reframe} or {@code ray:extend} could not answer with a
 * video. Redelivery is safe after each of them: the key stays in the message, so it attaches and pays nothing twice. It is
 * unchecked and does not carry the exchange, so that no prompt and no reference gets into a log by its message.
 */
public abstract sealed class RayException extends RuntimeCamelException
        permits RayRejectedException, RayFailedException, RayHeldException, RayDetachedException {
    private static final long serialVersionUID = 1L;

    private final String key;

    RayException(String key, String message) {
        super(message);
        this.key = key;
    }

    /** What the request is called; asking again with it as the header {@code CamelRayKey} attaches. */
    public String getKey() {
        return key;
    }
}

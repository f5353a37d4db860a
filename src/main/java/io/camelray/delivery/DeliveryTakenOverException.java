package io.camelray.delivery;

import io.camelray.model.RenderId;

/** Another node delivers the output, or has done so: leave it alone. */
public final class DeliveryTakenOverException extends DeliveryException {
    private static final long serialVersionUID = 1L;

    public DeliveryTakenOverException(RenderId render) {
        super(render, "another node has taken it over", null);
    }
}

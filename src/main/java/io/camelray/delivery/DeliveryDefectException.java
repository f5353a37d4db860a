package io.camelray.delivery;

import io.camelray.model.Failure;
import io.camelray.model.FailureClass;
import io.camelray.model.RenderId;

/** The output can never be delivered as it is: fail it in the ledger with {@link #failure()}. */
public final class DeliveryDefectException extends DeliveryException {
    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    public DeliveryDefectException(RenderId render, String reason, String remedy) {
        super(render, reason + ". " + remedy, null);
        this.failure = new Failure(FailureClass.DELIVERY, reason, remedy);
    }

    public Failure failure() {
        return failure;
    }
}

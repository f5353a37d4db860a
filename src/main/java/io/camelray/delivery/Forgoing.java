package io.camelray.delivery;

import io.camelray.assets.ObjectStore;
import io.camelray.ledger.DeliveryLedger;
import io.camelray.ledger.DeliveryLedger.PendingOutput;
import io.camelray.model.OutputKind;
import java.io.IOException;
import java.time.Clock;
import java.util.function.Supplier;

/**
 * Does without an output that will never come: a thumbnail is no reason to fail a render that has been paid for, nor to
 * pay for another one. The sidecar and the ledger say why it is missing. Thread-safe.
 */
public final class Forgoing {

    private final DeliveryLedger ledger;
    private final Supplier<ObjectStore> objectStore;
    private final Sidecar sidecar;
    private final Clock clock;

    /** @param objectStore asked for only when a destination is a bucket */
    public Forgoing(DeliveryLedger ledger, Supplier<ObjectStore> objectStore, Sidecar sidecar, Clock clock) {
        this.ledger = ledger;
        this.objectStore = objectStore;
        this.sidecar = sidecar;
        this.clock = clock;
    }

    /** Whether the render is worth delivering without this output: a thumbnail beside something else. */
    public static boolean isPossible(PendingOutput pending) {
        return pending.kind() == OutputKind.THUMBNAIL
                && pending.render().outputs().stream().anyMatch(output -> output.kind() != OutputKind.THUMBNAIL);
    }

    /**
     * Writes the sidecar if this was the last output of its render, then tells the ledger: a crash in between repeats the
     * first and skips nothing.
     *
     * @param reason one sentence, without a full stop
     * @return whether the render is now delivered
     * @throws DeliveryRetryException if the sidecar cannot be written now; then nothing is recorded
     */
    public boolean forgo(PendingOutput pending, String reason) throws DeliveryRetryException {
        if (pending.lastOfRender()) {
            try {
                DeliveryTarget.of(pending.destination(), objectStore)
                        .write(
                                sidecar.key(pending),
                                Sidecar.CONTENT_TYPE,
                                sidecar.document(pending, reason, clock.instant()));
            } catch (IOException e) {
                throw new DeliveryRetryException(
                        pending.render().id(),
                        DeliveryPace.after(pending.attempt()),
                        "The sidecar could not be written: " + e.getMessage(),
                        e);
            }
        }
        return ledger.recordMissing(pending.outputId(), reason);
    }
}

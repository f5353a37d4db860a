package io.camelray.delivery;

import io.camelray.assets.ObjectProof;
import io.camelray.assets.ObjectProof.NotProven;
import io.camelray.assets.ObjectProof.Proven;
import io.camelray.assets.ObjectStore;
import io.camelray.ledger.DeliveryLedger;
import io.camelray.ledger.DeliveryLedger.PendingOutput;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes a delivery: asks the destination for the object, writes the sidecar, tells the ledger, empties the spool; in this
 * order, so that a crash at any point repeats a step and never skips one.
 */
public final class Proving {

    private static final Logger LOG = LoggerFactory.getLogger(Proving.class);

    private final DeliveryLedger ledger;
    private final Supplier<ObjectStore> objectStore;
    private final Spool spool;
    private final Sidecar sidecar;
    private final Clock clock;
    private final DeliveryFigures figures;

    /**
     * @param objectStore asked for only when a destination is a bucket
     * @param figures are told what was stored
     */
    public Proving(
            DeliveryLedger ledger,
            Supplier<ObjectStore> objectStore,
            Spool spool,
            Sidecar sidecar,
            Clock clock,
            DeliveryFigures figures) {
        this.ledger = ledger;
        this.objectStore = objectStore;
        this.spool = spool;
        this.sidecar = sidecar;
        this.clock = clock;
        this.figures = figures;
    }

    /**
     * @param eTagFromStore the entity tag that the upload was answered with
     * @throws DeliveryRetryException if the object is not there, is another, or the destination cannot be asked; then
     *     nothing is recorded
     */
    public Proof prove(PendingOutput pending, SecuredOutput output, Optional<String> eTagFromStore)
            throws DeliveryRetryException {
        Proven proven;
        String sidecarKey = "";
        try {
            DeliveryTarget target = DeliveryTarget.of(output.destination(), objectStore);
            ObjectProof proof = target.proves(output.key(), output.verified(), eTagFromStore);
            if (proof instanceof NotProven not) {
                throw retry(pending, "The output is not at its destination: " + not.reason(), null);
            }
            proven = (Proven) proof;
            if (pending.lastOfRender()) {
                sidecarKey = sidecar.key(pending, output.key());
                byte[] document = sidecar.document(pending, output, proven.entityTag(), clock.instant());
                target.write(sidecarKey, Sidecar.CONTENT_TYPE, document);
            }
        } catch (IOException e) {
            throw retry(pending, "The delivery could not be proven: " + e.getMessage(), e);
        }
        boolean delivered = ledger.recordStored(pending, output.key(), proven.entityTag());
        figures.stored(pending.render().account(), output.bytes());
        empty(pending);
        return new Proof(
                output.location(),
                output.key(),
                output.bytes(),
                output.sha256(),
                proven.entityTag(),
                proven.evidence(),
                sidecarKey,
                delivered);
    }

    /** The output is safe where it belongs; a file that stays behind is swept later. */
    private void empty(PendingOutput pending) {
        try {
            spool.remove(pending);
        } catch (IOException e) {
            LOG.warn("The delivered output {} stays in the spool: {}", pending.outputId(), e.toString());
        }
    }

    private static DeliveryRetryException retry(PendingOutput pending, String reason, Throwable cause) {
        return new DeliveryRetryException(pending.render().id(), DeliveryPace.after(pending.attempt()), reason, cause);
    }
}

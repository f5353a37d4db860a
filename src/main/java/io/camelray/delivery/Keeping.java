package io.camelray.delivery;

import io.camelray.assets.ObjectStore;
import io.camelray.ledger.DeliveryLedger;
import io.camelray.ledger.DeliveryLedger.EarlierObject;
import io.camelray.ledger.DeliveryLedger.PendingOutput;
import io.camelray.ledger.DeliveryLedger.Redelivery;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leaves an output as it was delivered before, because it can neither be copied to where it is wanted now nor be had again.
 * Its render has been paid for and was delivered: it does not fail, and nobody pays for another one. Thread-safe.
 */
public final class Keeping {

    private static final Logger LOG = LoggerFactory.getLogger(Keeping.class);

    private final DeliveryLedger ledger;
    private final Supplier<ObjectStore> objectStore;
    private final Sidecar sidecar;
    private final Clock clock;

    /** @param objectStore asked for only when a destination is a bucket */
    public Keeping(DeliveryLedger ledger, Supplier<ObjectStore> objectStore, Sidecar sidecar, Clock clock) {
        this.ledger = ledger;
        this.objectStore = objectStore;
        this.sidecar = sidecar;
        this.clock = clock;
    }

    /**
     * Writes the sidecar if that can be done, then tells the ledger.
     *
     * @param pending with a redelivery
     * @param why one sentence, without a full stop
     * @return what was told: what is left where, and why
     */
    public String keep(PendingOutput pending, String why) {
        Optional<EarlierObject> from = pending.redelivery().flatMap(Redelivery::from);
        String reason = from.map(earlier -> "The " + pending.kind().label() + " is not delivered anew to "
                        + pending.destination().locate(pending.key()) + " and counts as delivered to "
                        + earlier.location() + ": " + why)
                .orElse(why);
        if (pending.lastOfRender()) {
            try {
                write(pending, from, reason);
            } catch (IOException | IllegalArgumentException e) {
                LOG.warn(
                        "The sidecar of render {} cannot say so: {}",
                        pending.render().id(),
                        e.getMessage());
            }
        }
        ledger.recordKept(pending.outputId(), reason);
        return reason;
    }

    private void write(PendingOutput pending, Optional<EarlierObject> from, String reason) throws IOException {
        byte[] document = from.map(earlier -> sidecar.document(pending, earlier, reason, clock.instant()))
                .orElseGet(() -> sidecar.document(pending, reason, clock.instant()));
        Optional<String> beside = sidecar.keyBesideSibling(pending);
        boolean elsewhere = beside.isEmpty() && from.isPresent();
        DeliveryTarget.of(elsewhere ? from.get().destination() : pending.destination(), objectStore)
                .write(
                        elsewhere ? from.get().key() + ".json" : beside.orElseGet(() -> sidecar.key(pending)),
                        Sidecar.CONTENT_TYPE,
                        document);
    }
}

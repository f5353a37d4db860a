package io.camelray.component;

import io.camelray.delivery.DestinationWatch.Visit;
import io.camelray.delivery.SecuredOutput;
import io.camelray.ledger.DeliveryLedger.PendingOutput;
import java.util.Optional;
import org.apache.camel.Exchange;

/**
 * What travels with one output from {@code ray:rendered} over {@code ray:secure} to {@code ray:delivered}, beside the
 * message that stores may change as they like. One exchange uses it, one step after the other.
 */
final class Handover {

    private static final String PROPERTY = "CamelRayHandover";

    private final PendingOutput pending;
    private SecuredOutput secured;
    private Visit visit;
    private boolean proven;

    Handover(PendingOutput pending) {
        this.pending = pending;
    }

    static void put(Exchange exchange, Handover handover) {
        exchange.setProperty(PROPERTY, handover);
    }

    /** @throws IllegalStateException if the exchange does not come from {@code ray:rendered} */
    static Handover of(Exchange exchange) {
        Handover handover = exchange.getProperty(PROPERTY, Handover.class);
        if (handover == null) {
            throw new IllegalStateException(
                    "ray:secure and ray:delivered work in a route that begins with ray:rendered");
        }
        return handover;
    }

    PendingOutput pending() {
        return pending;
    }

    void secured(SecuredOutput output) {
        secured = output;
    }

    Optional<SecuredOutput> secured() {
        return Optional.ofNullable(secured);
    }

    void begins(Visit visitThere) {
        visit = visitThere;
    }

    /** Its way into the destination, which is over now; empty if it did not get so far, or was over before. */
    Optional<Visit> ends() {
        Optional<Visit> ended = Optional.ofNullable(visit);
        visit = null;
        return ended;
    }

    void proven() {
        proven = true;
    }

    boolean isProven() {
        return proven;
    }
}

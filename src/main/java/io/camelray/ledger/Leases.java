package io.camelray.ledger;

import io.camelray.ledger.FiringLedger.DueFiring;
import io.camelray.ledger.Hands.DigestKey;
import io.camelray.ledger.Ledger.Change;
import io.camelray.ledger.WaitingTable.Queue;
import io.camelray.model.RenderId;
import java.util.Set;

/** All that is ever leased: what waits for delivery and for the channels, firings of schedules, and digests. */
final class Leases {
    private final Tables tables;

    private final Hands hands;

    Leases(Tables tables, Hands hands) {
        this.tables = tables;
        this.hands = hands;
    }

    /** Frees what lives that are over have leased, and what was leased by somebody who never joined. */
    void free(Transaction tx) {
        if (tables.waiting().releaseAll(tx.handle()) > 0) {
            tx.announce(Change.RENDERED);
            tx.announce(Change.FAILED);
        }
        if (tables.events().queue().releaseAll(tx.handle()) > 0) {
            tx.announce(Change.EVENT);
        }
        if (tables.firings().releaseAll(tx.handle()) > 0) {
            tx.announce(Change.FIRED);
        }
        tables.digests().releaseAll(tx.handle());
    }

    /** Lets no lease of this life end before {@code until}, but for what is handed over, which takes no time. */
    void extend(Transaction tx, long epoch, long until) {
        tables.waiting().extend(tx.handle(), epoch, until);
        tables.firings().extend(tx.handle(), epoch, until);
        tables.digests().extend(tx.handle(), epoch, until);
    }

    /** Frees what this life has leased and nobody has in hand. */
    void freeStrays(Transaction tx, long epoch) {
        for (RenderId render : hands.deliveries().strays(() -> leased(tx, Queue.DELIVERY, epoch))) {
            tables.waiting().free(tx.handle(), Queue.DELIVERY, render, epoch);
            tx.announce(Change.RENDERED);
        }
        for (RenderId render : hands.failures().strays(() -> leased(tx, Queue.FAILURE, epoch))) {
            tables.waiting().free(tx.handle(), Queue.FAILURE, render, epoch);
            tx.announce(Change.FAILED);
        }
        for (Long event : hands.events().strays(() -> tables.events().queue().leased(tx.handle(), epoch))) {
            tables.events().queue().release(tx.handle(), event, epoch, tx.nowMicros());
            tx.announce(Change.EVENT);
        }
        for (DueFiring firing : hands.firings().strays(() -> tables.firings().leased(tx.handle(), epoch))) {
            tables.firings().release(tx.handle(), firing, epoch, tx.nowMicros());
            tx.announce(Change.FIRED);
        }
        for (DigestKey digest : hands.digests().strays(() -> tables.digests().leased(tx.handle(), epoch))) {
            tables.digests().release(tx.handle(), digest.name(), digest.stamp(), epoch, tx.nowMicros());
        }
    }

    private Set<RenderId> leased(Transaction tx, Queue queue, long epoch) {
        return tables.waiting().leased(tx.handle(), queue, epoch);
    }
}

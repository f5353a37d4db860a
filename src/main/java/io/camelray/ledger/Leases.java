package io.camelray.ledger;

import io.camelray.ledger.Ledger.Change;

/** All that is ever leased: what waits for delivery and for the channels, firings of schedules, and digests. */
final class Leases {
    private final Tables tables;

    Leases(Tables tables) {
        this.tables = tables;
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
}

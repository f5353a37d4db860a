package io.camelray.ledger;

import io.camelray.ledger.FiringLedger.DueFiring;
import io.camelray.ledger.RevisionTable.Draft;
import io.camelray.model.RenderId;

/** What this program has in hand of each queue that is leased from. */
record Hands(
        InHand<RenderId> deliveries,
        InHand<RenderId> failures,
        InHand<Long> events,
        InHand<DueFiring> firings,
        InHand<DigestKey> digests,
        InHand<Draft> drafts) {

    /** @param stamp which of the digests of that name */
    record DigestKey(String name, long stamp) {}

    static Hands empty() {
        return new Hands(
                new InHand<>(), new InHand<>(), new InHand<>(), new InHand<>(), new InHand<>(), new InHand<>());
    }
}

package io.camelray.ledger;

import io.camelray.model.Labelled;

/** Where an attempt's money is counted now. */
enum Stake implements Labelled {
    /** Its upper bound, while the attempt may still cost something. */
    RESERVED("reserved"),
    /** Its upper bound, while nobody knows whether it was accepted. */
    AT_RISK("at-risk"),
    /** What it cost by the price book. */
    CONFIRMED("confirmed"),
    /** Nowhere: it cost nothing. */
    RELEASED("released");

    private final String label;

    Stake(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }
}

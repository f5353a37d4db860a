package io.camelray.engine;

import io.camelray.model.Labelled;

/** What becomes of a render whose submission ended unknown, if nobody resolves it ({@code ray.unknown}). */
public enum UnknownPolicy implements Labelled {
    /** It waits for a person. */
    HOLD("hold"),
    /** When its provider's hour is over, it is planned again, at the risk of paying for it twice. */
    RESUBMIT("resubmit");

    private final String label;

    UnknownPolicy(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }
}

package io.camelray.intake;

import io.camelray.model.Labelled;

/** What becomes of the times at which a schedule should have fired while no program was running. */
public enum MisfirePolicy implements Labelled {
    /** The last of them is made up for, at the next start. */
    FIRE_ONCE("fire-once"),
    /** They are passed over. */
    SKIP("skip");

    private final String label;

    MisfirePolicy(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }
}

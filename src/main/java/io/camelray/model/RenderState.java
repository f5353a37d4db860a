package io.camelray.model;

import java.util.EnumSet;
import java.util.Set;

/** Where a render stands. The ledger allows only the changes listed here. */
public enum RenderState implements Labelled {
    /** Accepted; waits for its turn, its parents, a slot or a retry time. */
    PLANNED("planned"),
    /** Waits for a person or a policy. */
    HELD("held"),
    /** The intent is durable; the {@code POST} may be on the wire. */
    SUBMITTING("submitting"),
    /** A {@code POST} whose outcome cannot be proven; its money is at risk. */
    UNKNOWN("unknown"),
    /** The provider's id is durable. */
    RENDERING("rendering"),
    /** Completed at the provider; outputs not yet delivered. */
    RENDERED("rendered"),
    /** Stored at the destination, complete, verified. */
    DELIVERED("delivered"),
    /** Ended without an output; in the dead-letter channel. */
    FAILED("failed"),
    /** Ended by a person. */
    CANCELLED("cancelled");

    private final String label;

    RenderState(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }

    public boolean isTerminal() {
        return this == DELIVERED || this == FAILED || this == CANCELLED;
    }

    /** Whether nothing will happen to it without a person: it has ended, or waits for a decision. */
    public boolean isSettled() {
        return isTerminal() || this == HELD || this == UNKNOWN;
    }

    /** The states that may follow this one. */
    public Set<RenderState> next() {
        return switch (this) {
            case PLANNED -> EnumSet.of(SUBMITTING, HELD, FAILED, CANCELLED);
            case HELD -> EnumSet.of(PLANNED, FAILED, CANCELLED);
            case SUBMITTING -> EnumSet.of(RENDERING, PLANNED, UNKNOWN, FAILED);
            case UNKNOWN -> EnumSet.of(RENDERING, PLANNED, FAILED, CANCELLED);
            case RENDERING -> EnumSet.of(RENDERED, FAILED, PLANNED, CANCELLED);
            case RENDERED -> EnumSet.of(DELIVERED, PLANNED, FAILED);
            case FAILED -> EnumSet.of(PLANNED);
            case DELIVERED -> EnumSet.of(RENDERED); // wanted under another key by a later revision
            case CANCELLED -> EnumSet.noneOf(RenderState.class);
        };
    }
}

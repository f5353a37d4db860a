package io.camelray.ledger;

import java.time.Duration;
import java.util.Collection;
import java.util.List;

/**
 * What the nodes that share a ledger tell each other through it (design §5.1). A node lives from {@link #join} on, as long
 * as it is heard of; each of its lives has an epoch of its own. What a node submits, polls and leases carries its epoch,
 * and once another node has declared that life over and taken something of it, nothing that the former owner still says
 * about it counts, but for {@link SubmissionLedger#recordAccepted}. A ledger that has not joined can be read and operated
 * on, but not worked with beside others.
 */
public interface NodeLedger {

    /** How often a node is to be heard of. */
    Duration HEARTBEAT = Duration.ofSeconds(5);

    /** After a silence this long, by the ledger's clock, a node is dead to the others. */
    Duration SILENCE = Duration.ofSeconds(30);

    /**
     * Begins a life. What an earlier life of the same node was submitting, polls and could not prove is this one's at
     * once: the caller knows that it is over. On a ledger that one program holds at a time, so is everybody's.
     *
     * @param node this node's name, its own among those that share the ledger; at most 200 characters
     */
    void join(String node);

    /**
     * Lets the others know that this node lives, and extends its leases.
     *
     * @return false if it was silent for so long that its life is over; a new one has begun, and owns nothing
     * @throws IllegalStateException if another program works under this node's name
     */
    boolean beat();

    /**
     * Takes what dead nodes left: renders to poll, leases, drafts. What they were submitting becomes unknown when the
     * attempt's deadline is over; it is never posted again.
     *
     * @param accounts those that this node can poll
     */
    TakenOver takeOver(Collection<String> accounts);

    /**
     * @param nodes names of nodes declared dead by this call
     * @param rendering renders that this node has to poll from now on
     * @param unknown renders that became unknown
     */
    record TakenOver(List<String> nodes, int rendering, int unknown) {}

    /** Ends this node's life: its leases are free at once, and what it still polls is anybody's. */
    void leave();
}

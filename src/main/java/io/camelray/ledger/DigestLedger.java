package io.camelray.ledger;

import java.time.Duration;
import java.util.List;

/**
 * Digests for people. Any number of nodes may bring the same one: it is there once, and one of them sends it. A node that
 * dies between sending it and saying so has it sent again by another: at least once, and rarely twice.
 */
public interface DigestLedger {

    /**
     * A digest is to be sent, unless that is on record already, by whomever.
     *
     * @param digest replaces one of the same name with a lower stamp, sent or not
     */
    void addDigest(Digest digest);

    /** What a digest told of is over: it is not sent any more, and the next one of its name is told of anew. */
    void forgetDigest(String name);

    /** Leases digests that are to be sent and that no node has in hand, those that wait longest first. */
    List<Digest> claimDigests(int limit, Duration lease);

    /**
     * Ask directly before sending. Extends the lease.
     *
     * @return whether this node has it in hand; false also when it is sent, replaced, or over
     */
    boolean holdsDigest(String name, long stamp, Duration lease);

    /** It is sent. Ignored if another node has leased it by now. */
    void settleDigest(String name, long stamp);

    /** It could not be sent; after the pause any node may try. Ignored if another node has leased it by now. */
    void releaseDigest(String name, long stamp, Duration pause);

    /**
     * A digest.
     *
     * @param name what it tells of, in words; at most 300 characters
     * @param stamp counts the states of what it tells of
     * @param document what is sent, as JSON
     */
    record Digest(String name, long stamp, String document) {}
}

package io.camelray.ledger;

import io.camelray.ledger.DigestLedger.Digest;
import io.camelray.ledger.Hands.DigestKey;
import java.time.Duration;
import java.util.List;

/** Keeps digests: once for all nodes, until one of them has sent it. */
final class DigestQueue {

    private final LedgerDatabase database;
    private final DigestTable digests;
    private final Nodes nodes;
    private final InHand<DigestKey> inHand;

    DigestQueue(LedgerDatabase database, Tables tables, Nodes nodes, InHand<DigestKey> inHand) {
        this.database = database;
        this.digests = tables.digests();
        this.nodes = nodes;
        this.inHand = inHand;
    }

    /** The unique key decides between nodes that come at the same moment. */
    void add(Digest digest) {
        database.ensure(
                handle -> digests.stamp(handle, digest.name()).isPresent(),
                handle -> digests.insert(handle, digest, Micros.of(database.now(handle))));
        if (database.read(handle -> digests.stamp(handle, digest.name()).orElse(digest.stamp())) < digest.stamp()) {
            database.change(tx -> {
                digests.replace(tx.handle(), digest, tx.nowMicros());
                return null;
            });
        }
    }

    void forget(String name) {
        if (database.read(handle -> digests.stamp(handle, name).isPresent())) {
            database.change(tx -> {
                digests.delete(tx.handle(), name);
                return null;
            });
        }
    }

    List<Digest> claim(int limit, Duration lease) {
        // Asked every second, and nearly always in vain.
        if (database.read(handle ->
                digests.due(handle, Micros.of(database.now(handle)), 1, "").isEmpty())) {
            return List.of();
        }
        return inHand.claim(() -> lease(limit, lease), digest -> List.of(new DigestKey(digest.name(), digest.stamp())));
    }

    private List<Digest> lease(int limit, Duration lease) {
        return database.change(tx -> {
            long until = Micros.of(tx.now().plus(lease));
            return digests
                    .due(tx.handle(), tx.nowMicros(), limit, database.dialect().skipTaken())
                    .stream()
                    .filter(digest -> digests.lease(tx.handle(), digest, nodes.epoch(), tx.nowMicros(), until))
                    .toList();
        });
    }

    boolean holds(String name, long stamp, Duration lease) {
        return database.change(tx -> digests.hold(
                tx.handle(), name, stamp, nodes.epoch(), Micros.of(tx.now().plus(lease))));
    }

    void settle(String name, long stamp) {
        InHand<DigestKey>.Grip grip = inHand.grip(new DigestKey(name, stamp));
        database.change(tx -> {
            digests.settle(tx.handle(), name, stamp, nodes.epoch());
            return null;
        });
        grip.letGo();
    }

    void release(String name, long stamp, Duration pause) {
        // Before: should the ledger not hear of it, it is freed all the same.
        inHand.abandon(new DigestKey(name, stamp));
        database.change(tx -> {
            digests.release(
                    tx.handle(), name, stamp, nodes.epoch(), Micros.of(tx.now().plus(pause)));
            return null;
        });
    }
}

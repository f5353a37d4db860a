package io.camelray.ledger;

import io.camelray.ledger.NodeTable.Node;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** This node's life, and the end of others'. */
final class Nodes {
    private static final long NOBODY = 0;

    private final LedgerDatabase database;
    private final Tables tables;
    private final Leases leases;
    private volatile String name;
    private volatile long epoch = NOBODY;
    /** When the last life was entered; whether it was committed may not be known. */
    private volatile long lifeBegun;

    private volatile Instant lastBeat = Instant.MAX;
    private volatile Instant heardSince = Instant.MIN;

    Nodes(LedgerDatabase database, Tables tables, Hands hands) {
        this.database = database;
        this.tables = tables;
        this.leases = new Leases(tables, hands);
    }

    /** What this node's work carries; nobody's before it has joined. */
    long epoch() {
        return epoch;
    }

    /** Whether the others may still believe in this node; always, for who works alone. */
    boolean lives(Transaction tx) {
        return epoch == NOBODY || tables.nodes().lives(tx.handle(), epoch);
    }

    void join(String node) {
        name = node;
        epoch = database.change(tx -> {
            Optional<Long> earlier = tables.nodes().epoch(tx.handle(), node);
            if (database.dialect().isHeldByOne()) {
                tables.nodes().deleteAll(tx.handle());
            } else {
                earlier.ifPresent(life -> tables.nodes().delete(tx.handle(), life));
            }
            long begun = tables.nodes().insert(tx.handle(), node, tx.nowMicros());
            if (database.dialect().isHeldByOne()) {
                tables.inFlight().ownAll(tx.handle(), begun);
            } else {
                earlier.ifPresent(life -> tables.inFlight().inherit(tx.handle(), life, begun));
            }
            return begun;
        });
        database.absence().watch();
    }

    boolean beat() {
        long before = epoch;
        epoch = database.change(tx -> {
            Instant now = tx.now();
            if (lastBeat.isBefore(now.minus(NodeLedger.SILENCE.dividedBy(2)))) {
                // It was we who could not reach the ledger, or did not run: that the others are silent proves nothing
                // yet.
                heardSince = now;
            }
            lastBeat = now;
            if (tables.nodes().beat(tx.handle(), before, tx.nowMicros())) {
                leases.freeStrays(tx, before);
                leases.extend(tx, before, Micros.of(now.plus(NodeLedger.SILENCE)));
                return before;
            }
            Optional<Long> unheard = tables.nodes().begun(tx.handle(), name, lifeBegun);
            if (unheard.isPresent()) {
                return unheard.get();
            }
            if (tables.nodes().epoch(tx.handle(), name).isPresent()) {
                throw new IllegalStateException("Another program works under the name of this node, " + name
                        + ": two programs must not have copies of one home; delete the file ledger/node in one of them"
                        + " and start it again");
            }
            lifeBegun = tx.nowMicros();
            return tables.nodes().insert(tx.handle(), name, lifeBegun);
        });
        database.absence().ended();
        return epoch == before;
    }

    /** Ends the lives of those that have been silent for too long. @return their names */
    List<String> endSilent() {
        return database.change(tx -> {
            if (tx.now().minus(NodeLedger.SILENCE).isBefore(heardSince)) {
                return List.<String>of();
            }
            long since = Micros.of(tx.now().minus(NodeLedger.SILENCE));
            return tables.nodes().silent(tx.handle(), since).stream()
                    .filter(node -> node.epoch() != epoch)
                    .filter(node -> tables.nodes().deleteSilent(tx.handle(), node.epoch(), since))
                    .map(Node::name)
                    .toList();
        });
    }

    void leave() {
        long ended = epoch;
        database.change(tx -> {
            tables.nodes().delete(tx.handle(), ended);
            leases.free(tx);
            return null;
        });
    }

    /** Frees what dead nodes had leased. */
    void freeLeases() {
        database.change(tx -> {
            leases.free(tx);
            return null;
        });
    }
}

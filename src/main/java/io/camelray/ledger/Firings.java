package io.camelray.ledger;

import io.camelray.ledger.FiringLedger.DueFiring;
import io.camelray.ledger.FiringLedger.Firing;
import io.camelray.ledger.FiringLedger.FiringOutcome;
import io.camelray.ledger.Ledger.Change;
import io.camelray.ledger.PlanningLedger.Revision;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Keeps schedules' firings: once for all nodes, until somebody has planned them. */
final class Firings {

    private final LedgerDatabase database;
    private final Nodes nodes;
    private final ScheduleTable schedules = new ScheduleTable();
    private final FiringTable firings;
    private final InHand<DueFiring> inHand;

    Firings(LedgerDatabase database, Tables tables, Nodes nodes, InHand<DueFiring> inHand) {
        this.database = database;
        this.firings = tables.firings();
        this.nodes = nodes;
        this.inHand = inHand;
    }

    Instant watch(String schedule, String timing) {
        database.ensure(
                handle -> schedules.find(handle, schedule).isPresent(),
                handle -> schedules.insert(handle, schedule, timing, Micros.of(database.now(handle))));
        return database.change(tx -> {
            schedules.update(tx.handle(), schedule, timing, tx.nowMicros());
            Instant from = schedules
                    .find(tx.handle(), schedule)
                    .map(ScheduleTable.Watch::from)
                    .orElseGet(tx::now);
            return firings.last(tx.handle(), schedule).filter(from::isBefore).orElse(from);
        });
    }

    void unwatch(String schedule) {
        database.change(tx -> {
            schedules.delete(tx.handle(), schedule);
            return null;
        });
    }

    boolean record(String schedule, Instant at) {
        return insert(schedule, at, FiringOutcome.DUE, "");
    }

    boolean skip(String schedule, Instant at, String why) {
        return insert(schedule, at, FiringOutcome.SKIPPED, why);
    }

    /** The unique key decides between nodes that come at the same moment. */
    private boolean insert(String schedule, Instant at, FiringOutcome outcome, String detail) {
        if (database.read(handle -> firings.exists(handle, schedule, at))) {
            return false;
        }
        try {
            database.change(tx -> {
                firings.insert(tx.handle(), schedule, at, outcome, Bounded.text(detail), tx.nowMicros());
                if (outcome == FiringOutcome.DUE) {
                    tx.announce(Change.FIRED);
                }
                return null;
            });
            return true;
        } catch (LedgerUnavailableException e) {
            if (database.read(handle -> firings.exists(handle, schedule, at))) {
                return false;
            }
            throw e;
        }
    }

    List<DueFiring> claim(int limit, Duration lease) {
        return inHand.claim(() -> lease(limit, lease), List::of);
    }

    private List<DueFiring> lease(int limit, Duration lease) {
        return database.change(tx -> {
            List<DueFiring> due = firings.due(
                    tx.handle(), tx.nowMicros(), limit, database.dialect().skipTaken());
            long until = Micros.of(tx.now().plus(lease));
            return due.stream()
                    .filter(firing -> firings.lease(tx.handle(), firing, nodes.epoch(), tx.nowMicros(), until))
                    .toList();
        });
    }

    void settle(DueFiring firing, FiringOutcome outcome, Optional<Revision> revision, String detail) {
        InHand<DueFiring>.Grip grip = inHand.grip(firing);
        database.change(tx -> {
            firings.settle(tx.handle(), firing, nodes.epoch(), outcome, revision, Bounded.text(detail));
            tx.announce(Change.FIRED);
            return null;
        });
        grip.letGo();
    }

    void release(DueFiring firing, Duration pause) {
        InHand<DueFiring>.Grip grip = inHand.grip(firing);
        database.change(tx -> {
            firings.release(
                    tx.handle(), firing, nodes.epoch(), Micros.of(tx.now().plus(pause)));
            return null;
        });
        grip.letGo();
    }

    List<Firing> latest() {
        return database.read(firings::latest);
    }
}

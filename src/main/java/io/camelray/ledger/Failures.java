package io.camelray.ledger;

import io.camelray.ledger.DeliveryLedger.FailedRevision;
import io.camelray.ledger.FailureTable.Waiting;
import io.camelray.ledger.Ledger.Change;
import io.camelray.ledger.WaitingTable.Queue;
import io.camelray.model.RenderId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Leases of failures to whoever hands them to the dead-letter channel, a revision at a time. */
final class Failures {
    private static final int PAGE = 500;

    private final LedgerDatabase database;
    private final Tables tables;
    private final RenderReader reader;
    private final Nodes nodes;
    private final InHand<RenderId> inHand;
    private final FailureTable failures = new FailureTable();

    Failures(LedgerDatabase database, Tables tables, RenderReader reader, Nodes nodes, InHand<RenderId> inHand) {
        this.database = database;
        this.tables = tables;
        this.reader = reader;
        this.nodes = nodes;
        this.inHand = inHand;
    }

    List<FailedRevision> claim(int limit, Duration lease) {
        return inHand.claim(() -> lease(limit, lease), FailedRevision::claimed);
    }

    private List<FailedRevision> lease(int limit, Duration lease) {
        return database.read(handle -> failures.revisions(handle)).stream()
                .map(revision -> database.change(tx -> lease(tx, revision, lease)))
                .flatMap(Optional::stream)
                .limit(limit)
                .toList();
    }

    /** Under the lock of the campaign, so that two nodes do not lease half of a revision each. */
    private Optional<FailedRevision> lease(Transaction tx, long revision, Duration lease) {
        tables.campaigns().lock(tx.handle(), failures.campaign(tx.handle(), revision));
        long now = tx.nowMicros();
        long patience = Micros.of(tx.now().minus(DeliveryLedger.LONGEST_WAIT));
        List<Waiting> waiting = failures.waiting(tx.handle(), revision);
        boolean free = waiting.stream().allMatch(one -> one.isFree(now));
        boolean ripe = waiting.stream().anyMatch(one -> one.since() <= patience)
                || waiting.stream()
                        .map(Waiting::revision)
                        .distinct()
                        .allMatch(current -> failures.isSettled(tx.handle(), current));
        if (waiting.isEmpty() || !free || !ripe) {
            return Optional.empty();
        }
        Instant leasedUntil = tx.now().plus(lease);
        long until = Micros.of(leasedUntil);
        List<RenderId> claimed = waiting.stream().map(Waiting::render).toList();
        List<RenderRecord> failed = failed(tx, revision);
        if (failed.isEmpty()) {
            // What was tried again before it could be handed over is no failure any more.
            claimed.forEach(render -> tables.waiting().delete(tx.handle(), Queue.FAILURE, render));
            tx.announce(Change.SETTLED);
            return Optional.empty();
        }
        claimed.forEach(
                render -> tables.waiting().lease(tx.handle(), Queue.FAILURE, render, nodes.epoch(), now, until));
        return Optional.of(failures.revision(tx.handle(), revision, failed, claimed, leasedUntil));
    }

    private List<RenderRecord> failed(Transaction tx, long revision) {
        List<RenderId> ids = failures.failed(tx.handle(), revision);
        List<RenderRecord> failed = new ArrayList<>();
        for (int start = 0; start < ids.size(); start += PAGE) {
            failed.addAll(reader.renders(tx.handle(), ids.subList(start, Math.min(start + PAGE, ids.size()))));
        }
        failed.sort(Comparator.comparing(render -> render.id().value()));
        return List.copyOf(failed);
    }

    void settle(FailedRevision failed) {
        List<InHand<RenderId>.Grip> grips = grips(failed);
        database.change(tx -> {
            long until = Micros.of(failed.leasedUntil());
            failed.claimed().forEach(render -> failures.settle(tx.handle(), render, nodes.epoch(), until));
            tx.announce(Change.SETTLED);
            return null;
        });
        grips.forEach(InHand.Grip::letGo);
    }

    private List<InHand<RenderId>.Grip> grips(FailedRevision failed) {
        return failed.claimed().stream().map(inHand::grip).toList();
    }

    void release(FailedRevision failed, Duration delay) {
        List<InHand<RenderId>.Grip> grips = grips(failed);
        database.change(tx -> {
            long due = Micros.of(tx.now().plus(delay));
            long until = Micros.of(failed.leasedUntil());
            failed.claimed().forEach(render -> failures.release(tx.handle(), render, nodes.epoch(), until, due));
            tx.announce(Change.FAILED);
            return null;
        });
        grips.forEach(InHand.Grip::letGo);
    }
}

package io.camelray.ledger;

import io.camelray.ledger.DeliveryLedger.PendingOutput;
import io.camelray.ledger.DeliveryLedger.SecuredFile;
import io.camelray.ledger.Ledger.Change;
import io.camelray.ledger.OutputTable.OutputRow;
import io.camelray.ledger.RenderMoves.Locked;
import io.camelray.ledger.WaitingTable.Queue;
import io.camelray.model.Failure;
import io.camelray.model.RenderId;
import io.camelray.model.RenderState;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Leases to whoever delivers or reports, and what they say. */
final class Delivery {
    private static final Comparator<OutputRow> FIRST_TO_DIE =
            Comparator.comparing(output -> output.expiresAt().orElse(Instant.MIN));

    private final LedgerDatabase database;
    private final Tables tables;
    private final RenderMoves moves;
    private final RenderReader reader;

    Delivery(LedgerDatabase database, Tables tables, RenderMoves moves, RenderReader reader) {
        this.database = database;
        this.tables = tables;
        this.moves = moves;
        this.reader = reader;
    }

    List<PendingOutput> claimRendered(int limit, Duration lease) {
        return database.change(tx -> lease(tx, Queue.DELIVERY, limit, lease).stream()
                .flatMap(render -> pending(tx, render).stream())
                .toList());
    }

    private List<RenderId> lease(Transaction tx, Queue queue, int limit, Duration lease) {
        long until = Micros.of(tx.now().plus(lease));
        return tables.waiting().due(tx.handle(), queue, tx.nowMicros(), limit).stream()
                .filter(render -> tables.waiting().lease(tx.handle(), queue, render, tx.nowMicros(), until))
                .toList();
    }

    private Optional<PendingOutput> pending(Transaction tx, RenderId render) {
        List<OutputRow> waiting = waiting(tx.handle(), render);
        return waiting.stream()
                .min(FIRST_TO_DIE)
                .map(output -> new PendingOutput(
                        output.id(),
                        reader.render(tx.handle(), render).orElseThrow(),
                        output.kind(),
                        output.url(),
                        output.expiresAt().orElse(tx.now()),
                        output.destination(),
                        output.key(),
                        output.alternateKey(),
                        output.tries(),
                        output.secured(),
                        waiting.size() == 1));
    }

    private List<OutputRow> waiting(Handle handle, RenderId render) {
        return tables.outputs().of(handle, render).stream()
                .filter(output -> !output.isStored())
                .toList();
    }

    Optional<Instant> nextRendered() {
        return database.read(handle -> tables.waiting().next(handle, Queue.DELIVERY));
    }

    void secured(long outputId, SecuredFile file) {
        database.change(tx -> {
            tables.outputs().secured(tx.handle(), outputId, file);
            return null;
        });
    }

    boolean stored(long outputId, String key, String entityTag) {
        return database.change(tx -> {
            RenderId render = output(tx.handle(), outputId).render();
            Locked locked = moves.lock(tx, render);
            if (!output(tx.handle(), outputId).isStored()) {
                tables.outputs().stored(tx.handle(), outputId, key, entityTag, tx.nowMicros());
                tables.campaigns().touch(tx.handle(), locked.campaign().id());
            }
            if (locked.render().state() != RenderState.RENDERED) {
                return locked.render().state() == RenderState.DELIVERED;
            }
            List<OutputRow> left = waiting(tx.handle(), render);
            if (left.isEmpty()) {
                moves.move(tx, locked.render(), RenderState.DELIVERED, Details.NONE, "all outputs are stored");
                return true;
            }
            Instant expiry = left.stream()
                    .min(FIRST_TO_DIE)
                    .flatMap(OutputRow::expiresAt)
                    .orElse(tx.now());
            tables.waiting().release(tx.handle(), Queue.DELIVERY, render, tx.nowMicros());
            tables.waiting().reorder(tx.handle(), Queue.DELIVERY, render, Micros.of(expiry));
            tx.announce(Change.RENDERED);
            return false;
        });
    }

    boolean awaitsDelivery(long outputId) {
        return database.read(handle -> tables.outputs().awaitsDelivery(handle, outputId));
    }

    void release(long outputId, Duration delay, String reason) {
        database.change(tx -> {
            OutputRow output = output(tx.handle(), outputId);
            Locked locked = moves.lock(tx, output.render());
            tables.outputs().tried(tx.handle(), outputId);
            tables.waiting()
                    .release(
                            tx.handle(),
                            Queue.DELIVERY,
                            output.render(),
                            Micros.of(tx.now().plus(delay)));
            tables.events()
                    .noted(
                            tx,
                            "delivery-delayed",
                            locked.render(),
                            locked.render().attempt(),
                            reason);
            tx.announce(Change.RENDERED);
            return null;
        });
    }

    void failOutput(long outputId, Failure failure) {
        database.change(tx -> {
            Locked locked = moves.lock(tx, output(tx.handle(), outputId).render());
            if (locked.render().state() == RenderState.RENDERED) {
                moves.fail(tx, locked.render(), failure);
            }
            return null;
        });
    }

    private OutputRow output(Handle handle, long id) {
        return tables.outputs()
                .find(handle, id)
                .orElseThrow(() -> new IllegalArgumentException("The ledger has no output " + id));
    }

    void releaseAllLeases() {
        database.change(tx -> {
            tables.waiting().releaseAll(tx.handle());
            tx.announce(Change.RENDERED);
            tx.announce(Change.FAILED);
            return null;
        });
    }

    List<RenderRecord> claimFailures(int limit, Duration lease) {
        return database.change(tx -> lease(tx, Queue.FAILURE, limit, lease).stream()
                .map(render -> reader.render(tx.handle(), render).orElseThrow())
                .toList());
    }

    void settleFailure(RenderId render) {
        database.change(tx -> {
            tables.waiting().delete(tx.handle(), Queue.FAILURE, render);
            tx.announce(Change.SETTLED);
            return null;
        });
    }

    void releaseFailure(RenderId render, Duration delay) {
        database.change(tx -> {
            tables.waiting()
                    .release(
                            tx.handle(),
                            Queue.FAILURE,
                            render,
                            Micros.of(tx.now().plus(delay)));
            tx.announce(Change.FAILED);
            return null;
        });
    }
}

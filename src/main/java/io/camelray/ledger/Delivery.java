package io.camelray.ledger;

import io.camelray.ledger.DeliveryLedger.PendingOutput;
import io.camelray.ledger.DeliveryLedger.Redelivery;
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
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/** Leases to whoever delivers or reports, and what they say. */
final class Delivery {
    /** What is not offered, or breaks again and again, must not keep its whole sibling from being stored in time. */
    private static final Comparator<OutputRow> FIRST_TO_DIE = Comparator.comparing(
                    (OutputRow output) -> output.expiresAt().isEmpty())
            .thenComparingInt(OutputRow::tries)
            .thenComparing(output -> output.expiresAt().orElse(Instant.MAX));

    private final LedgerDatabase database;
    private final Tables tables;
    private final RenderMoves moves;
    private final RenderReader reader;
    private final Nodes nodes;
    private final InHand<RenderId> inHand;

    Delivery(
            LedgerDatabase database,
            Tables tables,
            RenderMoves moves,
            RenderReader reader,
            Nodes nodes,
            InHand<RenderId> inHand) {
        this.database = database;
        this.tables = tables;
        this.moves = moves;
        this.reader = reader;
        this.nodes = nodes;
        this.inHand = inHand;
    }

    private boolean isAnothers(Transaction tx, Queue queue, RenderId render) {
        return tables.waiting().isAnothers(tx.handle(), queue, render, nodes.epoch());
    }

    List<PendingOutput> claimRendered(int limit, Duration lease) {
        return claim(() -> database.change(tx -> lease(tx, Queue.DELIVERY, limit, lease).stream()
                .flatMap(render -> pending(tx, render).stream())
                .toList()));
    }

    Optional<PendingOutput> claimRendered(RenderId render, Duration lease) {
        return claim(() -> database.change(tx -> {
                    long until = Micros.of(tx.now().plus(lease));
                    return tables.waiting()
                                    .lease(tx.handle(), Queue.DELIVERY, render, nodes.epoch(), tx.nowMicros(), until)
                            ? pending(tx, render).stream().toList()
                            : List.<PendingOutput>of();
                }))
                .stream()
                .findFirst();
    }

    private List<PendingOutput> claim(Supplier<List<PendingOutput>> claim) {
        return inHand.claim(claim, pending -> List.of(pending.render().id()));
    }

    /** What is said at the end of a lease; it counts for nothing if the output is another node's by now. */
    private <T> T settle(long outputId, T ifAnothers, BiFunction<Transaction, Locked, T> settling) {
        record Settled<T>(T result, InHand<RenderId>.Grip grip) {}
        Settled<T> settled = database.change(tx -> {
            RenderId render = output(tx.handle(), outputId).render();
            InHand<RenderId>.Grip grip = inHand.grip(render);
            Locked locked = moves.lock(tx, render);
            T result = isAnothers(tx, Queue.DELIVERY, render) ? ifAnothers : settling.apply(tx, locked);
            return new Settled<>(result, grip);
        });
        settled.grip().letGo();
        return settled.result();
    }

    private List<RenderId> lease(Transaction tx, Queue queue, int limit, Duration lease) {
        long until = Micros.of(tx.now().plus(lease));
        return tables
                .waiting()
                .due(
                        tx.handle(),
                        queue,
                        tx.nowMicros(),
                        limit,
                        database.dialect().skipTaken())
                .stream()
                .filter(render ->
                        tables.waiting().lease(tx.handle(), queue, render, nodes.epoch(), tx.nowMicros(), until))
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
                        output.diesAt(tx.now()),
                        output.destination(),
                        output.key(),
                        output.alternateKey(),
                        output.tries(),
                        output.secured(),
                        waiting.size() == 1,
                        output.redelivery()));
    }

    private List<OutputRow> waiting(Handle handle, RenderId render) {
        return tables.outputs().of(handle, render).stream()
                .filter(OutputRow::awaitsDelivery)
                .toList();
    }

    Optional<Instant> nextRendered() {
        return database.read(handle -> tables.waiting().next(handle, Queue.DELIVERY));
    }

    void secured(long outputId, SecuredFile file) {
        database.change(tx -> {
            if (!isAnothers(tx, Queue.DELIVERY, output(tx.handle(), outputId).render())) {
                tables.outputs().secured(tx.handle(), outputId, file);
            }
            return null;
        });
    }

    boolean stored(PendingOutput pending, String key, String entityTag) {
        long outputId = pending.outputId();
        return settle(outputId, false, (tx, locked) -> {
            OutputRow output = output(tx.handle(), outputId);
            if (!output.isStored() && isAsPlanned(output, pending)) {
                tables.outputs().stored(tx.handle(), outputId, key, entityTag, tx.nowMicros());
                tables.redeliveries().delete(tx.handle(), outputId);
                tables.campaigns().touch(tx.handle(), locked.campaign().id());
            } else if (!output.isStored()) {
                long campaign = locked.campaign().id();
                tables.redeliveries().remember(tx.handle(), campaign, pending, key, entityTag, tx.nowMicros());
                noted(
                        tx,
                        locked,
                        "stored-elsewhere",
                        pending.destination().locate(key) + " is not where it belongs now");
            }
            return close(tx, locked, "all outputs are stored");
        });
    }

    /** Otherwise a new revision came while it was on its way. */
    private static boolean isAsPlanned(OutputRow output, PendingOutput pending) {
        return output.destination().equals(pending.destination())
                && output.key().equals(pending.key())
                && output.alternateKey().equals(pending.alternateKey());
    }

    boolean kept(long outputId, String reason) {
        return settle(outputId, false, (tx, locked) -> keep(tx, locked, output(tx.handle(), outputId), reason));
    }

    private boolean keep(Transaction tx, Locked locked, OutputRow output, String reason) {
        if (locked.render().state() == RenderState.RENDERED && output.awaitsDelivery()) {
            Redelivery redelivery = output.redelivery()
                    .orElseThrow(() -> new IllegalStateException(
                            "Output " + output.id() + " was not delivered before; it cannot be left as it was"));
            if (redelivery.from().isPresent()) {
                tables.redeliveries().restore(tx.handle(), output.id());
                tables.renders().note(tx.handle(), locked.render().id(), reason);
            } else {
                tables.outputs().missing(tx.handle(), output.id(), reason);
            }
            tables.redeliveries().delete(tx.handle(), output.id());
            noted(tx, locked, "redelivery-given-up", output.kind().label() + ": " + reason);
            tables.campaigns().touch(tx.handle(), locked.campaign().id());
        }
        return close(tx, locked, "it stays where it was delivered before: " + reason);
    }

    private void noted(Transaction tx, Locked locked, String kind, String detail) {
        tables.events().noted(tx, kind, locked.render(), locked.render().attempt(), detail);
    }

    boolean missing(long outputId, String reason) {
        return settle(outputId, false, (tx, locked) -> {
            OutputRow output = output(tx.handle(), outputId);
            if (locked.render().state() == RenderState.RENDERED && output.awaitsDelivery()) {
                tables.outputs().missing(tx.handle(), outputId, reason);
                tables.events()
                        .noted(
                                tx,
                                "output-missing",
                                locked.render(),
                                locked.render().attempt(),
                                output.kind().label() + ": " + reason);
                tables.campaigns().touch(tx.handle(), locked.campaign().id());
            }
            return close(
                    tx,
                    locked,
                    "all outputs are stored, without the " + output.kind().label());
        });
    }

    /** Makes the render delivered if nothing of it is left to do, else ready to be claimed for the next output. */
    private boolean close(Transaction tx, Locked locked, String why) {
        RenderId render = locked.render().id();
        if (locked.render().state() != RenderState.RENDERED) {
            return locked.render().state() == RenderState.DELIVERED;
        }
        List<OutputRow> left = waiting(tx.handle(), render);
        if (left.isEmpty()) {
            Details note = Details.noted(tables.renders().note(tx.handle(), render));
            moves.move(tx, locked.render(), RenderState.DELIVERED, note, why);
            return true;
        }
        Instant expiry = left.stream()
                .min(FIRST_TO_DIE)
                .map(next -> next.diesAt(tx.now()))
                .orElse(tx.now());
        tables.waiting().release(tx.handle(), Queue.DELIVERY, render, tx.nowMicros());
        tables.waiting().reorder(tx.handle(), Queue.DELIVERY, render, Micros.of(expiry));
        tx.announce(Change.RENDERED);
        return false;
    }

    boolean awaitsDelivery(long outputId) {
        return database.read(handle -> tables.outputs().awaitsDelivery(handle, outputId));
    }

    boolean mayDeliver(long outputId) {
        return database.read(handle -> tables.outputs()
                .find(handle, outputId)
                .filter(output -> tables.outputs().awaitsDelivery(handle, outputId))
                .filter(output ->
                        !tables.waiting().isHeldByAnother(handle, Queue.DELIVERY, output.render(), nodes.epoch()))
                .isPresent());
    }

    void release(long outputId, Duration delay, String reason) {
        settle(outputId, null, (tx, locked) -> {
            if (locked.render().state() != RenderState.RENDERED) {
                return null;
            }
            tables.outputs().tried(tx.handle(), outputId);
            tables.waiting()
                    .release(
                            tx.handle(),
                            Queue.DELIVERY,
                            locked.render().id(),
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
        settle(outputId, null, (tx, locked) -> {
            if (locked.render().state() != RenderState.RENDERED) {
                return null;
            }
            OutputRow output = output(tx.handle(), outputId);
            if (output.redelivery().isPresent()) {
                keep(tx, locked, output, failure.reason());
            } else {
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
}

package io.camelray.ledger;

import io.camelray.ledger.Ledger.Change;
import io.camelray.ledger.ParentTable.Hopeless;
import io.camelray.ledger.RenderTable.RenderRow;
import io.camelray.ledger.WaitingTable.Queue;
import io.camelray.model.Failure;
import io.camelray.model.FailureClass;
import io.camelray.model.RenderId;
import io.camelray.model.RenderState;
import java.util.List;

/**
 * What becomes of the renders that wait for another one. Called in the transaction that changes the parent, under the
 * lock of the campaign that they share; a parent may have a million children, so they are changed some at a time.
 */
final class Children {
    private static final int SOME = 500;
    private static final String REMEDY = "Ask for both again once render %s can succeed";

    private final Tables tables;

    Children(Tables tables) {
        this.tables = tables;
    }

    /** @param chained whether the provider gave something to refer to the result with */
    void parentCompleted(Transaction tx, RenderRow parent, boolean chained) {
        if (!chained) {
            end(tx, parent.id().value(), RenderState.RENDERED);
        } else if (tables.parents().countChildren(tx.handle(), parent.id()) > 0) {
            tx.announce(Change.DUE);
        }
    }

    /** The parent failed for good or was cancelled. Children that have its result already are not concerned. */
    void parentEnded(Transaction tx, RenderId parent, RenderState how) {
        end(tx, parent.value(), how);
    }

    /** Ends what a revision asks for of parents that had ended before. */
    void endHopeless(Transaction tx, long revision) {
        long after = 0;
        List<Hopeless> some;
        do {
            some = tables.parents().hopeless(tx.handle(), revision, after, SOME);
            for (Hopeless parent : some) {
                end(tx, parent.id(), Labels.state(parent.state()));
                after = parent.id();
            }
        } while (some.size() == SOME);
    }

    /**
     * What starts from a render that nobody wants is not wanted either: all of it that has not been submitted is
     * cancelled, to the last generation.
     *
     * @return how many
     */
    int cancel(Transaction tx, RenderId parent) {
        int cancelled = cancel(tx, parent.value());
        if (cancelled > 0) {
            tx.announce(Change.SETTLED);
        }
        return cancelled;
    }

    private int cancel(Transaction tx, long parent) {
        String why = "It starts from render " + new RenderId(parent) + ", which was cancelled";
        int cancelled = 0;
        List<Long> some = tables.parents().unsubmittedChildren(tx.handle(), parent, 0, SOME);
        while (!some.isEmpty()) {
            tables.events().movedAll(tx, some, RenderState.CANCELLED, why);
            tables.sets().cancel(tx.handle(), some, why, tx.nowMicros());
            cancelled += some.size();
            for (long child : tables.parents().withWaitingChildren(tx.handle(), some)) {
                cancelled += cancel(tx, child);
            }
            long last = some.get(some.size() - 1);
            some = tables.parents().unsubmittedChildren(tx.handle(), parent, last, SOME);
        }
        return cancelled;
    }

    private void end(Transaction tx, long parent, RenderState how) {
        if (how == RenderState.CANCELLED) {
            cancel(tx, new RenderId(parent));
            return;
        }
        List<Long> children = tables.parents().waitingChildren(tx.handle(), parent, 0, SOME);
        if (children.isEmpty()) {
            return;
        }
        RenderId id = new RenderId(parent);
        Failure failure = new Failure(FailureClass.PARENT, reason(id, how), REMEDY.formatted(id));
        while (!children.isEmpty()) {
            tables.events()
                    .movedAll(tx, children, RenderState.FAILED, failure.kind().label() + ": " + failure.reason());
            tables.waiting().insertAll(tx.handle(), Queue.FAILURE, children, tx.nowMicros(), tx.nowMicros());
            tables.sets().fail(tx.handle(), children, failure, tx.nowMicros());
            for (long child : tables.parents().withWaitingChildren(tx.handle(), children)) {
                end(tx, child, RenderState.FAILED);
            }
            long last = children.get(children.size() - 1);
            children = tables.parents().waitingChildren(tx.handle(), parent, last, SOME);
        }
        tx.announce(Change.FAILED);
        tx.announce(Change.SETTLED);
    }

    private static String reason(RenderId parent, RenderState how) {
        return switch (how) {
            case FAILED -> "It starts from render " + parent + ", which failed";
            case RENDERED, DELIVERED ->
                "It starts from render " + parent
                        + ", which completed, but its provider gives no id that a later step could refer to";
            case PLANNED, HELD, SUBMITTING, UNKNOWN, RENDERING, CANCELLED ->
                throw new IllegalArgumentException("No render fails because render " + parent + " is " + how.label());
        };
    }
}

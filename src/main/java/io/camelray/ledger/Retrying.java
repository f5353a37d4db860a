package io.camelray.ledger;

import io.camelray.ledger.CampaignTable.CampaignRow;
import io.camelray.ledger.Ledger.Change;
import io.camelray.ledger.OperatorLedger.Retry;
import io.camelray.ledger.ParentTable.Hopeless;
import io.camelray.ledger.RenderMoves.Locked;
import io.camelray.ledger.RenderTable.RenderRow;
import io.camelray.ledger.WaitingTable.Queue;
import io.camelray.model.HoldReason;
import io.camelray.model.Money;
import io.camelray.model.RenderId;
import io.camelray.model.RenderState;
import java.util.List;
import java.util.Optional;

/** Plans failed renders again, and with them what failed because of them; some at a time, for there may be a million. */
final class Retrying {
    private static final int SOME = 500;
    private static final String WHY = "an operator retries it";

    private final LedgerDatabase database;
    private final Tables tables;
    private final RenderMoves moves;
    private final OperatorSets sets = new OperatorSets();

    Retrying(LedgerDatabase database, Tables tables, RenderMoves moves) {
        this.database = database;
        this.tables = tables;
        this.moves = moves;
    }

    Retry retry(RenderId id) {
        return database.change(tx -> {
            if (!tables.renders().isAccepted(tx.handle(), id)) {
                throw new OperatorException("There is no render " + id);
            }
            Locked locked = moves.lock(tx, id);
            RenderRow render = locked.render();
            if (render.state() != RenderState.FAILED) {
                throw new OperatorException(
                        "Render " + id + " is " + render.state().label() + "; only a failed render can be retried");
            }
            if (!locked.campaign().isCurrent(render.revisionId())) {
                throw new OperatorException("Render " + id + " is no longer in the manifest of "
                        + locked.campaign().name() + "; ask for it there");
            }
            Optional<Hopeless> parent = tables.parents().hopelessParent(tx.handle(), id);
            if (parent.isPresent()) {
                throw new OperatorException("Render " + id + " starts from render "
                        + new RenderId(parent.get().id()) + ", which is "
                        + parent.get().state() + " and gave nothing to start from; retry that one");
            }
            List<Long> one = List.of(id.value());
            Money paid = sets.confirmed(tx.handle(), one);
            planAfresh(tx, one, WHY);
            int revived = revive(tx, render.revisionId(), one);
            return done(tx, locked.campaign(), 1, revived, paid);
        });
    }

    Retry retryCampaign(String name) {
        return database.change(tx -> {
            CampaignRow campaign = tables.campaigns()
                    .find(tx.handle(), name)
                    .map(found -> tables.campaigns().lock(tx.handle(), found.id()))
                    .filter(found -> found.currentRevision().isPresent())
                    .orElseThrow(() -> new OperatorException("There is no campaign '" + name + "'"));
            long revision = campaign.currentRevision().orElseThrow();
            int planned = 0;
            int revived = 0;
            Money paid = Money.ZERO;
            List<Long> some = sets.failed(tx.handle(), revision, SOME);
            while (!some.isEmpty()) {
                paid = paid.plus(sets.confirmed(tx.handle(), some));
                planAfresh(tx, some, WHY);
                planned += some.size();
                revived += revive(tx, revision, some);
                some = sets.failed(tx.handle(), revision, SOME);
            }
            if (planned == 0) {
                throw new OperatorException(
                        "No render of campaign " + name + " has failed by itself; there is nothing" + " to retry");
            }
            return done(tx, campaign, planned, revived, paid);
        });
    }

    /** The renders must have failed. */
    private void planAfresh(Transaction tx, List<Long> renders, String why) {
        tables.events().movedAll(tx, renders, RenderState.PLANNED, why);
        tables.waiting().deleteAll(tx.handle(), Queue.FAILURE, renders);
        tables.outputs().forget(tx.handle(), renders);
        sets.planAfresh(tx.handle(), renders, why, tx.nowMicros());
        tables.parents().count(tx.handle(), renders);
    }

    private int revive(Transaction tx, long revision, List<Long> parents) {
        int revived = 0;
        List<Long> some = tables.parents().revivable(tx.handle(), revision, parents, 0, SOME);
        while (!some.isEmpty()) {
            planAfresh(tx, some, "what it starts from is retried");
            revived += some.size() + revive(tx, revision, some);
            long last = some.get(some.size() - 1);
            some = tables.parents().revivable(tx.handle(), revision, parents, last, SOME);
        }
        return revived;
    }

    private Retry done(Transaction tx, CampaignRow campaign, int planned, int revived, Money paid) {
        tables.campaigns().touch(tx.handle(), campaign.id());
        tx.announce(Change.DUE);
        boolean unapproved = campaign.currentRevision()
                .filter(revision -> tables.approvals().hold(tx.handle(), revision, tx.nowMicros()) > 0)
                .isPresent();
        Optional<HoldReason> held = moves.holdIfStopped(tx, campaign)
                .or(() -> unapproved ? Optional.of(HoldReason.APPROVAL) : Optional.empty());
        return new Retry(planned, revived, held, paid);
    }
}

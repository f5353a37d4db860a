package io.camelray.ledger;

import io.camelray.ledger.CampaignTable.CampaignRow;
import io.camelray.ledger.Ledger.Change;
import io.camelray.ledger.OperatorLedger.Cancellation;
import io.camelray.ledger.OperatorLedger.Resumption;
import io.camelray.ledger.OperatorSets.InFlight;
import io.camelray.ledger.RenderMoves.Locked;
import io.camelray.ledger.RenderTable.RenderRow;
import io.camelray.model.HoldReason;
import io.camelray.model.Money;
import io.camelray.model.RenderId;
import io.camelray.model.RenderState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Cancel, pause and resume. */
final class Operating {
    private final LedgerDatabase database;
    private final Tables tables;
    private final RenderMoves moves;
    private final Children children;
    private final OperatorSets sets = new OperatorSets();

    Operating(LedgerDatabase database, Tables tables, RenderMoves moves) {
        this.database = database;
        this.tables = tables;
        this.moves = moves;
        this.children = new Children(tables);
    }

    Cancellation cancel(RenderId id) {
        return database.change(tx -> {
            RenderRow render = lock(tx, id).render();
            return switch (render.state()) {
                case PLANNED, HELD -> end(tx, render);
                case SUBMITTING, RENDERING, RENDERED -> flag(tx, render);
                case UNKNOWN ->
                    throw new OperatorException(
                            "Render " + id
                                    + " is unknown, it may be paid for; adopt, abandon or resubmit it first (camel-ray resolve)");
                case DELIVERED, FAILED, CANCELLED ->
                    throw new OperatorException(
                            "Render " + id + " is " + render.state().label() + "; there is nothing left to cancel");
            };
        });
    }

    private Cancellation end(Transaction tx, RenderRow render) {
        int dependent = children.cancel(tx, render.id());
        moves.move(tx, render, RenderState.CANCELLED, Details.noted(RenderMoves.CANCELLED), RenderMoves.CANCELLED);
        return new Cancellation(1 + dependent, dependent, 0, Money.ZERO, 0);
    }

    private Cancellation flag(Transaction tx, RenderRow render) {
        int dependent = children.cancel(tx, render.id());
        if (!render.cancelRequested()) {
            tables.renders().requestCancel(tx.handle(), render.id(), tx.nowMicros());
            tables.events().noted(tx, "cancel-requested", render, render.attempt(), "an operator wants it cancelled");
        }
        tables.campaigns().touch(tx.handle(), render.campaignId());
        tx.announce(Change.CANCEL_REQUESTED);
        return new Cancellation(dependent, dependent, 1, render.price().expected(), 0);
    }

    Cancellation cancelCampaign(String name) {
        return database.change(tx -> {
            CampaignRow campaign = lock(tx, name);
            int cancelled =
                    tables.sets().cancelWaiting(tx.handle(), revision(campaign), RenderMoves.CANCELLED, tx.nowMicros());
            InFlight inFlight = sets.inFlight(tx.handle(), campaign.id());
            sets.requestCancel(tx.handle(), campaign.id(), tx.nowMicros());
            told(
                    tx,
                    campaign,
                    "cancelled",
                    "an operator cancelled it: " + cancelled + " renders ended, " + inFlight.goesOn()
                            + " go on at the provider, " + inFlight.unknown() + " are unknown");
            tx.announce(Change.CANCEL_REQUESTED);
            tx.announce(Change.SETTLED);
            return new Cancellation(cancelled, 0, inFlight.goesOn(), inFlight.paid(), inFlight.unknown());
        });
    }

    void pause(RenderId id) {
        database.change(tx -> {
            RenderRow render = lock(tx, id).render();
            if (render.state() != RenderState.PLANNED) {
                throw new OperatorException(
                        "Render " + id + " is " + render.state().label() + "; only a planned render can be paused");
            }
            String why = "an operator paused it";
            moves.move(tx, render, RenderState.HELD, Details.held(HoldReason.PAUSED, why), why);
            return null;
        });
    }

    int pauseCampaign(String name) {
        return database.change(tx -> {
            CampaignRow campaign = lock(tx, name);
            tables.campaigns().setPaused(tx.handle(), campaign.id(), true);
            int held = tables.sets()
                    .hold(
                            tx.handle(),
                            revision(campaign),
                            HoldReason.PAUSED,
                            RenderMoves.NOTHING_LEFT,
                            RenderMoves.PAUSED,
                            tx.nowMicros());
            told(tx, campaign, "paused", "an operator paused it: " + held + " renders held");
            tx.announce(Change.SETTLED);
            return held;
        });
    }

    void resume(RenderId id) {
        database.change(tx -> {
            Locked locked = lock(tx, id);
            RenderRow render = locked.render();
            CampaignRow campaign = locked.campaign();
            HoldReason reason = tables.renders()
                    .held(tx.handle(), id)
                    .orElseThrow(() -> new OperatorException(
                            "Render " + id + " is " + render.state().label() + "; only a held render can be resumed"));
            if (campaign.paused() || campaign.isStopped()) {
                throw new OperatorException("The campaign " + campaign.name() + " of render " + id + " is "
                        + (campaign.paused() ? "paused" : "stopped, because too many jobs in a row failed")
                        + "; resume the campaign");
            }
            requireReleasable(render, reason, campaign);
            Duration window = Duration.between(tx.now(), render.notBefore());
            moves.planAgain(tx, locked, window.isNegative() ? Duration.ZERO : window, "an operator resumed it");
            return null;
        });
    }

    private static void requireReleasable(RenderRow render, HoldReason reason, CampaignRow campaign) {
        switch (reason) {
            case PAUSED, STOP_LOSS -> {
                return;
            }
            case BUDGET -> {
                if (render.price().upperBound().compareTo(campaign.left()) > 0) {
                    throw new OperatorException("Render " + render.id() + " may cost "
                            + render.price().upperBound() + ", and the budget of " + campaign.budget() + " has "
                            + campaign.left() + " left; resume the campaign with --budget");
                }
            }
            case APPROVAL, UNDO_WINDOW ->
                throw new OperatorException(
                        "Render " + render.id() + " is held for " + reason.label() + ", which resuming does not give");
        }
    }

    Resumption resumeCampaign(String name, Optional<Money> budget) {
        return database.change(tx -> {
            CampaignRow campaign = lock(tx, name);
            long revision = revision(campaign);
            Money cap = budget.orElse(campaign.budget());
            if (cap.compareTo(campaign.committed()) < 0) {
                throw new OperatorException("The campaign " + name + " has " + campaign.committed()
                        + " reserved, confirmed and at risk; its budget cannot be less, such as " + cap);
            }
            tables.campaigns().setBudget(tx.handle(), campaign.id(), cap);
            tables.campaigns().setPaused(tx.handle(), campaign.id(), false);
            tables.campaigns().setFailuresInRow(tx.handle(), campaign.id(), 0);
            int released = tables.sets().release(tx.handle(), revision, HoldReason.PAUSED, tx.nowMicros())
                    + tables.sets().release(tx.handle(), revision, HoldReason.STOP_LOSS, tx.nowMicros());
            released += releaseForBudget(tx, revision, cap.minus(campaign.committed()), budget.isPresent());
            int stillHeld = sets.held(tx.handle(), revision);
            told(
                    tx,
                    campaign,
                    "resumed",
                    "an operator resumed it with a budget of " + cap + ": " + released + " renders planned, "
                            + stillHeld + " held");
            tx.announce(Change.DUE);
            return new Resumption(released, stillHeld, cap);
        });
    }

    /** A campaign that was held whole for its price goes on whole, unless a person names the money for a part of it. */
    private int releaseForBudget(Transaction tx, long revision, Money left, boolean partly) {
        Money room = left.minus(sets.expected(tx.handle(), revision, "planned", HoldReason.BUDGET));
        Money held = sets.expected(tx.handle(), revision, "held", HoldReason.BUDGET);
        return partly || held.compareTo(room) <= 0
                ? sets.releaseWithin(tx.handle(), revision, room, tx.nowMicros())
                : 0;
    }

    void pauseAccount(String account, String reason) {
        database.change(tx -> {
            requireAccount(tx, account);
            tables.accounts().pauseByOperator(tx.handle(), account, reason);
            tables.events().account(tx, "paused", account, reason);
            tx.announce(Change.SETTLED);
            return null;
        });
    }

    void resumeAccount(String account) {
        database.change(tx -> {
            requireAccount(tx, account);
            tables.accounts().resume(tx.handle(), account);
            tables.events().account(tx, "resumed", account, "an operator resumed it");
            tx.announce(Change.DUE);
            return null;
        });
    }

    private void requireAccount(Transaction tx, String account) {
        if (tables.accounts().lock(tx.handle(), account).isEmpty()) {
            List<String> names = tables.accounts().names(tx.handle());
            throw new OperatorException("There is no account '" + account + "'; there are " + names);
        }
    }

    private Locked lock(Transaction tx, RenderId id) {
        if (!tables.renders().isAccepted(tx.handle(), id)) {
            throw new OperatorException("There is no render " + id);
        }
        return moves.lockWithAccount(tx, id);
    }

    private CampaignRow lock(Transaction tx, String name) {
        CampaignRow found = tables.campaigns()
                .find(tx.handle(), name)
                .filter(campaign -> campaign.currentRevision().isPresent())
                .orElseThrow(() -> new OperatorException("There is no campaign '" + name + "'"));
        return tables.campaigns().lock(tx.handle(), found.id());
    }

    private static long revision(CampaignRow campaign) {
        return campaign.currentRevision().orElseThrow();
    }

    private void told(Transaction tx, CampaignRow campaign, String kind, String detail) {
        tables.campaigns().touch(tx.handle(), campaign.id());
        tables.events().campaign(tx, kind, campaign.id(), detail);
    }
}

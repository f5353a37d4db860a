package io.camelray.ledger;

import io.camelray.ledger.AttemptTable.AttemptRow;
import io.camelray.ledger.CampaignTable.CampaignRow;
import io.camelray.ledger.Ledger.Change;
import io.camelray.ledger.RenderTable.Owner;
import io.camelray.ledger.RenderTable.RenderRow;
import io.camelray.ledger.WaitingTable.Queue;
import io.camelray.model.AttemptToken;
import io.camelray.model.Failure;
import io.camelray.model.HoldReason;
import io.camelray.model.Money;
import io.camelray.model.ProviderJobId;
import io.camelray.model.RenderId;
import io.camelray.model.RenderState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The only place where one render changes its state and an attempt its stake. Locks are taken in one order: account,
 * campaign, day. Whoever holds the campaign's row is alone with all of its renders; the conditional updates still check.
 */
final class RenderMoves {
    /** Less than any price: holds everything. */
    static final Money NOTHING_LEFT = new Money(-1);

    static final String CANCELLED = "an operator cancelled it";
    static final String PAUSED = "its campaign is paused";

    private final Tables tables;
    private final Children children;

    RenderMoves(Tables tables) {
        this.tables = tables;
        this.children = new Children(tables);
    }

    /** A render under the lock of its campaign, and of its account where that was asked for. */
    record Locked(RenderRow render, CampaignRow campaign) {

        /** The attempt that the render's present state is about. */
        boolean isAbout(AttemptToken token) {
            return render.attempt().filter(token::equals).isPresent();
        }
    }

    /** For changes that touch what an account may do. */
    Locked lockWithAccount(Transaction tx, RenderId id) {
        Owner owner = owner(tx, id);
        tables.accounts().lock(tx.handle(), owner.account());
        return lock(tx, id, owner);
    }

    Locked lock(Transaction tx, RenderId id) {
        return lock(tx, id, owner(tx, id));
    }

    private Locked lock(Transaction tx, RenderId id, Owner owner) {
        CampaignRow campaign = tables.campaigns().lock(tx.handle(), owner.campaignId());
        return new Locked(tables.renders().get(tx.handle(), id), campaign);
    }

    private Owner owner(Transaction tx, RenderId id) {
        return tables.renders()
                .owner(tx.handle(), id)
                .orElseThrow(() -> new IllegalArgumentException("There is no render " + id));
    }

    void move(Transaction tx, RenderRow render, RenderState to, Details details, String why) {
        RenderState from = render.state();
        if (!from.next().contains(to)) {
            throw new IllegalStateException(
                    "Render " + render.id() + " cannot go from " + from.label() + " to " + to.label());
        }
        if (!tables.renders().move(tx.handle(), render.id(), from, to, details, tx.nowMicros())) {
            throw new IllegalStateException(
                    "Render " + render.id() + " is no longer " + from.label() + "; nothing was changed");
        }
        tables.campaigns().touch(tx.handle(), render.campaignId());
        tables.events().moved(tx, render, to, render.attempt(), why);
        if (from == RenderState.RENDERED) {
            tables.waiting().delete(tx.handle(), Queue.DELIVERY, render.id());
        }
        if (to == RenderState.FAILED) {
            tables.waiting().insert(tx.handle(), Queue.FAILURE, render.id(), tx.nowMicros(), tx.nowMicros());
        }
        if (to == RenderState.FAILED || to == RenderState.CANCELLED) {
            children.parentEnded(tx, render.id(), to);
        }
        announce(tx, from, to);
    }

    private static void announce(Transaction tx, RenderState from, RenderState to) {
        if (to.isSettled()) {
            tx.announce(Change.SETTLED);
        }
        switch (to) {
            case PLANNED -> tx.announce(Change.DUE);
            case RENDERING -> tx.announce(Change.RENDERING);
            case RENDERED -> tx.announce(Change.RENDERED);
            case FAILED -> tx.announce(Change.FAILED);
            case HELD, SUBMITTING, UNKNOWN, DELIVERED, CANCELLED -> tx.markChanged();
        }
        boolean hadSlot =
                from == RenderState.SUBMITTING || from == RenderState.RENDERING || from == RenderState.UNKNOWN;
        if (hadSlot && to != RenderState.RENDERING && to != RenderState.UNKNOWN) {
            tx.announce(Change.DUE);
        }
    }

    /**
     * Plans the render again. If its campaign has moved on to a revision that does not contain it, or an operator wanted
     * it cancelled, it ends here: nobody asks for it any more. If its campaign is paused it is held.
     */
    void planAgain(Transaction tx, Locked locked, Duration delay, String why) {
        move(tx, locked.render(), RenderState.PLANNED, Details.due(tx.now().plus(delay), why), why);
        RenderRow planned = tables.renders().get(tx.handle(), locked.render().id());
        if (!locked.campaign().isCurrent(planned.revisionId())) {
            String gone = "no longer in the manifest";
            move(tx, planned, RenderState.CANCELLED, Details.noted(gone), gone);
        } else if (planned.cancelRequested()) {
            move(tx, planned, RenderState.CANCELLED, Details.noted(CANCELLED), CANCELLED);
        } else if (locked.campaign().paused()) {
            move(tx, planned, RenderState.HELD, Details.held(HoldReason.PAUSED, PAUSED), PAUSED);
        }
    }

    void fail(Transaction tx, RenderRow render, Failure failure) {
        move(
                tx,
                render,
                RenderState.FAILED,
                Details.failed(failure),
                failure.kind().label() + ": " + failure.reason());
    }

    /**
     * Holds every planned render of the campaign that costs more than {@code left}; one event for all of them, as for
     * planning, because there may be a million.
     */
    void holdRest(Transaction tx, CampaignRow campaign, HoldReason reason, Money left, String why) {
        Optional<Long> revision = campaign.currentRevision();
        if (revision.isEmpty()) {
            return;
        }
        int held = tables.sets().hold(tx.handle(), revision.get(), reason, left, why, tx.nowMicros());
        if (held > 0) {
            tables.campaigns().touch(tx.handle(), campaign.id());
            tables.events().campaign(tx, "held", campaign.id(), held + " renders, " + reason.label() + ": " + why);
            tx.announce(Change.SETTLED);
        }
    }

    /** Holds what was planned just now if the campaign is paused or has stopped. @return why, if it did */
    Optional<HoldReason> holdIfStopped(Transaction tx, CampaignRow campaign) {
        if (campaign.paused()) {
            holdRest(tx, campaign, HoldReason.PAUSED, NOTHING_LEFT, PAUSED);
            return Optional.of(HoldReason.PAUSED);
        }
        if (campaign.isStopped()) {
            String why = campaign.failuresInRow() + " jobs in a row failed";
            holdRest(tx, campaign, HoldReason.STOP_LOSS, NOTHING_LEFT, why);
            return Optional.of(HoldReason.STOP_LOSS);
        }
        return Optional.empty();
    }

    /** The provider has the attempt's job: it renders, and the life of that epoch polls it. Call it under the account's lock. */
    void start(Transaction tx, AttemptRow attempt, RenderRow render, ProviderJobId job, long epoch, String why) {
        // An acceptance that turns up later was given when the reply was given up on, at the latest.
        Instant acceptedAt = attempt.repliedAt().orElse(tx.now());
        tables.attempts().recordJob(tx, attempt, job, acceptedAt);
        tables.renders().countPaid(tx.handle(), attempt.render());
        tables.inFlight().own(tx.handle(), attempt.render(), epoch);
        settle(tx, attempt, Stake.RESERVED, Money.ZERO);
        move(tx, render, RenderState.RENDERING, Details.NONE, why);
        if (tables.accounts().endFault(tx.handle(), attempt.account(), attempt.token())) {
            tables.events().account(tx, "resumed", attempt.account(), "render " + render.id() + " was accepted again");
            tx.announce(Change.DUE);
        }
        if (render.cancelRequested()) {
            tx.announce(Change.CANCEL_REQUESTED);
        }
    }

    /** Moves an attempt's money; {@code charge} matters only when it becomes confirmed. */
    void settle(Transaction tx, AttemptRow attempt, Stake to, Money charge) {
        if (attempt.stake() == to) {
            return;
        }
        long charged = to == Stake.CONFIRMED ? charge.micros() : 0;
        MoneyChange change = MoneyChange.between(
                attempt.stake(),
                attempt.confirmed().micros(),
                to,
                charged,
                attempt.reserve().micros());
        tables.campaigns().addMoney(tx.handle(), attempt.campaignId(), change);
        tables.days().addMoney(tx.handle(), attempt.budgetDay(), change);
        tables.attempts().setStake(tx.handle(), attempt.token(), to, charged);
        if (change.confirmed() != 0) {
            tables.renders().addConfirmed(tx.handle(), attempt.render(), change.confirmed());
        }
    }

    /** One more paid job of this campaign failed. */
    void countFailure(Transaction tx, CampaignRow campaign) {
        int failures = campaign.failuresInRow() + 1;
        tables.campaigns().setFailuresInRow(tx.handle(), campaign.id(), failures);
        if (campaign.stopAfter() > 0 && failures >= campaign.stopAfter()) {
            holdRest(tx, campaign, HoldReason.STOP_LOSS, NOTHING_LEFT, failures + " jobs in a row failed");
        }
    }

    void countSuccess(Transaction tx, CampaignRow campaign) {
        if (campaign.failuresInRow() > 0) {
            tables.campaigns().setFailuresInRow(tx.handle(), campaign.id(), 0);
        }
    }
}

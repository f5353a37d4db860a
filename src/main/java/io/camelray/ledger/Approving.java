package io.camelray.ledger;

import io.camelray.ledger.Approvals.Waiting;
import io.camelray.ledger.CampaignTable.CampaignRow;
import io.camelray.ledger.Ledger.Change;
import io.camelray.ledger.OperatorLedger.Approval;
import io.camelray.ledger.OperatorLedger.Cancellation;
import io.camelray.ledger.OperatorLedger.Rejection;
import io.camelray.ledger.RenderTable.RenderRow;
import io.camelray.model.HoldReason;
import io.camelray.model.Money;
import io.camelray.model.RenderId;
import io.camelray.model.RenderState;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Approve and reject, and the end of undo windows; some at a time, for there may be a million. */
final class Approving {
    private static final int SOME = 500;
    private static final String APPROVED = "an operator approved it";
    private static final String NEEDED = "what starts from it was approved";
    private static final String REJECTED = "an operator rejected it";

    private final LedgerDatabase database;
    private final Tables tables;
    private final RenderMoves moves;
    private final Children children;

    Approving(LedgerDatabase database, Tables tables, RenderMoves moves) {
        this.database = database;
        this.tables = tables;
        this.moves = moves;
        this.children = new Children(tables);
    }

    Approval approve(RenderId id) {
        return database.change(tx -> {
            Waiting waiting = waiting(tx, id);
            CampaignRow campaign = campaignOf(tx, new RenderId(waiting.id()));
            Counts done = approve(tx, List.of(waiting.id()));
            return done(tx, campaign, done);
        });
    }

    Approval approveCampaign(String name, Optional<String> variant) {
        return database.change(tx -> {
            CampaignRow campaign = lock(tx, name);
            Counts done = new Counts(0, 0, Money.ZERO);
            List<Long> some = ids(waiting(tx, campaign, variant));
            requireAny(some, name, variant);
            while (!some.isEmpty()) {
                done = done.plus(approve(tx, some));
                some = ids(waiting(tx, campaign, variant));
            }
            return done(tx, campaign, done);
        });
    }

    /** @param price of all of them */
    private record Counts(int approved, int needed, Money price) {

        Counts plus(Counts more) {
            return new Counts(approved + more.approved, needed + more.needed, price.plus(more.price));
        }
    }

    /** With what they start from, to the first generation. */
    private Counts approve(Transaction tx, List<Long> renders) {
        Counts done = plan(tx, renders, APPROVED);
        List<Long> parents = tables.approvals().unapprovedParents(tx.handle(), renders);
        int needed = 0;
        Money price = done.price();
        while (!parents.isEmpty()) {
            Counts more = plan(tx, parents, NEEDED);
            needed += parents.size();
            price = price.plus(more.price());
            parents = tables.approvals().unapprovedParents(tx.handle(), parents);
        }
        return new Counts(renders.size(), needed, price);
    }

    private Counts plan(Transaction tx, List<Long> renders, String why) {
        tables.events().movedAll(tx, renders, RenderState.PLANNED, why);
        tables.approvals().approve(tx.handle(), renders, tx.nowMicros());
        return new Counts(renders.size(), 0, tables.approvals().expected(tx.handle(), renders));
    }

    private Approval done(Transaction tx, CampaignRow campaign, Counts done) {
        tables.campaigns().touch(tx.handle(), campaign.id());
        tx.announce(Change.DUE);
        Optional<HoldReason> held = moves.holdIfStopped(tx, campaign);
        return new Approval(done.approved(), done.needed(), done.price(), held, left(tx, campaign));
    }

    Rejection reject(RenderId id) {
        return database.change(tx -> {
            Waiting waiting = waiting(tx, id);
            CampaignRow campaign = campaignOf(tx, new RenderId(waiting.id()));
            int dependent = reject(tx, campaign, List.of(waiting));
            return done(tx, campaign, 1, dependent);
        });
    }

    Rejection rejectCampaign(String name, Optional<String> variant) {
        return database.change(tx -> {
            CampaignRow campaign = lock(tx, name);
            int rejected = 0;
            int dependent = 0;
            List<Waiting> some = waiting(tx, campaign, variant);
            requireAny(some, name, variant);
            while (!some.isEmpty()) {
                rejected += some.size();
                dependent += reject(tx, campaign, some);
                some = waiting(tx, campaign, variant);
            }
            return done(tx, campaign, rejected, dependent);
        });
    }

    /** Drafts that are not on their way are of no use either. @return how many more were cancelled, drafts apart */
    private int reject(Transaction tx, CampaignRow campaign, List<Waiting> renders) {
        cancel(tx, ids(renders));
        int dependent = 0;
        for (Waiting render : renders) {
            dependent += children.cancel(tx, new RenderId(render.id()));
        }
        PlanKeys keys = new PlanKeys(campaign.name());
        Set<UUID> places = renders.stream()
                .map(render -> keys.place(render.step(), render.cell(), true))
                .collect(Collectors.toSet());
        List<Long> drafts = tables.approvals()
                .unsubmitted(tx.handle(), campaign.currentRevision().orElseThrow(), places);
        if (!drafts.isEmpty()) {
            cancel(tx, drafts);
            drafts.forEach(draft -> children.cancel(tx, new RenderId(draft)));
        }
        return dependent;
    }

    private void cancel(Transaction tx, List<Long> renders) {
        tables.events().movedAll(tx, renders, RenderState.CANCELLED, REJECTED);
        tables.sets().cancel(tx.handle(), renders, REJECTED, tx.nowMicros());
    }

    private Rejection done(Transaction tx, CampaignRow campaign, int rejected, int dependent) {
        tables.campaigns().touch(tx.handle(), campaign.id());
        tx.announce(Change.SETTLED);
        return new Rejection(rejected, dependent, left(tx, campaign));
    }

    private int left(Transaction tx, CampaignRow campaign) {
        return tables.approvals().count(tx.handle(), campaign.currentRevision().orElseThrow());
    }

    Cancellation undo(String name) {
        return database.change(tx -> {
            CampaignRow campaign = lock(tx, name);
            long revision = campaign.currentRevision().orElseThrow();
            int cancelled = tables.windows().cancel(tx.handle(), revision, tx.nowMicros());
            if (cancelled == 0) {
                throw new OperatorException("Nothing of campaign " + name + " is in an undo window");
            }
            children.endHopeless(tx, revision);
            tables.windows().close(tx.handle(), campaign.id(), revision, tx.nowMicros());
            tables.campaigns().touch(tx.handle(), campaign.id());
            tables.events()
                    .campaign(
                            tx,
                            "cancelled",
                            campaign.id(),
                            "taken back in its undo window: " + cancelled + " renders ended");
            tx.announce(Change.SETTLED);
            return new Cancellation(cancelled, 0, 0, Money.ZERO, 0);
        });
    }

    int closeWindows() {
        int planned = 0;
        for (long campaign : database.read(handle -> tables.windows().over(handle, Micros.of(database.now(handle))))) {
            planned += database.change(tx -> close(tx, tables.campaigns().lock(tx.handle(), campaign)));
        }
        return planned;
    }

    private int close(Transaction tx, CampaignRow campaign) {
        int planned = tables.windows()
                .close(tx.handle(), campaign.id(), campaign.currentRevision().orElseThrow(), tx.nowMicros());
        if (planned > 0) {
            tables.campaigns().touch(tx.handle(), campaign.id());
            tables.events().campaign(tx, "released", campaign.id(), "its undo window is over: " + planned + " renders");
            tx.announce(Change.DUE);
            moves.holdIfStopped(tx, campaign);
        }
        return planned;
    }

    /** The render, or the one that it is a draft of, locked. */
    private Waiting waiting(Transaction tx, RenderId id) {
        if (!tables.renders().isAccepted(tx.handle(), id)) {
            throw new OperatorException("There is no render " + id);
        }
        RenderRow asked = moves.lock(tx, id).render();
        long full = tables.approvals().fullOf(tx.handle(), id.value()).orElse(id.value());
        return tables.approvals()
                .waiting(tx.handle(), full)
                .orElseThrow(() -> new OperatorException(
                        "Render " + id + " is " + asked.state().label() + " and nobody has to approve it"));
    }

    private List<Waiting> waiting(Transaction tx, CampaignRow campaign, Optional<String> variant) {
        return tables.approvals()
                .waiting(tx.handle(), campaign.currentRevision().orElseThrow(), variant, SOME);
    }

    private static void requireAny(List<?> some, String campaign, Optional<String> variant) {
        if (some.isEmpty()) {
            throw new OperatorException("Nothing of campaign " + campaign
                    + variant.map(label -> ", variant '" + label + "',").orElse("") + " is held for approval");
        }
    }

    private static List<Long> ids(List<Waiting> renders) {
        return renders.stream().map(Waiting::id).toList();
    }

    private CampaignRow campaignOf(Transaction tx, RenderId render) {
        return moves.lock(tx, render).campaign();
    }

    private CampaignRow lock(Transaction tx, String name) {
        return tables.campaigns()
                .find(tx.handle(), name)
                .filter(found -> found.currentRevision().isPresent())
                .map(found -> tables.campaigns().lock(tx.handle(), found.id()))
                .orElseThrow(() -> new OperatorException("There is no campaign '" + name + "'"));
    }
}

package io.camelray.ledger;

import io.camelray.ledger.CampaignTable.CampaignRow;
import io.camelray.ledger.Ledger.Change;
import io.camelray.ledger.PlanningLedger.Acceptance;
import io.camelray.ledger.PlanningLedger.NewRevision;
import io.camelray.ledger.PlanningLedger.PlannedRender;
import io.camelray.ledger.PlanningLedger.Revision;
import io.camelray.ledger.PlanningLedger.RevisionDraft;
import io.camelray.ledger.RetryLedger.FailedRender;
import io.camelray.ledger.RetryLedger.Standing;
import io.camelray.model.GenerationFacts;
import io.camelray.model.HoldReason;
import io.camelray.model.Money;
import io.camelray.model.ProviderName;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Writes a plan in batches that nothing sees, and makes it work by flipping one column. */
final class Planning {
    /** How many are removed at a time. */
    private static final int SWEPT = 1000;

    /** From how many on the database is told that it has many. */
    private static final int MANY = 1000;

    private static final Money NOTHING_LEFT = RenderMoves.NOTHING_LEFT;

    private final LedgerDatabase database;
    private final Tables tables;
    private final Children children;
    private final Nodes nodes;
    private final InHand<RevisionTable.Draft> inHand;

    Planning(LedgerDatabase database, Tables tables, Nodes nodes, InHand<RevisionTable.Draft> inHand) {
        this.database = database;
        this.tables = tables;
        this.children = new Children(tables);
        this.nodes = nodes;
        this.inHand = inHand;
    }

    Optional<Revision> findRevision(String campaign, String digest) {
        return database.read(handle -> tables.revisions().findAccepted(handle, campaign, digest));
    }

    List<String> accountsOf(String campaign) {
        return database.read(handle -> tables.revisions().accounts(handle, campaign));
    }

    Optional<GenerationFacts> findGeneration(ProviderName provider, String id) {
        return database.read(handle -> tables.renders().findGeneration(handle, provider, id));
    }

    Optional<Standing> standing(String campaign, int revision) {
        return database.read(handle -> tables.revisions().standing(handle, campaign, revision));
    }

    List<FailedRender> failedRenders(String campaign) {
        return database.read(handle -> tables.campaigns()
                .find(handle, campaign)
                .flatMap(CampaignRow::currentRevision)
                .map(current -> tables.amendments().failed(handle, current))
                .orElse(List.of()));
    }

    RevisionDraft draft(NewRevision revision) {
        return draft(revision, false);
    }

    RevisionDraft amend(NewRevision revision) {
        return draft(revision, true);
    }

    private RevisionDraft draft(NewRevision revision, boolean amends) {
        List<Draft> draft = List.of();
        // Whoever gives up the first draft of a campaign removes the campaign with it.
        while (draft.isEmpty()) {
            database.ensure(
                    handle ->
                            tables.campaigns().find(handle, revision.campaign()).isPresent(),
                    handle -> tables.campaigns().insert(handle, revision));
            draft = inHand.claim(
                    () -> database.change(tx -> tables
                            .campaigns()
                            .lock(tx.handle(), revision.campaign())
                            .map(campaign -> begin(tx, campaign.id(), revision, amends))
                            .stream()
                            .toList()),
                    begun -> List.of(begun.row));
        }
        return draft.get(0);
    }

    private Draft begin(Transaction tx, long campaignId, NewRevision revision, boolean amends) {
        int number = tables.revisions().lastNumber(tx.handle(), campaignId) + 1;
        long epoch = nodes.epoch();
        long id = tables.revisions().insertDraft(tx.handle(), campaignId, number, revision, epoch);
        return new Draft(revision, new RevisionTable.Draft(id, campaignId, epoch), number, amends);
    }

    int sweepDrafts() {
        int removed = 0;
        for (RevisionTable.Draft draft :
                database.read(handle -> tables.revisions().abandonedDrafts(handle))) {
            removed += inHand.claim(() -> take(draft), List::of).stream()
                    .mapToInt(this::giveUp)
                    .sum();
        }
        // Of some, this program has not heard that they were begun; of others, it could not remove all.
        for (RevisionTable.Draft stray :
                inHand.strays(() -> database.read(handle -> tables.revisions().drafts(handle, nodes.epoch())))) {
            removed += remove(stray);
        }
        return removed;
    }

    private List<RevisionTable.Draft> take(RevisionTable.Draft draft) {
        long epoch = nodes.epoch();
        return database.change(tx -> tables.revisions().takeDraft(tx.handle(), draft, epoch))
                ? List.of(draft.of(epoch))
                : List.of();
    }

    private int giveUp(RevisionTable.Draft draft) {
        inHand.abandon(draft);
        return remove(draft);
    }

    /** Does nothing to what its writer has not heard of: that it has been accepted, or that another node removes it. */
    private int remove(RevisionTable.Draft draft) {
        int removed = 0;
        int some;
        do {
            some = database.change(tx -> tables.revisions().lockDraft(tx.handle(), draft)
                    ? tables.sets().deleteSome(tx.handle(), draft.id(), SWEPT)
                    : 0);
            removed += some;
        } while (some > 0);
        database.change(tx -> {
            if (tables.campaigns().lockIfThere(tx.handle(), draft.campaignId()).isPresent()
                    && tables.revisions().lockDraft(tx.handle(), draft)) {
                tables.revisions().deleteDraft(tx.handle(), draft.id());
                tables.campaigns().deleteIfEmpty(tx.handle(), draft.campaignId());
            }
            return null;
        });
        return removed;
    }

    /** @param unpaid the price of what is not yet paid for */
    private record Merged(int added, int kept, int cancelled, int redelivered, Money expected, Money unpaid) {}

    private final class Draft implements RevisionDraft {
        private final NewRevision revision;
        private final RevisionTable.Draft row;
        private final long campaignId;
        private final long id;
        private final int number;
        private final boolean amends;
        private final PlanKeys keys;
        private boolean open = true;
        private final SeenKeys seen = new SeenKeys();
        private boolean linked;
        private boolean drafts;
        private int written;
        private Money price = Money.ZERO;

        Draft(NewRevision revision, RevisionTable.Draft row, int number, boolean amends) {
            this.revision = revision;
            this.row = row;
            this.campaignId = row.campaignId();
            this.id = row.id();
            this.number = number;
            this.amends = amends;
            this.keys = new PlanKeys(revision.campaign());
        }

        @Override
        public int number() {
            return number;
        }

        @Override
        public void add(List<PlannedRender> renders) {
            requireOpen();
            int size = database.dialect().planBatch();
            for (int start = 0; start < renders.size(); start += size) {
                List<PlannedRender> batch = renders.subList(start, Math.min(start + size, renders.size()));
                List<UUID> planKeys = batch.stream().map(keys::of).toList();
                database.change(tx -> {
                    database.dialect().beginInHaste(tx.handle());
                    requireOurs(tx);
                    List<Long> ids = database.dialect().renderIds(tx.handle(), batch.size());
                    BulkRows planned = PlannedRows.of(
                            batch,
                            ids,
                            planKeys,
                            keys,
                            campaignId,
                            id,
                            revision.provider().label(),
                            revision.account(),
                            tx.nowMicros());
                    database.dialect().insert(tx.handle(), planned);
                    BulkRows outputs = OutputTable.rows(batch, ids);
                    if (!outputs.rows().isEmpty()) {
                        database.dialect().insert(tx.handle(), outputs);
                    }
                    linked |= tables.parents().insert(tx.handle(), batch, ids, keys, id);
                    return null;
                });
                planKeys.forEach(seen::add);
                written += batch.size();
                for (PlannedRender render : batch) {
                    price = price.plus(render.price().expected());
                    drafts |= render.draft();
                }
            }
        }

        @Override
        public Acceptance accept() {
            requireOpen();
            if (written >= MANY) {
                database.manyWritten();
            }
            Acceptance acceptance = database.changeOnDisk(this::flip);
            inHand.grip(row).letGo();
            open = false;
            return acceptance;
        }

        private Acceptance flip(Transaction tx) {
            CampaignRow campaign =
                    tables.campaigns().lockIfThere(tx.handle(), campaignId).orElseThrow(this::givenUp);
            requireOurs(tx);
            refuseTwice(tx);
            Optional<Integer> current =
                    campaign.currentRevision().flatMap(v -> tables.revisions().number(tx.handle(), v));
            if (current.filter(n -> n > number).isPresent()) {
                throw new IllegalStateException("Campaign " + revision.campaign() + " has accepted revision "
                        + current.get() + " since revision " + number + " was planned; plan it again");
            }
            Merged merged = campaign.currentRevision()
                    .map(earlier -> merge(tx, campaign, earlier))
                    .orElseGet(() -> first(tx));
            if (merged.kept() > 0 && !amends) {
                // The count of failures in a row starts anew with a revision, so what it had stopped goes on.
                tables.sets().release(tx.handle(), id, HoldReason.STOP_LOSS, tx.nowMicros());
            }
            askForApproval(tx);
            boolean held = holdOrRelease(tx, merged.unpaid().plus(campaign.confirmed()), merged.kept());
            if (!revision.hold().isZero()) {
                tables.windows().open(tx.handle(), campaignId, id, tx.now().plus(revision.hold()), tx.nowMicros());
            }
            if (campaign.paused()) {
                tables.sets()
                        .hold(tx.handle(), id, HoldReason.PAUSED, NOTHING_LEFT, RenderMoves.PAUSED, tx.nowMicros());
            }
            tables.revisions().accept(tx.handle(), id, merged.expected(), tx.nowMicros());
            tables.campaigns().flip(tx.handle(), campaignId, id);
            int added = merged.added();
            int kept = merged.kept();
            int cancelled = merged.cancelled();
            int redelivered = merged.redelivered();
            tables.events()
                    .campaign(
                            tx,
                            "planned",
                            campaignId,
                            "revision " + number + ": " + added + " added, " + kept + " kept, " + cancelled
                                    + " cancelled"
                                    + (redelivered > 0 ? ", " + redelivered + " delivered anew" : "")
                                    + (held ? ", held for its budget" : ""));
            tx.announce(held ? Change.SETTLED : Change.DUE);
            if (cancelled > 0) {
                tx.announce(Change.SETTLED);
            }
            return new Acceptance(
                    new Revision(revision.campaign(), number, revision.digest()),
                    added,
                    kept,
                    cancelled,
                    redelivered,
                    held);
        }

        private void refuseTwice(Transaction tx) {
            if (seen.mayRepeat()) {
                tables.renders().repeated(tx.handle(), id).ifPresent(render -> {
                    throw new IllegalArgumentException("The plan names " + render + " twice");
                });
            }
        }

        /** A revision without drafts says that nobody needs to look at what an earlier one wanted approved. */
        private void askForApproval(Transaction tx) {
            if (amends) {
                tables.approvals().hold(tx.handle(), id, tx.nowMicros());
            } else if (revision.draft()) {
                tables.approvals().ask(tx.handle(), id, tx.nowMicros());
            } else if (number > 1) {
                tables.approvals().waive(tx.handle(), id);
                tables.sets().release(tx.handle(), id, HoldReason.APPROVAL, tx.nowMicros());
            }
        }

        /** Nothing to count in a first revision: it is what was written, however many renders that are. */
        private Merged first(Transaction tx) {
            if (linked || drafts) {
                tables.places().fill(tx.handle(), id);
            }
            link(tx);
            return new Merged(written, 0, 0, 0, price, price);
        }

        private void link(Transaction tx) {
            if (linked) {
                tables.parents().resolve(tx.handle(), campaignId, id);
                tables.parents().unresolved(tx.handle(), id).ifPresent(stray -> {
                    throw new IllegalArgumentException(stray + ", which the plan does not contain");
                });
            }
        }

        private Merged merge(Transaction tx, CampaignRow campaign, long earlier) {
            tables.places().fill(tx.handle(), id);
            if (linked || amends) {
                tables.places().fillAccepted(tx.handle(), campaignId);
            }
            int kept = tables.sets().keep(tx.handle(), campaign.id(), id);
            tables.parents().handOver(tx.handle(), tables.sets(), id);
            Redelivering redelivering = new Redelivering(tables, campaign.id(), number);
            tables.sets().dropKeptTwins(tx.handle(), id, some -> redelivering.take(tx, some));
            tables.parents().deleteOrphans(tx.handle(), id);
            tables.places().deleteOrphans(tx.handle(), id);
            int others = amends ? tables.amendments().bringOver(tx.handle(), earlier, id) : 0;
            link(tx);
            tables.parents().count(tx.handle(), id);
            int cancelled =
                    tables.sets().cancelWaiting(tx.handle(), earlier, "no longer in the manifest", tx.nowMicros());
            children.endHopeless(tx, id);
            new CopyConflicts(tables, tx.handle(), campaign.id()).refuse(id);
            return new Merged(
                    written - kept,
                    kept + others,
                    cancelled,
                    redelivering.renders(),
                    tables.sets().expected(tx.handle(), id),
                    tables.sets().notYetPaid(tx.handle(), campaign.id(), id));
        }

        /** A budget that has been raised lets what was held for it go on; there is no other way to say so. */
        private boolean holdOrRelease(Transaction tx, Money expected, int kept) {
            if (expected.compareTo(revision.budget()) <= 0) {
                if (kept > 0 && !amends) {
                    tables.sets().release(tx.handle(), id, HoldReason.BUDGET, tx.nowMicros());
                }
                return false;
            }
            String why = "expected price " + expected + " exceeds the budget " + revision.budget();
            tables.sets().hold(tx.handle(), id, HoldReason.BUDGET, NOTHING_LEFT, why, tx.nowMicros());
            return true;
        }

        @Override
        public void close() {
            if (open) {
                open = false;
                giveUp(row);
            }
        }

        private void requireOurs(Transaction tx) {
            if (!tables.revisions().lockDraft(tx.handle(), row)) {
                throw givenUp();
            }
        }

        private IllegalStateException givenUp() {
            return new IllegalStateException("The plan of campaign " + revision.campaign()
                    + " was given up by the other nodes, because this one was silent for too long; plan it again");
        }

        private void requireOpen() {
            if (!open) {
                throw new IllegalStateException(
                        "Revision " + number + " of campaign " + revision.campaign() + " is no longer a draft");
            }
        }
    }
}

package io.camelray.ledger;

import io.camelray.ledger.CampaignTable.CampaignRow;
import io.camelray.ledger.Ledger.Change;
import io.camelray.ledger.PlanningLedger.Acceptance;
import io.camelray.ledger.PlanningLedger.NewRevision;
import io.camelray.ledger.PlanningLedger.PlannedRender;
import io.camelray.ledger.PlanningLedger.Revision;
import io.camelray.ledger.PlanningLedger.RevisionDraft;
import io.camelray.model.HoldReason;
import io.camelray.model.Money;
import java.util.List;
import java.util.Optional;

/** Writes a plan in batches that nothing sees, and makes it work by flipping one column. */
final class Planning {
    private static final int BATCH = 1000;
    private static final Money NOTHING_LEFT = new Money(-1);

    private final LedgerDatabase database;
    private final Tables tables;
    private final Children children;

    Planning(LedgerDatabase database, Tables tables) {
        this.database = database;
        this.tables = tables;
        this.children = new Children(tables);
    }

    Optional<Revision> findRevision(String campaign, String digest) {
        return database.read(handle -> tables.revisions().findAccepted(handle, campaign, digest));
    }

    RevisionDraft draft(NewRevision revision) {
        if (database.read(handle -> tables.campaigns().find(handle, revision.campaign()))
                .isEmpty()) {
            database.change(tx -> {
                tables.campaigns().insert(tx.handle(), revision);
                return null;
            });
        }
        return database.change(tx -> {
            long campaignId = tables.campaigns()
                    .find(tx.handle(), revision.campaign())
                    .orElseThrow()
                    .id();
            tables.campaigns().lock(tx.handle(), campaignId);
            int number = tables.revisions().lastNumber(tx.handle(), campaignId) + 1;
            long id = tables.revisions().insertDraft(tx.handle(), campaignId, number, revision);
            return new Draft(revision, campaignId, id, number);
        });
    }

    int sweepDrafts() {
        return database.read(handle -> tables.revisions().drafts(handle)).stream()
                .mapToInt(draft -> remove(draft.id(), draft.campaignId()))
                .sum();
    }

    private int remove(long draft, long campaignId) {
        int removed = 0;
        int some;
        do {
            some = database.change(tx -> tables.sets().deleteSome(tx.handle(), draft, BATCH));
            removed += some;
        } while (some > 0);
        database.change(tx -> {
            tables.campaigns().lock(tx.handle(), campaignId);
            tables.revisions().deleteDraft(tx.handle(), draft);
            tables.campaigns().deleteIfEmpty(tx.handle(), campaignId);
            return null;
        });
        return removed;
    }

    /** @param unpaid the price of what is not yet paid for */
    private record Merged(int added, int kept, int cancelled, Money expected, Money unpaid) {}

    private final class Draft implements RevisionDraft {
        private final NewRevision revision;
        private final long campaignId;
        private final long id;
        private final int number;
        private final PlanKeys keys;
        private boolean open = true;
        private boolean linked;
        private int written;
        private Money price = Money.ZERO;

        Draft(NewRevision revision, long campaignId, long id, int number) {
            this.revision = revision;
            this.campaignId = campaignId;
            this.id = id;
            this.number = number;
            this.keys = new PlanKeys(revision.campaign());
        }

        @Override
        public int number() {
            return number;
        }

        @Override
        public void add(List<PlannedRender> renders) {
            requireOpen();
            for (int start = 0; start < renders.size(); start += BATCH) {
                List<PlannedRender> batch = renders.subList(start, Math.min(start + BATCH, renders.size()));
                database.change(tx -> {
                    List<Long> ids = database.dialect().renderIds(tx.handle(), batch.size());
                    tables.renders()
                            .insert(
                                    tx.handle(),
                                    batch,
                                    ids,
                                    keys,
                                    campaignId,
                                    id,
                                    revision.provider().label(),
                                    revision.account(),
                                    tx.nowMicros());
                    tables.outputs().insert(tx.handle(), batch, ids);
                    linked |= tables.parents().insert(tx.handle(), batch, ids, keys, id);
                    return null;
                });
                written += batch.size();
                for (PlannedRender render : batch) {
                    price = price.plus(render.price().expected());
                }
            }
        }

        @Override
        public Acceptance accept() {
            requireOpen();
            Acceptance acceptance = database.changeOnDisk(this::flip);
            open = false;
            return acceptance;
        }

        private Acceptance flip(Transaction tx) {
            CampaignRow campaign = tables.campaigns().lock(tx.handle(), campaignId);
            Optional<Integer> current =
                    campaign.currentRevision().flatMap(v -> tables.revisions().number(tx.handle(), v));
            if (current.filter(n -> n > number).isPresent()) {
                throw new IllegalStateException("Campaign " + revision.campaign() + " has accepted revision "
                        + current.get() + " since revision " + number + " was planned; plan it again");
            }
            Merged merged = campaign.currentRevision()
                    .map(earlier -> merge(tx, campaign, earlier))
                    .orElseGet(() -> first(tx));
            boolean held = holdOrRelease(tx, merged.unpaid().plus(campaign.confirmed()), merged.kept());
            tables.revisions().accept(tx.handle(), id, merged.expected(), tx.nowMicros());
            tables.campaigns().flip(tx.handle(), campaignId, id);
            int added = merged.added();
            int kept = merged.kept();
            int cancelled = merged.cancelled();
            tables.events()
                    .campaign(
                            tx,
                            "planned",
                            campaignId,
                            "revision " + number + ": " + added + " added, " + kept + " kept, " + cancelled
                                    + " cancelled" + (held ? ", held for its budget" : ""));
            tx.announce(held ? Change.SETTLED : Change.DUE);
            if (cancelled > 0) {
                tx.announce(Change.SETTLED);
            }
            return new Acceptance(
                    new Revision(revision.campaign(), number, revision.digest()), added, kept, cancelled, held);
        }

        /** Nothing to count in a first revision: it is what was written, however many renders that are. */
        private Merged first(Transaction tx) {
            link(tx);
            return new Merged(written, 0, 0, price, price);
        }

        private void link(Transaction tx) {
            if (linked) {
                tables.parents().resolve(tx.handle(), id);
                tables.parents().unresolved(tx.handle(), id).ifPresent(stray -> {
                    throw new IllegalArgumentException(stray + ", which the plan does not contain");
                });
            }
        }

        private Merged merge(Transaction tx, CampaignRow campaign, long earlier) {
            int kept = tables.sets().keep(tx.handle(), campaign.id(), id);
            tables.parents().handOver(tx.handle(), tables.sets(), id);
            tables.sets().dropKeptTwins(tx.handle(), id);
            tables.parents().deleteOrphans(tx.handle(), id);
            link(tx);
            tables.parents().count(tx.handle(), id);
            int cancelled = tables.sets().cancelWaiting(tx.handle(), earlier, tx.nowMicros());
            children.endHopeless(tx, id);
            return new Merged(
                    written - kept,
                    kept,
                    cancelled,
                    tables.sets().expected(tx.handle(), id),
                    tables.sets().notYetPaid(tx.handle(), campaign.id(), id));
        }

        /** A budget that has been raised lets what was held for it go on; there is no other way to say so. */
        private boolean holdOrRelease(Transaction tx, Money expected, int kept) {
            if (expected.compareTo(revision.budget()) <= 0) {
                if (kept > 0) {
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
                remove(id, campaignId);
            }
        }

        private void requireOpen() {
            if (!open) {
                throw new IllegalStateException(
                        "Revision " + number + " of campaign " + revision.campaign() + " is no longer a draft");
            }
        }
    }
}

package io.camelray.ledger;

import io.camelray.ledger.ArchiveLedger.Archived;
import io.camelray.ledger.PlanningLedger.NewRevision;
import io.camelray.model.Money;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/** {@code ray_campaign}: the budget and its three sums, the turn among campaigns, the failures in a row. */
final class CampaignTable {
    /** How far a campaign of weight 1 moves back in its lane with each attempt. */
    private static final long STRIDE = 1_000_000;

    /** @param currentRevision empty until a revision was accepted */
    record CampaignRow(
            long id,
            String name,
            Optional<Long> currentRevision,
            Money budget,
            Money reserved,
            Money confirmed,
            Money atRisk,
            int stopAfter,
            int failuresInRow,
            boolean paused,
            Optional<Archived> archived) {

        Money left() {
            return budget.minus(committed());
        }

        /** What the cap can never fall below. */
        Money committed() {
            return reserved.plus(confirmed).plus(atRisk);
        }

        CampaignRow notArchived() {
            archived.ifPresent(earlier -> {
                throw new OperatorException("Campaign " + name + " was " + earlier
                        + ": its renders are not in the ledger any more, and nothing can be done with them");
            });
            return this;
        }

        boolean isStopped() {
            return stopAfter > 0 && failuresInRow >= stopAfter;
        }

        boolean isCurrent(long revision) {
            return currentRevision.filter(current -> current == revision).isPresent();
        }
    }

    /** A campaign with due work and its place in the queue. */
    record Turn(long campaignId, long revisionId, int lane, long vtime, long stride) {

        Turn taken() {
            return new Turn(campaignId, revisionId, lane, vtime + stride, stride);
        }
    }

    private static final RowMapper<CampaignRow> ROW = (row, context) -> {
        long current = row.getLong("current_revision");
        // wasNull speaks of the column that was read last.
        boolean none = row.wasNull();
        Optional<Instant> archivedAt = Micros.optional(row, "archived_at");
        String archive = row.getString("archive");
        return new CampaignRow(
                row.getLong("id"),
                row.getString("name"),
                none ? Optional.empty() : Optional.of(current),
                new Money(row.getLong("budget")),
                new Money(row.getLong("reserved")),
                new Money(row.getLong("confirmed")),
                new Money(row.getLong("at_risk")),
                row.getInt("stop_after"),
                row.getInt("failures_in_row"),
                row.getBoolean("paused"),
                archivedAt.map(at -> new Archived(at, archive)));
    };

    private static final String SELECT =
            """
            SELECT id, name, current_revision, budget, reserved, confirmed, at_risk, stop_after, failures_in_row, paused,
                   archived_at, archive
              FROM ray_campaign""";

    /**
     * Campaigns with due work of one account, in the order of their turns. The subquery is no EXISTS, and has an order, so that
     * PostgreSQL looks for one render of each campaign in the index that has this order: of a campaign that is most of the
     * ledger it would else read all renders.
     */
    static final String TURNS =
            """
            SELECT c.id, c.current_revision, c.lane, c.vtime, c.weight
              FROM ray_campaign c
             WHERE c.archived_at IS NULL
               AND (SELECT r.id FROM ray_render r
                     WHERE r.revision_id = c.current_revision AND r.state = 'planned'
                       AND r.account = :account AND r.pending_parents = 0
                       AND r.due_at <= :now
                     ORDER BY r.revision_id, r.state, r.account, r.pending_parents, r.ordinal, r.due_at
                     FETCH FIRST 1 ROW ONLY) IS NOT NULL
             ORDER BY c.lane, c.vtime, c.id
             FETCH FIRST :limit ROWS ONLY""";

    Optional<CampaignRow> find(Handle handle, String name) {
        return handle.createQuery(SELECT + " WHERE name = :name")
                .bind("name", name)
                .map(ROW)
                .findOne();
    }

    /**
     * Waits for the campaign's row and keeps it until the transaction ends: its renders change only under this lock.
     *
     * @throws OperatorException if the campaign is archived: nothing of it changes any more
     */
    CampaignRow lock(Handle handle, long id) {
        return lockIfThere(handle, id)
                .map(CampaignRow::notArchived)
                .orElseThrow(() -> new IllegalStateException("The ledger has no campaign " + id + " any more"));
    }

    /** Like {@link #lock(Handle, long)}, for a campaign that may never have had more than a draft. */
    Optional<CampaignRow> lockIfThere(Handle handle, long id) {
        return handle.createQuery(SELECT + " WHERE id = :id FOR UPDATE")
                .bind("id", id)
                .map(ROW)
                .findOne();
    }

    Optional<CampaignRow> lock(Handle handle, String name) {
        return handle.createQuery(SELECT + " WHERE name = :name FOR UPDATE")
                .bind("name", name)
                .map(ROW)
                .findOne()
                .map(CampaignRow::notArchived);
    }

    /** A campaign without a revision: nothing sees it yet. */
    void insert(Handle handle, NewRevision revision) {
        handle.createUpdate(
                        """
                        INSERT INTO ray_campaign (name, lane, budget, stop_after)
                        VALUES (:name, :lane, :budget, :stopAfter)""")
                .bind("name", revision.campaign())
                .bind("lane", revision.priority().ordinal())
                .bind("budget", revision.budget().micros())
                .bind("stopAfter", revision.stopAfterFailures())
                .execute();
    }

    void deleteIfEmpty(Handle handle, long id) {
        handle.createUpdate(
                        """
                        DELETE FROM ray_campaign
                         WHERE id = :id AND NOT EXISTS (SELECT 1 FROM ray_revision r WHERE r.campaign_id = :id)""")
                .bind("id", id)
                .execute();
    }

    /** Takes over what the revision says. A campaign that joins a lane starts level with those that wait in it. */
    void flip(Handle handle, long id, long revisionId) {
        handle.createUpdate(
                        """
                        UPDATE ray_campaign c
                           SET (current_revision, lane, budget, stop_after) =
                                   (SELECT r.id, r.lane, r.budget, r.stop_after FROM ray_revision r WHERE r.id = :revision),
                               failures_in_row = 0,
                               changes = changes + 1
                         WHERE c.id = :id""")
                .bind("id", id)
                .bind("revision", revisionId)
                .execute();
        Optional<Long> level = handle.createQuery(
                        """
                        SELECT MIN(o.vtime) FROM ray_campaign o, ray_campaign c
                         WHERE c.id = :id AND o.id <> c.id AND o.lane = c.lane
                           AND EXISTS (SELECT 1 FROM ray_render r
                                        WHERE r.revision_id = o.current_revision AND r.state = 'planned')""")
                .bind("id", id)
                .mapTo(Long.class)
                .findOne();
        level.ifPresent(
                vtime -> handle.createUpdate("UPDATE ray_campaign SET vtime = :vtime WHERE id = :id AND vtime < :vtime")
                        .bind("id", id)
                        .bind("vtime", vtime)
                        .execute());
    }

    void addMoney(Handle handle, long id, MoneyChange change) {
        handle.createUpdate(
                        """
                        UPDATE ray_campaign
                           SET reserved = reserved + :reserved,
                               confirmed = confirmed + :confirmed,
                               at_risk = at_risk + :atRisk
                         WHERE id = :id""")
                .bind("id", id)
                .bind("reserved", change.reserved())
                .bind("confirmed", change.confirmed())
                .bind("atRisk", change.atRisk())
                .execute();
    }

    void takeTurn(Handle handle, long id) {
        handle.createUpdate("UPDATE ray_campaign SET vtime = vtime + :stride / weight WHERE id = :id")
                .bind("id", id)
                .bind("stride", STRIDE)
                .execute();
    }

    void setFailuresInRow(Handle handle, long id, int failures) {
        handle.createUpdate("UPDATE ray_campaign SET failures_in_row = :failures WHERE id = :id")
                .bind("id", id)
                .bind("failures", failures)
                .execute();
    }

    void setPaused(Handle handle, long id, boolean paused) {
        handle.createUpdate("UPDATE ray_campaign SET paused = :paused WHERE id = :id")
                .bind("id", id)
                .bind("paused", paused)
                .execute();
    }

    /** Names of all that are. */
    Set<String> paused(Handle handle) {
        return handle.createQuery("SELECT name FROM ray_campaign WHERE paused")
                .mapTo(String.class)
                .set();
    }

    void setBudget(Handle handle, long id, Money budget) {
        handle.createUpdate("UPDATE ray_campaign SET budget = :budget WHERE id = :id")
                .bind("id", id)
                .bind("budget", budget.micros())
                .execute();
    }

    void touch(Handle handle, long id) {
        handle.createUpdate("UPDATE ray_campaign SET changes = changes + 1 WHERE id = :id")
                .bind("id", id)
                .execute();
    }

    /** The first {@code limit} campaigns with due work of this account: best lane first, then whose turn it is. */
    List<Turn> turns(Handle handle, String account, long now, int limit) {
        return handle.createQuery(TURNS)
                .bind("account", account)
                .bind("now", now)
                .bind("limit", limit)
                .map((row, context) -> new Turn(
                        row.getLong("id"),
                        row.getLong("current_revision"),
                        row.getInt("lane"),
                        row.getLong("vtime"),
                        STRIDE / row.getInt("weight")))
                .list();
    }
}

package io.camelray.ledger;

import io.camelray.model.HoldReason;
import io.camelray.model.Money;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** {@code ray_render}: what operators do with many at a time. */
final class OperatorSets {

    /** What a campaign has beyond the ledger's reach. @param goesOn without the unknown ones @param paid their price */
    record InFlight(int goesOn, Money paid, int unknown) {}

    /** In all revisions of the campaign. */
    InFlight inFlight(Handle handle, long campaignId) {
        return handle.createQuery(
                        """
                        SELECT COUNT(CASE WHEN state <> 'unknown' THEN 1 END) AS goes_on,
                               COALESCE(SUM(CASE WHEN state <> 'unknown' THEN expected END), 0) AS paid,
                               COUNT(CASE WHEN state = 'unknown' THEN 1 END) AS doubtful
                          FROM ray_render
                         WHERE campaign_id = :campaign
                           AND state IN ('submitting', 'unknown', 'rendering', 'rendered')""")
                .bind("campaign", campaignId)
                .map((row, context) ->
                        new InFlight(row.getInt("goes_on"), new Money(row.getLong("paid")), row.getInt("doubtful")))
                .one();
    }

    void requestCancel(Handle handle, long campaignId, long now) {
        handle.createUpdate(
                        """
                        UPDATE ray_render SET cancel_requested = :now
                         WHERE campaign_id = :campaign AND cancel_requested IS NULL
                           AND state IN ('submitting', 'unknown', 'rendering', 'rendered')""")
                .bind("campaign", campaignId)
                .bind("now", now)
                .execute();
    }

    int held(Handle handle, long revision) {
        return handle.createQuery("SELECT COUNT(*) FROM ray_render WHERE revision_id = :revision AND state = 'held'")
                .bind("revision", revision)
                .mapTo(Integer.class)
                .one();
    }

    /** The price book's sum over what is planned, and over what is held for a reason. */
    Money expected(Handle handle, long revision, String state, HoldReason reason) {
        return new Money(handle.createQuery(
                        """
                        SELECT COALESCE(SUM(expected), 0) FROM ray_render
                         WHERE revision_id = :revision AND state = :state AND (state = 'planned' OR held = :reason)""")
                .bind("revision", revision)
                .bind("state", state)
                .bind("reason", reason.label())
                .mapTo(Long.class)
                .one());
    }

    /** Plans again, in plan order, what is held for the budget and fits into {@code room}. @return how many */
    int releaseWithin(Handle handle, long revision, Money room, long now) {
        return handle.createUpdate(
                        """
                        UPDATE ray_render
                           SET state = 'planned', held = NULL, note = '', due_at = GREATEST(not_before, :now),
                               changed_at = :now
                         WHERE revision_id = :revision AND state = 'held' AND held = 'budget'
                           AND ordinal <= (SELECT COALESCE(MAX(s.ordinal), -1) FROM (
                                   SELECT h.ordinal, SUM(h.expected) OVER (ORDER BY h.ordinal, h.id) AS total
                                     FROM ray_render h
                                    WHERE h.revision_id = :revision AND h.state = 'held' AND h.held = 'budget') AS s
                                WHERE s.total <= :room)""")
                .bind("revision", revision)
                .bind("room", room.micros())
                .bind("now", now)
                .execute();
    }

    /** Some of a revision's renders that failed by themselves, in any order. */
    List<Long> failed(Handle handle, long revision, int limit) {
        return handle.createQuery(
                        """
                        SELECT id FROM ray_render
                         WHERE revision_id = :revision AND state = 'failed' AND failure <> 'parent'
                         FETCH FIRST :limit ROWS ONLY""")
                .bind("revision", revision)
                .bind("limit", limit)
                .mapTo(Long.class)
                .list();
    }

    Money confirmed(Handle handle, List<Long> renders) {
        return new Money(
                handle.createQuery("SELECT COALESCE(SUM(confirmed), 0) FROM ray_render WHERE id IN (<renders>)")
                        .bindList("renders", renders)
                        .mapTo(Long.class)
                        .one());
    }

    /** Plans failed renders as if they had never been tried, but for what they have cost. */
    void planAfresh(Handle handle, List<Long> renders, String note, long now) {
        handle.createUpdate(
                        """
                        UPDATE ray_render
                           SET state = 'planned', failure = NULL, failure_reason = NULL, failure_remedy = NULL,
                               note = :note, due_at = GREATEST(not_before, :now), changed_at = :now, paid_attempts = 0,
                               technical_retries = 0, cancel_requested = NULL
                         WHERE id IN (<renders>) AND state = 'failed'""")
                .bindList("renders", renders)
                .bind("note", note)
                .bind("now", now)
                .execute();
    }
}

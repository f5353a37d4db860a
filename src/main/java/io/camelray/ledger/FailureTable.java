package io.camelray.ledger;

import io.camelray.ledger.DeliveryLedger.FailedRevision;
import io.camelray.model.RenderId;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** What waits in {@code ray_waiting} for the dead-letter channel, seen by the revisions that brought it. */
final class FailureTable {

    /** @param since when it failed @param revision the revision that it belongs to now */
    record Waiting(RenderId render, long since, long dueAt, long leaseUntil, long revision) {

        boolean isFree(long now) {
            return dueAt <= now && leaseUntil <= now;
        }
    }

    List<Long> revisions(Handle handle) {
        return handle.createQuery(
                        """
                        SELECT DISTINCT r.planned_in FROM ray_waiting w JOIN ray_render r ON r.id = w.render_id
                         WHERE w.queue = 'failure' ORDER BY r.planned_in""")
                .mapTo(Long.class)
                .list();
    }

    long campaign(Handle handle, long revision) {
        return handle.createQuery("SELECT campaign_id FROM ray_revision WHERE id = :revision")
                .bind("revision", revision)
                .mapTo(Long.class)
                .one();
    }

    List<Waiting> waiting(Handle handle, long revision) {
        return handle.createQuery(
                        """
                        SELECT w.render_id, w.expires_at, w.due_at, w.lease_until, r.revision_id
                          FROM ray_waiting w JOIN ray_render r ON r.id = w.render_id
                         WHERE w.queue = 'failure' AND r.planned_in = :revision""")
                .bind("revision", revision)
                .map((row, context) -> new Waiting(
                        new RenderId(row.getLong("render_id")),
                        row.getLong("expires_at"),
                        row.getLong("due_at"),
                        row.getLong("lease_until"),
                        row.getLong("revision_id")))
                .list();
    }

    /** Whether nothing of a revision goes on by itself; what waits for a paused account does not. State by state: asked for all at once, H2 reads every render. */
    boolean isSettled(Handle handle, long revision) {
        return handle.createQuery(
                                """
                                SELECT COUNT(*) FROM ray_revision v WHERE v.id = :revision
                                   AND NOT EXISTS (SELECT 1 FROM ray_account a
                                                    WHERE a.paused_for IS NULL AND a.paused_by_operator = FALSE
                                                      AND EXISTS (SELECT 1 FROM ray_render r
                                                                   WHERE r.revision_id = v.id AND r.state = 'planned'
                                                                     AND r.account = a.name
                                                                     AND r.pending_parents = 0))
                                   AND NOT EXISTS (SELECT 1 FROM ray_render r WHERE r.revision_id = v.id
                                                      AND r.state = 'submitting')
                                   AND NOT EXISTS (SELECT 1 FROM ray_render r WHERE r.revision_id = v.id
                                                      AND r.state = 'rendering')
                                   AND NOT EXISTS (SELECT 1 FROM ray_render r WHERE r.revision_id = v.id
                                                      AND r.state = 'rendered')""")
                        .bind("revision", revision)
                        .mapTo(Integer.class)
                        .one()
                == 1;
    }

    /** What a revision brought and is failed: what its campaign still asks for, and what has not been handed over. */
    List<RenderId> failed(Handle handle, long revision) {
        return handle.createQuery(
                        """
                        SELECT r.id FROM ray_render r JOIN ray_campaign c ON c.id = r.campaign_id
                         WHERE c.id = (SELECT v.campaign_id FROM ray_revision v WHERE v.id = :revision)
                           AND r.planned_in = :revision AND r.state = 'failed'
                           AND (r.revision_id = c.current_revision
                                OR r.id IN (SELECT w.render_id FROM ray_waiting w WHERE w.queue = 'failure'))
                         ORDER BY r.id""")
                .bind("revision", revision)
                .map((row, context) -> new RenderId(row.getLong("id")))
                .list();
    }

    /** Only under this lease: a render may have been tried again, failed again and even been leased again meanwhile. */
    void settle(Handle handle, RenderId render, long epoch, long leasedUntil) {
        handle.createUpdate(
                        """
                        DELETE FROM ray_waiting
                         WHERE queue = 'failure' AND render_id = :render AND lease_until = :until AND epoch = :epoch""")
                .bind("render", render.value())
                .bind("until", leasedUntil)
                .bind("epoch", epoch)
                .execute();
    }

    /** Only under this lease. */
    void release(Handle handle, RenderId render, long epoch, long leasedUntil, long dueAt) {
        handle.createUpdate(
                        """
                        UPDATE ray_waiting SET lease_until = 0, epoch = 0, due_at = :due
                         WHERE queue = 'failure' AND render_id = :render AND lease_until = :until AND epoch = :epoch""")
                .bind("render", render.value())
                .bind("until", leasedUntil)
                .bind("epoch", epoch)
                .bind("due", dueAt)
                .execute();
    }

    FailedRevision revision(
            Handle handle, long revision, List<RenderRecord> failed, List<RenderId> claimed, Instant leasedUntil) {
        return handle.createQuery(
                        """
                        SELECT c.name, v.number, v.source, v.manifest
                          FROM ray_revision v JOIN ray_campaign c ON c.id = v.campaign_id WHERE v.id = :revision""")
                .bind("revision", revision)
                .map((row, context) -> new FailedRevision(
                        row.getString("name"),
                        row.getInt("number"),
                        row.getString("source"),
                        row.getString("manifest"),
                        failed,
                        claimed,
                        leasedUntil))
                .one();
    }
}

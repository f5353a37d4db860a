package io.camelray.ledger;

import io.camelray.ledger.LedgerViews.OpenWindow;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Undo windows in {@code ray_campaign} and {@code ray_render}: what was just accepted and may still be taken back. */
final class UndoWindows {

    /** Holds what a revision has brought until {@code until}; what is held for another reason stays so as well. */
    void open(Handle handle, long campaignId, long revision, Instant until, long now) {
        handle.createUpdate(
                        """
                        UPDATE ray_render
                           SET held = CASE WHEN state = 'planned' THEN 'undo-window' ELSE held END,
                               note = CASE WHEN state = 'planned' THEN :note ELSE note END,
                               state = 'held', not_before = :until, due_at = :until, changed_at = :now
                         WHERE revision_id = :revision AND planned_in = :revision AND state IN ('planned', 'held')""")
                .bind("revision", revision)
                .bind("note", "nothing is spent before " + until + "; until then it can be cancelled for nothing")
                .bind("until", Micros.of(until))
                .bind("now", now)
                .execute();
        handle.createUpdate(
                        """
                        UPDATE ray_campaign
                           SET window_until = CASE WHEN window_until < :until THEN window_until ELSE :until END
                         WHERE id = :campaign""")
                .bind("campaign", campaignId)
                .bind("until", Micros.of(until))
                .execute();
    }

    /** Campaigns of which a window is over. */
    List<Long> over(Handle handle, long now) {
        return handle.createQuery("SELECT id FROM ray_campaign WHERE window_until <= :now ORDER BY window_until, id")
                .bind("now", now)
                .mapTo(Long.class)
                .list();
    }

    /** Plans what a revision holds for a window that is over. @return how many */
    int close(Handle handle, long campaignId, long revision, long now) {
        int planned = handle.createUpdate(
                        """
                        UPDATE ray_render SET state = 'planned', held = NULL, note = '', changed_at = :now
                         WHERE revision_id = :revision AND state = 'held' AND held = 'undo-window'
                           AND not_before <= :now""")
                .bind("revision", revision)
                .bind("now", now)
                .execute();
        handle.createUpdate(
                        """
                        UPDATE ray_campaign
                           SET window_until = (SELECT MIN(r.not_before) FROM ray_render r
                                                WHERE r.revision_id = :revision AND r.state = 'held'
                                                  AND r.held = 'undo-window')
                         WHERE id = :campaign""")
                .bind("revision", revision)
                .bind("campaign", campaignId)
                .execute();
        return planned;
    }

    /** Ends what is in a window of a revision, whatever else it is held for. @return how many */
    int cancel(Handle handle, long revision, long now) {
        return handle.createUpdate(
                        """
                        UPDATE ray_render SET state = 'cancelled', held = NULL, note = 'taken back in its undo window',
                               changed_at = :now
                         WHERE revision_id = :revision AND state IN ('planned', 'held') AND not_before > :now""")
                .bind("revision", revision)
                .bind("now", now)
                .execute();
    }

    /** When the next window ends. */
    Optional<Instant> next(Handle handle) {
        return handle.createQuery("SELECT MIN(window_until) AS next FROM ray_campaign WHERE window_until IS NOT NULL")
                .map((row, context) -> Micros.optional(row, "next"))
                .one();
    }

    /** How many renders become work when their windows end. */
    int count(Handle handle) {
        return handle.createQuery(
                        """
                        SELECT COUNT(*) FROM ray_campaign c JOIN ray_render r ON r.revision_id = c.current_revision
                         WHERE c.window_until IS NOT NULL AND r.state = 'held' AND r.held = 'undo-window'""")
                .mapTo(Integer.class)
                .one();
    }

    /** Current revisions of which something is still held in a window. */
    List<OpenWindow> all(Handle handle) {
        return handle.createQuery(
                        """
                        SELECT c.name, v.number, v.source, c.window_until
                          FROM ray_campaign c JOIN ray_revision v ON v.id = c.current_revision
                         WHERE c.window_until IS NOT NULL ORDER BY c.name""")
                .map((row, context) -> new OpenWindow(
                        row.getString("name"),
                        row.getInt("number"),
                        row.getString("source"),
                        Micros.instant(row, "window_until")))
                .list();
    }
}

package io.camelray.ledger;

import io.camelray.model.Money;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * {@code ray_render}, where a person has to look first. No planned render needs approval, and one that is held and needs
 * it is held for that.
 */
final class Approvals {
    static final String WHY = "look at its draft, then approve or reject it";

    /** A full-quality render that waits for a person. */
    record Waiting(long id, String step, String cell) {}

    /** Has all that is no draft, was not approved and has not been submitted wait for a person. */
    void ask(Handle handle, long revision, long now) {
        handle.createUpdate(
                        """
                        UPDATE ray_render
                           SET approval = 'needed', state = 'held', held = 'approval', note = :why, changed_at = :now
                         WHERE revision_id = :revision AND draft = FALSE AND approval IS NULL
                           AND state IN ('planned', 'held')""")
                .bind("revision", revision)
                .bind("why", WHY)
                .bind("now", now)
                .execute();
    }

    /** Nobody has to look any more. */
    void waive(Handle handle, long revision) {
        handle.createUpdate(
                        "UPDATE ray_render SET approval = NULL WHERE revision_id = :revision AND approval = 'needed'")
                .bind("revision", revision)
                .execute();
    }

    /** Holds what was planned again and still needs approval. @return how many */
    int hold(Handle handle, long revision, long now) {
        return handle.createUpdate(
                        """
                        UPDATE ray_render SET state = 'held', held = 'approval', note = :why, changed_at = :now
                         WHERE revision_id = :revision AND state = 'planned' AND approval = 'needed'""")
                .bind("revision", revision)
                .bind("why", WHY)
                .bind("now", now)
                .execute();
    }

    /** Some of what waits in a revision. @param label of the cell; empty for all */
    List<Waiting> waiting(Handle handle, long revision, Optional<String> label, int limit) {
        return handle.createQuery(
                        """
                        SELECT id, step, cell FROM ray_render
                         WHERE revision_id = :revision AND state = 'held' AND approval = 'needed'
                           AND (:all = TRUE OR label = :label)
                         FETCH FIRST :limit ROWS ONLY""")
                .bind("revision", revision)
                .bind("all", label.isEmpty())
                .bind("label", label.orElse(""))
                .bind("limit", limit)
                .map((row, context) -> new Waiting(row.getLong("id"), row.getString("step"), row.getString("cell")))
                .list();
    }

    /** The render, if it waits for approval in a current revision. */
    Optional<Waiting> waiting(Handle handle, long render) {
        return handle.createQuery(
                        """
                        SELECT r.id, r.step, r.cell
                          FROM ray_render r JOIN ray_campaign c ON c.current_revision = r.revision_id
                         WHERE r.id = :id AND r.state = 'held' AND r.approval = 'needed'""")
                .bind("id", render)
                .map((row, context) -> new Waiting(row.getLong("id"), row.getString("step"), row.getString("cell")))
                .findOne();
    }

    int count(Handle handle, long revision) {
        return handle.createQuery(
                        """
                        SELECT COUNT(*) FROM ray_render
                         WHERE revision_id = :revision AND state = 'held' AND approval = 'needed'""")
                .bind("revision", revision)
                .mapTo(Integer.class)
                .one();
    }

    /** What these renders start from and nobody has approved. */
    List<Long> unapprovedParents(Handle handle, List<Long> renders) {
        return handle.createQuery(
                        """
                        SELECT DISTINCT p.id FROM ray_parent l JOIN ray_render p ON p.id = l.parent_id
                         WHERE l.child_id IN (<renders>) AND p.state = 'held' AND p.approval = 'needed'""")
                .bindList("renders", renders)
                .mapTo(Long.class)
                .list();
    }

    Money expected(Handle handle, List<Long> renders) {
        return new Money(handle.createQuery("SELECT COALESCE(SUM(expected), 0) FROM ray_render WHERE id IN (<renders>)")
                .bindList("renders", renders)
                .mapTo(Long.class)
                .one());
    }

    /** Plans renders that wait for approval; what is in an undo window waits for its end. */
    void approve(Handle handle, List<Long> renders, long now) {
        handle.createUpdate(
                        """
                        UPDATE ray_render
                           SET approval = 'given', state = 'planned', held = NULL, note = '',
                               due_at = GREATEST(not_before, :now), changed_at = :now
                         WHERE id IN (<renders>) AND state = 'held' AND approval = 'needed'""")
                .bindList("renders", renders)
                .bind("now", now)
                .execute();
    }

    /** The renders of a revision at these places of drafts that have not been submitted. */
    List<Long> unsubmitted(Handle handle, long revision, Set<UUID> places) {
        return handle.createQuery(
                        """
                        SELECT r.id FROM ray_place x JOIN ray_render r ON r.id = x.render_id
                         WHERE x.planned_in IN (SELECT p.id FROM ray_revision p JOIN ray_revision v
                                                    ON v.campaign_id = p.campaign_id
                                                 WHERE v.id = :revision AND p.placed = TRUE)
                           AND x.place IN (<places>)
                           AND r.revision_id = :revision AND r.state IN ('planned', 'held')""")
                .bind("revision", revision)
                .bindList("places", List.copyOf(places))
                .mapTo(Long.class)
                .list();
    }

    /** The full-quality render that a draft was made for; the draft and it are of one revision. */
    Optional<Long> fullOf(Handle handle, long draft) {
        return handle.createQuery(
                        """
                        SELECT f.id FROM ray_render d
                          JOIN ray_render f ON f.revision_id = d.revision_id AND f.step = d.step AND f.cell = d.cell
                         WHERE d.id = :draft AND d.draft = TRUE AND f.draft = FALSE""")
                .bind("draft", draft)
                .mapTo(Long.class)
                .findFirst();
    }
}

package io.camelray.ledger;

import io.camelray.ledger.RetryLedger.FailedRender;
import io.camelray.model.FailureClass;
import io.camelray.model.Labelled;
import io.camelray.model.RenderId;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** {@code ray_render}, where a revision replaces a few renders of the one before it. */
final class Amendments {
    private static final int SOME = 500;

    List<FailedRender> failed(Handle handle, long revision) {
        return handle.createQuery(
                        """
                        SELECT id, step, cell, ordinal, fingerprint, generation, failure, draft FROM ray_render
                         WHERE revision_id = :revision AND state = 'failed'
                         ORDER BY revision_id, state, ordinal""")
                .bind("revision", revision)
                .map((row, context) -> new FailedRender(
                        new RenderId(row.getLong("id")),
                        row.getString("step"),
                        row.getString("cell"),
                        row.getInt("ordinal"),
                        row.getString("fingerprint"),
                        row.getInt("generation"),
                        Optional.ofNullable(row.getString("failure"))
                                .map(label -> Labelled.of(FailureClass.class, label)),
                        row.getBoolean("draft")))
                .list();
    }

    /** What takes the place of a render that nobody has approved needs approval as well. */
    private static void inheritApproval(Handle handle, long earlier, long draft) {
        handle.createUpdate(
                        """
                        UPDATE ray_render d SET approval = 'needed'
                         WHERE d.revision_id = :draft AND d.planned_in = :draft AND d.approval IS NULL
                           AND EXISTS (SELECT 1
                                         FROM ray_revision v
                                         JOIN ray_place x ON x.planned_in = v.id AND x.place = d.place
                                         JOIN ray_render r ON r.id = x.render_id
                                        WHERE v.campaign_id = d.campaign_id AND v.placed = TRUE
                                          AND r.revision_id = :earlier AND r.approval = 'needed')""")
                .bind("earlier", earlier)
                .bind("draft", draft)
                .execute();
    }

    /**
     * Moves to the draft all of the earlier revision that the draft does not replace. What any revision brought must be in
     * {@code ray_place}. @return how many
     */
    int bringOver(Handle handle, long earlier, long draft) {
        List<Long> replaced = handle.createQuery(
                        """
                        SELECT r.id FROM ray_render d
                          JOIN ray_revision v ON v.campaign_id = d.campaign_id AND v.placed = TRUE
                          JOIN ray_place x ON x.planned_in = v.id AND x.place = d.place
                          JOIN ray_render r ON r.id = x.render_id
                         WHERE d.revision_id = :draft AND r.revision_id = :earlier""")
                .bind("earlier", earlier)
                .bind("draft", draft)
                .mapTo(Long.class)
                .list();
        int moved = handle.createUpdate("UPDATE ray_render SET revision_id = :draft WHERE revision_id = :earlier")
                .bind("earlier", earlier)
                .bind("draft", draft)
                .execute();
        for (int start = 0; start < replaced.size(); start += SOME) {
            handle.createUpdate("UPDATE ray_render SET revision_id = :earlier WHERE id IN (<replaced>)")
                    .bind("earlier", earlier)
                    .bindList("replaced", replaced.subList(start, Math.min(start + SOME, replaced.size())))
                    .execute();
        }
        inheritApproval(handle, earlier, draft);
        handle.createUpdate(
                        """
                        UPDATE ray_revision SET drafts = (SELECT e.drafts FROM ray_revision e WHERE e.id = :earlier)
                         WHERE id = :draft""")
                .bind("earlier", earlier)
                .bind("draft", draft)
                .execute();
        return moved - replaced.size();
    }
}

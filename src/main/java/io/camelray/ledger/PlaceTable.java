package io.camelray.ledger;

import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * {@code ray_place}: which renders a revision brought for each step and cell. Rows are added for all of a revision at once,
 * in the order of their key, when somebody is about to look for one of its renders; a first plan without chains and drafts
 * needs none.
 */
final class PlaceTable {

    /** Makes what a revision brought be found, if it is not yet. */
    void fill(Handle handle, long revision) {
        int unfilled = handle.createUpdate("UPDATE ray_revision SET placed = TRUE WHERE id = :id AND placed = FALSE")
                .bind("id", revision)
                .execute();
        if (unfilled > 0) {
            handle.createUpdate(
                            """
                            INSERT INTO ray_place (planned_in, place, render_id)
                            SELECT planned_in, place, id FROM ray_render
                             WHERE planned_in = :revision AND revision_id = :revision
                             ORDER BY place, id""")
                    .bind("revision", revision)
                    .execute();
        }
    }

    /** Makes what all accepted revisions of a campaign brought be found. */
    void fillAccepted(Handle handle, long campaignId) {
        int unfilled = handle.createUpdate(
                        """
                        INSERT INTO ray_place (planned_in, place, render_id)
                        SELECT r.planned_in, r.place, r.id
                          FROM ray_render r
                         WHERE r.campaign_id = :campaign
                           AND r.planned_in IN (SELECT v.id FROM ray_revision v
                                                 WHERE v.campaign_id = :campaign AND v.state = 'accepted'
                                                   AND v.placed = FALSE)
                         ORDER BY r.planned_in, r.place, r.id""")
                .bind("campaign", campaignId)
                .execute();
        if (unfilled > 0) {
            handle.createUpdate(
                            """
                            UPDATE ray_revision SET placed = TRUE
                             WHERE campaign_id = :campaign AND state = 'accepted' AND placed = FALSE""")
                    .bind("campaign", campaignId)
                    .execute();
        }
    }

    /** Forgets what of a revision is gone. */
    void deleteOrphans(Handle handle, long revision) {
        handle.createUpdate(
                        """
                        DELETE FROM ray_place x
                         WHERE x.planned_in = :revision
                           AND NOT EXISTS (SELECT 1 FROM ray_render r WHERE r.id = x.render_id)""")
                .bind("revision", revision)
                .execute();
    }

    /** Forgets renders that are about to be removed. */
    static void delete(Handle handle, List<Long> renders) {
        record Row(long plannedIn, UUID place, long id) {}
        List<Row> rows = handle.createQuery("SELECT planned_in, place, id FROM ray_render WHERE id IN (<ids>)")
                .bindList("ids", renders)
                .map((row, context) ->
                        new Row(row.getLong("planned_in"), row.getObject("place", UUID.class), row.getLong("id")))
                .list();
        PreparedBatch batch = handle.prepareBatch(
                "DELETE FROM ray_place WHERE planned_in = :revision AND place = :place AND render_id = :id");
        rows.forEach(row -> batch.bind("revision", row.plannedIn())
                .bind("place", row.place())
                .bind("id", row.id())
                .add());
        batch.execute();
    }
}

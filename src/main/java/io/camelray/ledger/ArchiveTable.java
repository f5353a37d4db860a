package io.camelray.ledger;

import io.camelray.ledger.ArchiveLedger.Archived;
import io.camelray.ledger.ArchiveLedger.Ended;
import io.camelray.model.AttemptToken;
import io.camelray.model.RenderState;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** What the ledger keeps of archived campaigns, and what it removes. */
final class ArchiveTable {

    /** Children first: a program that dies in between finds the render, and so what is left. */
    private static final List<String> REMOVE = List.of(
            "INSERT INTO ray_archived_attempt (token) SELECT token FROM ray_attempt WHERE render_id IN (<ids>)",
            "DELETE FROM ray_attempt WHERE render_id IN (<ids>)",
            "DELETE FROM ray_redelivery WHERE output_id IN (SELECT id FROM ray_output WHERE render_id IN (<ids>))",
            "DELETE FROM ray_output WHERE render_id IN (<ids>)",
            "DELETE FROM ray_event WHERE render_id IN (<ids>)",
            "DELETE FROM ray_parent WHERE child_id IN (<ids>)",
            "DELETE FROM ray_render WHERE id IN (<ids>)");

    /** Campaigns that may have ended, without those that ad-hoc requests are kept as. */
    List<Ended> candidates(Handle handle) {
        return handle.createQuery(
                        """
                        SELECT id, name, changes FROM ray_campaign
                         WHERE current_revision IS NOT NULL AND archived_at IS NULL AND reserved = 0 AND at_risk = 0
                           AND name NOT LIKE :adHoc
                         ORDER BY name""")
                .bind("adHoc", AdHocLedger.PREFIX + '%')
                .map((row, context) -> new Ended(row.getLong("id"), row.getString("name"), row.getLong("changes")))
                .list();
    }

    Optional<Ended> find(Handle handle, String campaign) {
        return handle.createQuery(
                        "SELECT id, name, changes FROM ray_campaign WHERE name = :name AND current_revision IS NOT NULL")
                .bind("name", campaign)
                .map((row, context) -> new Ended(row.getLong("id"), row.getString("name"), row.getLong("changes")))
                .findOne();
    }

    List<Long> revisions(Handle handle, long campaign) {
        return handle.createQuery("SELECT id FROM ray_revision WHERE campaign_id = :campaign ORDER BY number")
                .bind("campaign", campaign)
                .mapTo(Long.class)
                .list();
    }

    /** Whether a query finds anything about a campaign; it may ask for what is not {@code before} a moment. */
    boolean isThere(Handle handle, String query, long campaign, long before) {
        Query found = handle.createQuery("SELECT COUNT(*) FROM (" + query + " FETCH FIRST 1 ROWS ONLY) found")
                .bind("campaign", campaign);
        if (query.contains(":before")) {
            found.bind("before", before);
        }
        return found.mapTo(Integer.class).one() > 0;
    }

    /** Keeps how many renders of each revision ended in which state, and marks the campaign. */
    void mark(Handle handle, long campaign, long now, Path file) {
        handle.createUpdate(
                        """
                        INSERT INTO ray_archived_count (revision_id, state, draft, renders)
                        SELECT revision_id, state, draft, COUNT(*) FROM ray_render
                         WHERE campaign_id = :campaign GROUP BY revision_id, state, draft""")
                .bind("campaign", campaign)
                .execute();
        handle.createUpdate("UPDATE ray_campaign SET archived_at = :now, archive = :file WHERE id = :campaign")
                .bind("campaign", campaign)
                .bind("now", now)
                .bind("file", file.toString())
                .execute();
    }

    /** Archived campaigns of which there are still renders. */
    List<Long> unfinished(Handle handle) {
        return handle.createQuery(
                        """
                        SELECT c.id FROM ray_campaign c
                         WHERE c.archived_at IS NOT NULL
                           AND EXISTS (SELECT 1 FROM ray_render r WHERE r.campaign_id = c.id)
                         ORDER BY c.id""")
                .mapTo(Long.class)
                .list();
    }

    /** @return renders removed; 0 when none is left */
    int removeSome(Handle handle, long campaign, int limit) {
        List<Long> ids = handle.createQuery(
                        "SELECT id FROM ray_render WHERE campaign_id = :campaign" + " FETCH FIRST :limit ROWS ONLY")
                .bind("campaign", campaign)
                .bind("limit", limit)
                .mapTo(Long.class)
                .list();
        if (!ids.isEmpty()) {
            PlaceTable.delete(handle, ids);
            REMOVE.forEach(statement ->
                    handle.createUpdate(statement).bindList("ids", ids).execute());
        }
        return ids.size();
    }

    Map<String, Archived> all(Handle handle) {
        Map<String, Archived> all = new HashMap<>();
        handle.createQuery("SELECT name, archived_at, archive FROM ray_campaign WHERE archived_at IS NOT NULL")
                .map((row, context) -> Map.entry(
                        row.getString("name"),
                        new Archived(Micros.instant(row, "archived_at"), row.getString("archive"))))
                .forEach(entry -> all.put(entry.getKey(), entry.getValue()));
        return all;
    }

    Optional<Archived> find(Handle handle, long campaign) {
        return handle.createQuery(
                        "SELECT archived_at, archive FROM ray_campaign WHERE id = :id AND archived_at IS NOT NULL")
                .bind("id", campaign)
                .map((row, context) -> new Archived(Micros.instant(row, "archived_at"), row.getString("archive")))
                .findOne();
    }

    /** How the renders of an archived revision ended; empty for one that is not archived. */
    Map<RenderState, Integer> counts(Handle handle, long revision, boolean draftsOnly) {
        Map<RenderState, Integer> counts = new EnumMap<>(RenderState.class);
        handle.createQuery("SELECT state, renders FROM ray_archived_count WHERE revision_id = :revision"
                        + (draftsOnly ? " AND draft = TRUE" : ""))
                .bind("revision", revision)
                .map((row, context) -> Map.entry(Labels.state(row.getString("state")), row.getInt("renders")))
                .forEach(entry -> counts.merge(entry.getKey(), entry.getValue(), Integer::sum));
        return counts;
    }

    boolean isArchived(Handle handle, AttemptToken token) {
        return handle.createQuery("SELECT COUNT(*) FROM ray_archived_attempt WHERE token = :token")
                        .bind("token", token.value())
                        .mapTo(Integer.class)
                        .one()
                > 0;
    }
}

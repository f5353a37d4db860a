package io.camelray.ledger;

import io.camelray.ledger.OutputTable.OutputRow;
import io.camelray.ledger.RenderRecord.AttemptRecord;
import io.camelray.model.Destination;
import io.camelray.model.Failure;
import io.camelray.model.FailureClass;
import io.camelray.model.HoldReason;
import io.camelray.model.Labelled;
import io.camelray.model.Money;
import io.camelray.model.Price;
import io.camelray.model.RenderId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Reads everything that is recorded about renders, some at a time. */
final class RenderReader {
    private final Tables tables;

    RenderReader(Tables tables) {
        this.tables = tables;
    }

    Optional<RenderRecord> render(Handle handle, RenderId id) {
        return renders(handle, List.of(id)).stream().findFirst();
    }

    /** In plan order. Renders of a draft are not there. */
    List<RenderRecord> renders(Handle handle, List<RenderId> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        Map<RenderId, List<AttemptRecord>> attempts = tables.attempts().ofRenders(handle, ids);
        Map<RenderId, List<OutputRow>> outputs = tables.outputs().ofRenders(handle, ids);
        Map<RenderId, String> drafts = draftObjects(handle, ids);
        return handle.createQuery(
                        """
                        SELECT r.*, c.name AS campaign, v.number AS revision, v.digest
                          FROM ray_render r
                          JOIN ray_campaign c ON c.id = r.campaign_id
                          JOIN ray_revision v ON v.id = r.revision_id
                         WHERE r.id IN (<ids>) AND v.state = 'accepted'
                         ORDER BY r.ordinal, r.id""")
                .bindList("ids", ids.stream().map(RenderId::value).toList())
                .map((row, context) -> {
                    RenderId id = new RenderId(row.getLong("id"));
                    return record(
                            row,
                            id,
                            attempts.getOrDefault(id, List.of()),
                            outputs.getOrDefault(id, List.of()),
                            Optional.ofNullable(drafts.get(id)));
                })
                .list();
    }

    /** Where the drafts lie of those that approval was asked for. */
    private Map<RenderId, String> draftObjects(Handle handle, List<RenderId> ids) {
        record Asked(RenderId id, long revision, UUID place) {}
        List<Asked> asked = handle.createQuery(
                        """
                        SELECT r.id, r.revision_id, r.step, r.cell, c.name AS campaign
                          FROM ray_render r JOIN ray_campaign c ON c.id = r.campaign_id
                         WHERE r.id IN (<ids>) AND r.approval IS NOT NULL""")
                .bindList("ids", ids.stream().map(RenderId::value).toList())
                .map((row, context) -> new Asked(
                        new RenderId(row.getLong("id")),
                        row.getLong("revision_id"),
                        new PlanKeys(row.getString("campaign"))
                                .place(row.getString("step"), row.getString("cell"), true)))
                .list();
        if (asked.isEmpty()) {
            return Map.of();
        }
        Map<UUID, String> objects = new HashMap<>();
        handle.createQuery(
                        """
                        SELECT d.place, o.destination, COALESCE(o.stored_key, o.object_key) AS object_key
                          FROM ray_place x
                          JOIN ray_render d ON d.id = x.render_id
                          JOIN ray_output o ON o.render_id = d.id
                         WHERE x.planned_in IN (SELECT p.id FROM ray_revision p JOIN ray_revision v
                                                    ON v.campaign_id = p.campaign_id
                                                 WHERE v.id IN (<revisions>) AND p.placed = TRUE)
                           AND x.place IN (<places>) AND d.revision_id IN (<revisions>)
                           AND o.kind = 'video' AND o.stored_at IS NOT NULL""")
                .bindList(
                        "revisions",
                        asked.stream().map(Asked::revision).distinct().toList())
                .bindList("places", asked.stream().map(Asked::place).toList())
                .map((row, context) -> Map.entry(
                        row.getObject("place", UUID.class),
                        Destination.parse(row.getString("destination")).locate(row.getString("object_key"))))
                .forEach(entry -> objects.put(entry.getKey(), entry.getValue()));
        Map<RenderId, String> found = new HashMap<>();
        asked.forEach(render -> {
            if (objects.containsKey(render.place())) {
                found.put(render.id(), objects.get(render.place()));
            }
        });
        return found;
    }

    private static RenderRecord record(
            ResultSet row,
            RenderId id,
            List<AttemptRecord> attempts,
            List<OutputRow> outputs,
            Optional<String> draftObject)
            throws SQLException {
        return new RenderRecord(
                id,
                row.getString("campaign"),
                row.getInt("revision"),
                row.getString("digest"),
                row.getString("step"),
                row.getString("cell"),
                row.getString("label"),
                row.getInt("line"),
                Labels.provider(row.getString("provider")),
                row.getString("account"),
                RequestJson.read(row.getString("request")),
                row.getString("fingerprint"),
                new Price(
                        new Money(row.getLong("expected")),
                        new Money(row.getLong("upper_bound")),
                        row.getString("assumption")),
                Labels.state(row.getString("state")),
                Optional.ofNullable(row.getString("held")).map(label -> Labelled.of(HoldReason.class, label)),
                failure(row),
                row.getString("note"),
                new Money(row.getLong("confirmed")),
                Micros.instant(row, "planned_at"),
                Micros.instant(row, "changed_at"),
                Micros.optional(row, "cancel_requested"),
                attempts,
                outputs.stream().filter(OutputRow::asked).map(OutputRow::record).toList(),
                row.getBoolean("draft"),
                draftObject);
    }

    private static Optional<Failure> failure(ResultSet row) throws SQLException {
        String kind = row.getString("failure");
        return kind == null
                ? Optional.empty()
                : Optional.of(new Failure(
                        Labelled.of(FailureClass.class, kind),
                        row.getString("failure_reason"),
                        row.getString("failure_remedy")));
    }
}

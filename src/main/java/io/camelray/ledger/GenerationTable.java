package io.camelray.ledger;

import io.camelray.ledger.PlanningLedger.NewRevision;
import io.camelray.ledger.PlanningLedger.Parent;
import io.camelray.ledger.PlanningLedger.PlannedOutput;
import io.camelray.ledger.PlanningLedger.PlannedRender;
import io.camelray.model.Destination;
import io.camelray.model.Money;
import io.camelray.model.Price;
import io.camelray.model.Priority;
import io.camelray.model.RenderId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** A current revision as the plan that it was made from. */
final class GenerationTable {

    /** @param id the current revision's @param next what asks for all of it once more @param generation the next one */
    record Origin(long id, NewRevision next, int generation) {}

    /** @param id the render that the plan was read from */
    record Copied(RenderId id, PlannedRender render) {}

    private record Row(long id, PlannedRender bare) {}

    Optional<Origin> origin(Handle handle, String campaign) {
        return handle.createQuery(
                        """
                        SELECT v.id, c.name, v.provider, v.account, c.budget, c.lane, c.stop_after, v.digest, v.source,
                               v.manifest,
                               (SELECT MAX(r.generation) FROM ray_render r WHERE r.revision_id = v.id) AS generation
                          FROM ray_campaign c JOIN ray_revision v ON v.id = c.current_revision
                         WHERE c.name = :campaign""")
                .bind("campaign", campaign)
                .map((row, context) -> new Origin(
                        row.getLong("id"),
                        new NewRevision(
                                row.getString("name"),
                                Labels.provider(row.getString("provider")),
                                row.getString("account"),
                                new Money(row.getLong("budget")),
                                Priority.values()[row.getInt("lane")],
                                row.getInt("stop_after"),
                                row.getString("digest"),
                                row.getString("source"),
                                row.getString("manifest")),
                        row.getInt("generation") + 1))
                .findOne();
    }

    /** How many of a campaign's renders have not ended, those of earlier revisions included. */
    int open(Handle handle, String campaign) {
        return handle.createQuery(
                        """
                        SELECT COUNT(*) FROM ray_render r JOIN ray_campaign c ON c.id = r.campaign_id
                         WHERE c.name = :campaign
                           AND r.state IN ('planned', 'held', 'submitting', 'unknown', 'rendering', 'rendered')""")
                .bind("campaign", campaign)
                .mapTo(Integer.class)
                .one();
    }

    /** The next renders of a revision in plan order, planned as another generation. */
    List<Copied> page(Handle handle, long revision, RenderSets.Place after, int limit, int generation) {
        List<Row> rows = handle.createQuery(
                        """
                        SELECT id, step, cell, label, ordinal, fingerprint, request, expected, upper_bound, assumption,
                               line
                          FROM ray_render
                         WHERE revision_id = :revision AND ordinal >= :ordinal
                           AND (ordinal > :ordinal OR id > :id)
                         ORDER BY revision_id, ordinal, id
                         FETCH FIRST :limit ROWS ONLY""")
                .bind("revision", revision)
                .bind("ordinal", after.ordinal())
                .bind("id", after.id().value())
                .bind("limit", limit)
                .map((row, context) -> new Row(
                        row.getLong("id"),
                        new PlannedRender(
                                row.getString("step"),
                                row.getString("cell"),
                                row.getString("label"),
                                row.getInt("ordinal"),
                                row.getString("fingerprint"),
                                generation,
                                RequestJson.read(row.getString("request")),
                                new Price(
                                        new Money(row.getLong("expected")),
                                        new Money(row.getLong("upper_bound")),
                                        row.getString("assumption")),
                                List.of(),
                                row.getInt("line"),
                                List.of())))
                .list();
        if (rows.isEmpty()) {
            return List.of();
        }
        List<Long> ids = rows.stream().map(Row::id).toList();
        Map<Long, List<PlannedOutput>> outputs = outputs(handle, ids);
        Map<Long, List<Parent>> parents = parents(handle, ids);
        return rows.stream()
                .map(row -> new Copied(
                        new RenderId(row.id()),
                        whole(
                                row.bare(),
                                outputs.getOrDefault(row.id(), List.of()),
                                parents.getOrDefault(row.id(), List.of()))))
                .toList();
    }

    private static PlannedRender whole(PlannedRender bare, List<PlannedOutput> outputs, List<Parent> parents) {
        return new PlannedRender(
                bare.step(),
                bare.cell(),
                bare.label(),
                bare.ordinal(),
                bare.fingerprint(),
                bare.generation(),
                bare.request(),
                bare.price(),
                outputs,
                bare.line(),
                parents);
    }

    private static Map<Long, List<PlannedOutput>> outputs(Handle handle, List<Long> renders) {
        Map<Long, List<PlannedOutput>> outputs = new HashMap<>();
        handle.createQuery(
                        """
                        SELECT render_id, kind, destination, object_key, alternate_key FROM ray_output
                         WHERE render_id IN (<renders>) AND asked = TRUE ORDER BY render_id, id""")
                .bindList("renders", renders)
                .map((row, context) -> Map.entry(
                        row.getLong("render_id"),
                        new PlannedOutput(
                                Labels.kind(row.getString("kind")),
                                Destination.parse(row.getString("destination")),
                                row.getString("object_key"),
                                row.getString("alternate_key"))))
                .forEach(entry -> outputs.computeIfAbsent(entry.getKey(), id -> new ArrayList<>())
                        .add(entry.getValue()));
        return outputs;
    }

    private static Map<Long, List<Parent>> parents(Handle handle, List<Long> children) {
        Map<Long, List<Parent>> parents = new HashMap<>();
        handle.createQuery(
                        """
                        SELECT l.child_id, p.step, p.cell FROM ray_parent l JOIN ray_render p ON p.id = l.parent_id
                         WHERE l.child_id IN (<children>) ORDER BY l.child_id, p.step""")
                .bindList("children", children)
                .map((row, context) ->
                        Map.entry(row.getLong("child_id"), new Parent(row.getString("step"), row.getString("cell"))))
                .forEach(entry -> parents.computeIfAbsent(entry.getKey(), id -> new ArrayList<>())
                        .add(entry.getValue()));
        return parents;
    }
}

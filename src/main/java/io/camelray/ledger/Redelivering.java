package io.camelray.ledger;

import io.camelray.ledger.Ledger.Change;
import io.camelray.ledger.RenderSets.Twins;
import io.camelray.ledger.WaitingTable.Queue;
import io.camelray.model.RenderState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * What kept renders are to deliver as a new revision says, and where. What has come to no file takes the new plan as it is;
 * what is not yet stored is stored where it belongs now; what is stored elsewhere is delivered anew. Nothing here submits
 * anything or touches money. Called under the campaign's lock, some renders at a time.
 */
final class Redelivering {
    private static final RenderState[] WITH_FILES = {RenderState.RENDERED, RenderState.DELIVERED};

    private final Tables tables;
    private final long campaignId;
    private final int revision;
    private int renders;

    Redelivering(Tables tables, long campaignId, int revision) {
        this.tables = tables;
        this.campaignId = campaignId;
        this.revision = revision;
    }

    /** How many renders are delivered anew. */
    int renders() {
        return renders;
    }

    /** As much of an output as decides what becomes of it. */
    private record Planned(
            long id,
            long render,
            String kind,
            String destination,
            String key,
            String alternateKey,
            boolean stored,
            boolean missing,
            boolean asked) {

        boolean isAt(Planned other) {
            return destination.equals(other.destination)
                    && key.equals(other.key)
                    && alternateKey.equals(other.alternateKey);
        }

        boolean awaits() {
            return asked && !stored && !missing;
        }
    }

    /** What is to be written of some renders. */
    private static final class Changes {
        final List<Long> remembered = new ArrayList<>();
        final List<Long> dropped = new ArrayList<>();
        final Map<Long, Planned> places = new HashMap<>();
        final Map<Long, Long> taken = new HashMap<>();
        final Map<String, List<Long>> anew = new HashMap<>();
        final List<Long> done = new ArrayList<>();
    }

    /** Before the twins are removed. */
    void take(Transaction tx, List<Twins> some) {
        Handle handle = tx.handle();
        OutputTable.handOver(handle, some.stream().filter(Twins::hasNoFiles).toList());
        for (RenderState state : WITH_FILES) {
            List<Twins> kept =
                    some.stream().filter(twins -> twins.state() == state).toList();
            if (!kept.isEmpty()) {
                write(tx, changes(handle, kept, state));
            }
        }
        List<Twins> failed = some.stream()
                .filter(twins -> twins.state() == RenderState.FAILED)
                .toList();
        if (!failed.isEmpty()) {
            Map<Long, List<Planned>> outputs = outputs(handle, ids(failed));
            OutputTable.handOver(
                    handle,
                    failed.stream()
                            .filter(twins -> of(outputs, twins.kept().id().value()).stream()
                                    .noneMatch(Planned::stored))
                            .toList());
        }
    }

    private static List<Long> ids(List<Twins> some) {
        return some.stream().map(twins -> twins.kept().id().value()).toList();
    }

    private static List<Planned> of(Map<Long, List<Planned>> outputs, long render) {
        return outputs.getOrDefault(render, List.of());
    }

    private Changes changes(Handle handle, List<Twins> some, RenderState state) {
        List<Long> all = new ArrayList<>(ids(some));
        some.forEach(twins -> all.add(twins.twin()));
        Map<Long, List<Planned>> outputs = outputs(handle, all);
        Changes changes = new Changes();
        for (Twins twins : some) {
            long render = twins.kept().id().value();
            compare(changes, render, state, of(outputs, render), of(outputs, twins.twin()));
        }
        return changes;
    }

    private static void compare(
            Changes changes, long render, RenderState state, List<Planned> had, List<Planned> wanted) {
        boolean delivered = state == RenderState.DELIVERED;
        String anew = null;
        boolean awaits = false;
        Set<Long> stay = new HashSet<>();
        for (Planned now : wanted) {
            Planned before = had.stream()
                    .filter(output -> output.kind().equals(now.kind()))
                    .findFirst()
                    .orElse(null);
            if (before == null) {
                changes.taken.put(now.id(), render);
                anew = now.destination();
                awaits = true;
                if (delivered) {
                    changes.remembered.add(now.id());
                }
                continue;
            }
            stay.add(before.id());
            boolean moves = !before.isAt(now) || !before.asked();
            if (moves) {
                changes.places.put(before.id(), now);
            }
            if (before.stored() && moves) {
                changes.remembered.add(before.id());
            }
            if (!before.missing() && (moves || !before.stored())) {
                anew = now.destination();
                awaits = true;
            }
        }
        had.stream()
                .filter(output -> output.asked() && !stay.contains(output.id()))
                .forEach(output -> changes.dropped.add(output.id()));
        if (delivered && anew != null) {
            changes.anew.computeIfAbsent(anew, destination -> new ArrayList<>()).add(render);
        } else if (!delivered && !awaits) {
            changes.done.add(render);
        }
    }

    private void write(Transaction tx, Changes changes) {
        Handle handle = tx.handle();
        if (!changes.remembered.isEmpty()) {
            tables.redeliveries().remember(handle, campaignId, changes.remembered);
        }
        if (!changes.places.isEmpty()) {
            // Of what is in the spool already, or was found at the provider, nothing is forgotten.
            PreparedBatch batch = handle.prepareBatch(
                    """
                    UPDATE ray_output
                       SET destination = :destination, object_key = :key, alternate_key = :alternate, asked = TRUE,
                           stored_at = NULL, stored_key = NULL, entity_tag = '',
                           tries = CASE WHEN stored_at IS NULL THEN tries ELSE 0 END
                     WHERE id = :id""");
            changes.places.forEach((id, place) -> batch.bind("id", id)
                    .bind("destination", place.destination())
                    .bind("key", place.key())
                    .bind("alternate", place.alternateKey())
                    .add());
            batch.execute();
        }
        if (!changes.taken.isEmpty()) {
            PreparedBatch batch = handle.prepareBatch("UPDATE ray_output SET render_id = :render WHERE id = :id");
            changes.taken.forEach(
                    (id, render) -> batch.bind("id", id).bind("render", render).add());
            batch.execute();
        }
        if (!changes.dropped.isEmpty()) {
            handle.createUpdate("UPDATE ray_output SET asked = FALSE WHERE id IN (<ids>)")
                    .bindList("ids", changes.dropped)
                    .execute();
        }
        changes.anew.forEach((destination, some) -> deliverAnew(tx, destination, some));
        if (!changes.done.isEmpty()) {
            String why = "revision " + revision + " wants nothing of it that is not stored";
            tables.events().movedAll(tx, changes.done, RenderState.DELIVERED, why);
            tables.sets().moveAll(handle, changes.done, RenderState.RENDERED, RenderState.DELIVERED, tx.nowMicros());
            tables.waiting().deleteAll(handle, Queue.DELIVERY, changes.done);
        }
    }

    private void deliverAnew(Transaction tx, String destination, List<Long> some) {
        String why = "re-delivery to " + destination + ", for revision " + revision;
        tables.events().movedAll(tx, some, RenderState.RENDERED, why);
        tables.sets().moveAll(tx.handle(), some, RenderState.DELIVERED, RenderState.RENDERED, tx.nowMicros());
        long expiry = Micros.of(tx.now().plus(OutputTable.REDELIVERY_HAS));
        tables.waiting().insertAll(tx.handle(), Queue.DELIVERY, some, expiry, tx.nowMicros());
        tx.announce(Change.RENDERED);
        renders += some.size();
    }

    private static Map<Long, List<Planned>> outputs(Handle handle, List<Long> renders) {
        Map<Long, List<Planned>> outputs = new HashMap<>();
        handle.createQuery(
                        """
                        SELECT id, render_id, kind, destination, object_key, alternate_key,
                               stored_at IS NOT NULL AS stored, missing <> '' AS missed, asked
                          FROM ray_output WHERE render_id IN (<renders>) ORDER BY render_id, id""")
                .bindList("renders", renders)
                .map((row, context) -> new Planned(
                        row.getLong("id"),
                        row.getLong("render_id"),
                        row.getString("kind"),
                        row.getString("destination"),
                        row.getString("object_key"),
                        row.getString("alternate_key"),
                        row.getBoolean("stored"),
                        row.getBoolean("missed"),
                        row.getBoolean("asked")))
                .forEach(output -> outputs.computeIfAbsent(output.render(), id -> new ArrayList<>())
                        .add(output));
        return outputs;
    }
}

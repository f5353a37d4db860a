package io.camelray.ledger;

import io.camelray.model.Failure;
import io.camelray.model.HoldReason;
import io.camelray.model.Money;
import io.camelray.model.RenderId;
import io.camelray.model.RenderState;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/** {@code ray_render}, a whole revision at a time: nothing here holds renders in memory. */
final class RenderSets {

    /** The draft's own row for a render {@code %s}, to be found once the draft is in {@code ray_place}. */
    private static final String TWIN =
            """
              FROM ray_place l JOIN ray_render d ON d.id = l.render_id
             WHERE l.planned_in = :draft AND l.place = %1$s.place AND d.plan_key = %1$s.plan_key""";

    private static final String KEEP =
            """
            UPDATE ray_render r
               SET revision_id = :draft, ordinal = (SELECT d.ordinal %1$s)
             WHERE r.planned_in IN (SELECT v.id FROM ray_revision v
                                     WHERE v.campaign_id = :campaign AND v.state = 'accepted')
               AND r.campaign_id = :campaign
               AND r.state <> 'cancelled'
               AND EXISTS (SELECT 1 %1$s)"""
                    .formatted(TWIN.formatted("r"));

    private static final String TWINS =
            """
            SELECT k.ordinal, k.id, k.state, (SELECT d.id %1$s) AS twin
              FROM ray_render k
             WHERE k.revision_id = :draft AND k.planned_in <> :draft
               AND k.ordinal >= :ordinal AND (k.ordinal > :ordinal OR k.id > :id)
             ORDER BY k.revision_id, k.ordinal, k.id
             FETCH FIRST 1000 ROWS ONLY"""
                    .formatted(TWIN.formatted("k"));

    /** A render's place in plan order. */
    record Place(int ordinal, RenderId id) {
        static final Place START = new Place(-1, new RenderId(0));
    }

    /**
     * Moves what accepted revisions already have, and the draft asks for again, to the draft. A cancelled render is not
     * had: asked for again, it is new work. The draft must be in {@code ray_place}.
     */
    int keep(Handle handle, long campaignId, long draft) {
        return handle.createUpdate(KEEP)
                .bind("campaign", campaignId)
                .bind("draft", draft)
                .execute();
    }

    /** A kept render in its place in the draft, where it stands, and the draft's own row for it. */
    record Twins(Place kept, RenderState state, long twin) {

        /** Whether nothing of it was submitted, or will be again by itself. */
        boolean waits() {
            return state == RenderState.PLANNED || state == RenderState.HELD;
        }

        /** Whether it has come to no file yet: what it is to deliver, and where, is only a plan. */
        boolean hasNoFiles() {
            return switch (state) {
                case PLANNED, HELD, SUBMITTING, UNKNOWN, RENDERING -> true;
                case RENDERED, DELIVERED, FAILED, CANCELLED -> false;
            };
        }
    }

    /**
     * Removes from the draft what {@link #keep} moved into it. Some at a time: one statement with a subquery took H2
     * 25 s for 2,000 renders, this takes about one for 20,000.
     *
     * @param heirs takes over what the twins are to deliver, before they are gone
     */
    void dropKeptTwins(Handle handle, long draft, Consumer<List<Twins>> heirs) {
        Place after = Place.START;
        List<Twins> some = twins(handle, draft, after);
        while (!some.isEmpty()) {
            List<Long> ids = some.stream().map(Twins::twin).toList();
            heirs.accept(some);
            handle.createUpdate("DELETE FROM ray_output WHERE render_id IN (<ids>)")
                    .bindList("ids", ids)
                    .execute();
            handle.createUpdate("DELETE FROM ray_render WHERE id IN (<ids>)")
                    .bindList("ids", ids)
                    .execute();
            after = some.get(some.size() - 1).kept();
            some = twins(handle, draft, after);
        }
    }

    /** The next kept renders in plan order, in which the index is followed from where the last ones ended. */
    List<Twins> twins(Handle handle, long draft, Place after) {
        return handle.createQuery(TWINS)
                .bind("draft", draft)
                .bind("ordinal", after.ordinal())
                .bind("id", after.id().value())
                .map((row, context) -> new Twins(
                        new Place(row.getInt("ordinal"), new RenderId(row.getLong("id"))),
                        Labels.state(row.getString("state")),
                        row.getLong("twin")))
                .list();
    }

    /** Renders that are all in one state go to another; nothing is to be said about them. */
    void moveAll(Handle handle, List<Long> renders, RenderState from, RenderState to, long now) {
        handle.createUpdate(
                        """
                        UPDATE ray_render SET state = :to, note = '', changed_at = :now
                         WHERE id IN (<renders>) AND state = :from""")
                .bindList("renders", renders)
                .bind("from", from.label())
                .bind("to", to.label())
                .bind("now", now)
                .execute();
    }

    /** Cancels what waits in a revision. */
    int cancelWaiting(Handle handle, long revision, String note, long now) {
        return handle.createUpdate(
                        """
                        UPDATE ray_render SET state = 'cancelled', held = NULL, note = :note, changed_at = :now
                         WHERE revision_id = :revision AND state IN ('planned', 'held')""")
                .bind("revision", revision)
                .bind("note", note)
                .bind("now", now)
                .execute();
    }

    /** Holds planned renders that may cost more than {@code left}. */
    int hold(Handle handle, long revision, HoldReason reason, Money left, String note, long now) {
        return handle.createUpdate(
                        """
                        UPDATE ray_render SET state = 'held', held = :reason, note = :note, changed_at = :now
                         WHERE revision_id = :revision AND state = 'planned' AND upper_bound > :left""")
                .bind("revision", revision)
                .bind("reason", reason.label())
                .bind("left", left.micros())
                .bind("note", Bounded.text(note))
                .bind("now", now)
                .execute();
    }

    int release(Handle handle, long revision, HoldReason reason, long now) {
        return handle.createUpdate(
                        """
                        UPDATE ray_render
                           SET state = 'planned', held = NULL, note = '', due_at = GREATEST(not_before, :now),
                               changed_at = :now
                         WHERE revision_id = :revision AND state = 'held' AND held = :reason""")
                .bind("revision", revision)
                .bind("reason", reason.label())
                .bind("now", now)
                .execute();
    }

    /** Drafts included. */
    Map<RenderState, Integer> counts(Handle handle, long revision) {
        Map<RenderState, Integer> counts = new EnumMap<>(RenderState.class);
        handle.createQuery(
                        """
                        SELECT state, COUNT(*) AS renders FROM ray_render
                         WHERE revision_id = :revision GROUP BY state""")
                .bind("revision", revision)
                .map((row, context) -> Map.entry(Labels.state(row.getString("state")), row.getInt("renders")))
                .forEach(entry -> counts.put(entry.getKey(), entry.getValue()));
        return counts;
    }

    /** The same for drafts alone; reads the whole revision. */
    Map<RenderState, Integer> draftCounts(Handle handle, long revision) {
        Map<RenderState, Integer> counts = new EnumMap<>(RenderState.class);
        handle.createQuery(
                        """
                        SELECT state, COUNT(*) AS renders FROM ray_render
                         WHERE revision_id = :revision AND draft = TRUE GROUP BY state""")
                .bind("revision", revision)
                .map((row, context) -> Map.entry(Labels.state(row.getString("state")), row.getInt("renders")))
                .forEach(entry -> counts.put(entry.getKey(), entry.getValue()));
        return counts;
    }

    /** The price book's sum over a whole revision. */
    Money expected(Handle handle, long revision) {
        return new Money(
                handle.createQuery("SELECT COALESCE(SUM(expected), 0) FROM ray_render WHERE revision_id = :revision")
                        .bind("revision", revision)
                        .mapTo(Long.class)
                        .one());
    }

    /** The price book's sum over what the campaign may still pay: this revision, and what older ones have in flight. */
    Money notYetPaid(Handle handle, long campaignId, long revision) {
        return new Money(handle.createQuery(
                        """
                        SELECT COALESCE(SUM(expected), 0) FROM (
                            SELECT expected FROM ray_render
                             WHERE revision_id = :revision
                               AND state IN ('planned', 'held', 'submitting', 'unknown', 'rendering')
                             UNION ALL
                            SELECT expected FROM ray_render
                             WHERE campaign_id = :campaign AND revision_id <> :revision
                               AND state IN ('submitting', 'unknown', 'rendering')) AS unpaid""")
                .bind("campaign", campaignId)
                .bind("revision", revision)
                .mapTo(Long.class)
                .one());
    }

    /** Removes the next of a draft's renders. @return how many; 0 when none is left */
    int deleteSome(Handle handle, long draft, int limit) {
        List<Long> ids = handle.createQuery(
                        """
                        SELECT id FROM ray_render WHERE revision_id = :draft
                         ORDER BY revision_id, ordinal, id FETCH FIRST :limit ROWS ONLY""")
                .bind("draft", draft)
                .bind("limit", limit)
                .mapTo(Long.class)
                .list();
        if (!ids.isEmpty()) {
            handle.createUpdate("DELETE FROM ray_output WHERE render_id IN (<ids>)")
                    .bindList("ids", ids)
                    .execute();
            handle.createUpdate("DELETE FROM ray_parent WHERE child_id IN (<ids>)")
                    .bindList("ids", ids)
                    .execute();
            handle.createUpdate("DELETE FROM ray_render WHERE id IN (<ids>)")
                    .bindList("ids", ids)
                    .execute();
        }
        return ids.size();
    }

    /** A revision's renders after a place in plan order. */
    List<Place> page(Handle handle, long revision, Place after, int limit) {
        return handle.createQuery(
                        """
                        SELECT ordinal, id FROM ray_render
                         WHERE revision_id = :revision AND ordinal >= :ordinal
                           AND (ordinal > :ordinal OR id > :id)
                         ORDER BY revision_id, ordinal, id
                         FETCH FIRST :limit ROWS ONLY""")
                .bind("revision", revision)
                .bind("ordinal", after.ordinal())
                .bind("id", after.id().value())
                .bind("limit", limit)
                .map((row, context) -> new Place(row.getInt("ordinal"), new RenderId(row.getLong("id"))))
                .list();
    }

    /** Ends renders that wait; they must be planned or held. */
    void fail(Handle handle, List<Long> renders, Failure failure, long now) {
        handle.createUpdate(
                        """
                        UPDATE ray_render
                           SET state = 'failed', held = NULL, failure = :failure, failure_reason = :reason,
                               failure_remedy = :remedy, note = '', changed_at = :now
                         WHERE id IN (<renders>) AND state IN ('planned', 'held')""")
                .bindList("renders", renders)
                .bind("failure", failure.kind().label())
                .bind("reason", Bounded.text(failure.reason()))
                .bind("remedy", Bounded.text(failure.remedy()))
                .bind("now", now)
                .execute();
    }

    /** Cancels renders that wait; they must be planned or held. */
    void cancel(Handle handle, List<Long> renders, String note, long now) {
        handle.createUpdate(
                        """
                        UPDATE ray_render SET state = 'cancelled', held = NULL, note = :note, changed_at = :now
                         WHERE id IN (<renders>) AND state IN ('planned', 'held')""")
                .bindList("renders", renders)
                .bind("note", note)
                .bind("now", now)
                .execute();
    }

    /** Work that is due or will be, in current revisions. */
    int planned(Handle handle) {
        return planned(handle, "r.pending_parents = 0");
    }

    /** What waits for its parents, in current revisions. */
    int waitingForParents(Handle handle) {
        return planned(handle, "r.pending_parents > 0");
    }

    private static int planned(Handle handle, String parents) {
        return handle.createQuery(
                        """
                        SELECT COUNT(*) FROM ray_campaign c JOIN ray_render r ON r.revision_id = c.current_revision
                         WHERE r.state = 'planned' AND\s"""
                                + parents)
                .mapTo(Integer.class)
                .one();
    }
}

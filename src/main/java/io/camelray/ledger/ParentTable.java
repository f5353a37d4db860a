package io.camelray.ledger;

import io.camelray.ledger.PlanningLedger.Parent;
import io.camelray.ledger.PlanningLedger.PlannedRender;
import io.camelray.ledger.RenderSets.Place;
import io.camelray.ledger.RenderSets.Twins;
import io.camelray.model.RenderId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * {@code ray_parent}: what renders start from, and {@code pending_parents}, the count of it that renders carry. A parent
 * is no longer waited for when it has a chain id.
 */
final class ParentTable {
    private static final String COUNT =
            """
            UPDATE ray_render c
               SET pending_parents = (SELECT COUNT(*) FROM ray_parent l JOIN ray_render p ON p.id = l.parent_id
                                       WHERE l.child_id = c.id AND p.chain_id IS NULL)
            """;

    static final String COUNT_CHILDREN = COUNT
            + """
            WHERE c.id IN (SELECT w.child_id FROM ray_parent w WHERE w.parent_id = :parent)
              AND c.state IN ('planned', 'held')""";

    private static final String HOPELESS =
            "p.chain_id IS NULL AND p.state IN ('rendered', 'delivered', 'failed', 'cancelled')";

    /**
     * The parents without repetition.
     *
     * @throws IllegalArgumentException if two of them are of one step: what they give is asked for by step
     */
    static List<Parent> distinct(PlannedRender render) {
        if (render.parents().isEmpty()) {
            return List.of();
        }
        List<Parent> parents = render.parents().stream().distinct().toList();
        if (parents.stream().map(Parent::step).distinct().count() < parents.size()) {
            throw new IllegalArgumentException("The render of step '" + render.step() + "' for " + render.cell()
                    + " names two parents of one step: " + parents);
        }
        return parents;
    }

    /** @return whether there was any link to write */
    boolean insert(Handle handle, List<PlannedRender> renders, List<Long> ids, PlanKeys keys, long draft) {
        PreparedBatch batch = handle.prepareBatch(
                """
                INSERT INTO ray_parent (child_id, step, place, planned_in)
                VALUES (:child, :step, :place, :draft)""");
        for (int i = 0; i < renders.size(); i++) {
            for (Parent parent : distinct(renders.get(i))) {
                UUID place =
                        keys.place(parent.step(), parent.cell(), renders.get(i).draft());
                batch.bind("child", ids.get(i))
                        .bind("step", parent.step())
                        .bind("place", place)
                        .bind("draft", draft)
                        .add();
            }
        }
        boolean any = batch.size() > 0;
        if (any) {
            batch.execute();
        }
        return any;
    }

    /**
     * Gives the draft's links to the kept renders that still wait: their new plan says what they wait for. Those that
     * have been submitted keep the links they started with.
     */
    void handOver(Handle handle, RenderSets sets, long draft) {
        List<Twins> some = sets.twins(handle, draft, Place.START);
        while (!some.isEmpty()) {
            handOver(handle, some.stream().filter(Twins::waits).toList());
            some = sets.twins(handle, draft, some.get(some.size() - 1).kept());
        }
    }

    private static void handOver(Handle handle, List<Twins> heirs) {
        if (heirs.isEmpty()) {
            return;
        }
        handle.createUpdate("DELETE FROM ray_parent WHERE child_id IN (<heirs>)")
                .bindList(
                        "heirs",
                        heirs.stream().map(heir -> heir.kept().id().value()).toList())
                .execute();
        PreparedBatch batch = handle.prepareBatch("UPDATE ray_parent SET child_id = :kept WHERE child_id = :twin");
        heirs.forEach(heir -> batch.bind("kept", heir.kept().id().value())
                .bind("twin", heir.twin())
                .add());
        batch.execute();
    }

    /** Removes the draft's links of renders that are gone. */
    void deleteOrphans(Handle handle, long draft) {
        handle.createUpdate(
                        """
                        DELETE FROM ray_parent l
                         WHERE l.planned_in = :draft
                           AND NOT EXISTS (SELECT 1 FROM ray_render c WHERE c.id = l.child_id)""")
                .bind("draft", draft)
                .execute();
    }

    /**
     * Finds the parents among the renders of the revision, whichever brought them; all of those must be in
     * {@code ray_place}. Fails if a step and cell is there twice.
     */
    void resolve(Handle handle, long campaignId, long draft) {
        handle.createUpdate(
                        """
                        UPDATE ray_parent l
                           SET parent_id = (SELECT p.id
                                              FROM ray_revision v
                                              JOIN ray_place x ON x.planned_in = v.id AND x.place = l.place
                                              JOIN ray_render p ON p.id = x.render_id
                                             WHERE v.campaign_id = :campaign AND v.placed = TRUE
                                               AND p.revision_id = :draft)
                         WHERE l.planned_in = :draft""")
                .bind("campaign", campaignId)
                .bind("draft", draft)
                .execute();
    }

    /** Says which link leads nowhere, if one does. */
    Optional<String> unresolved(Handle handle, long draft) {
        return handle.createQuery(
                        """
                        SELECT c.step, c.cell, l.step AS parent
                          FROM ray_parent l JOIN ray_render c ON c.id = l.child_id
                         WHERE l.parent_id IS NULL AND l.planned_in = :draft
                         FETCH FIRST 1 ROWS ONLY""")
                .bind("draft", draft)
                .map((row, context) -> "The render of step '" + row.getString("step") + "' for " + row.getString("cell")
                        + " starts from a render of step '" + row.getString("parent") + "'")
                .findOne();
    }

    /** Counts for all of a revision that wait, or have waited. */
    void count(Handle handle, long revision) {
        handle.createUpdate(COUNT + " WHERE c.revision_id = :revision AND c.state IN ('planned', 'held')"
                        + " AND (c.pending_parents > 0"
                        + " OR EXISTS (SELECT 1 FROM ray_parent w WHERE w.child_id = c.id))")
                .bind("revision", revision)
                .execute();
    }

    /** Counts anew for the children of a render that has completed. @return how many children still waited to begin */
    /** The render of an earlier step that a render starts from. */
    Optional<RenderId> parent(Handle handle, RenderId child, String step) {
        return handle.createQuery(
                        "SELECT parent_id FROM ray_parent WHERE child_id = :child AND step = :step AND parent_id IS NOT NULL")
                .bind("child", child.value())
                .bind("step", step)
                .mapTo(Long.class)
                .findOne()
                .map(RenderId::new);
    }

    int countChildren(Handle handle, RenderId parent) {
        return handle.createUpdate(COUNT_CHILDREN)
                .bind("parent", parent.value())
                .execute();
    }

    /** The next children, in order of id, that wait for a render; none when its result is there. */
    List<Long> waitingChildren(Handle handle, long parent, long after, int limit) {
        return handle.createQuery(
                        """
                        SELECT l.child_id
                          FROM ray_parent l
                         WHERE l.parent_id = :parent AND l.child_id > :after
                           AND EXISTS (SELECT 1 FROM ray_render p WHERE p.id = l.parent_id AND p.chain_id IS NULL)
                           AND EXISTS (SELECT 1 FROM ray_render c
                                        WHERE c.id = l.child_id AND c.state IN ('planned', 'held'))
                         ORDER BY l.parent_id, l.child_id
                         FETCH FIRST :limit ROWS ONLY""")
                .bind("parent", parent)
                .bind("after", after)
                .bind("limit", limit)
                .mapTo(Long.class)
                .list();
    }

    /** The next children, in order of id, that have not been submitted, whether or not the render's result is there. */
    List<Long> unsubmittedChildren(Handle handle, long parent, long after, int limit) {
        return handle.createQuery(
                        """
                        SELECT l.child_id
                          FROM ray_parent l
                         WHERE l.parent_id = :parent AND l.child_id > :after
                           AND EXISTS (SELECT 1 FROM ray_render c
                                        WHERE c.id = l.child_id AND c.state IN ('planned', 'held'))
                         ORDER BY l.parent_id, l.child_id
                         FETCH FIRST :limit ROWS ONLY""")
                .bind("parent", parent)
                .bind("after", after)
                .bind("limit", limit)
                .mapTo(Long.class)
                .list();
    }

    /**
     * The next children, in order of id, that failed because of a parent, and none of whose parents has ended without a result
     * now.
     */
    List<Long> revivable(Handle handle, long revision, List<Long> parents, long after, int limit) {
        return handle.createQuery(
                        """
                        SELECT DISTINCT l.child_id
                          FROM ray_parent l
                         WHERE l.parent_id IN (<parents>) AND l.child_id > :after
                           AND EXISTS (SELECT 1 FROM ray_render c
                                        WHERE c.id = l.child_id AND c.revision_id = :revision
                                          AND c.state = 'failed' AND c.failure = 'parent')
                           AND NOT EXISTS (SELECT 1 FROM ray_parent o JOIN ray_render p ON p.id = o.parent_id
                                            WHERE o.child_id = l.child_id AND\s"""
                                + HOPELESS
                                + """
                        )
                         ORDER BY l.child_id
                         FETCH FIRST :limit ROWS ONLY""")
                .bindList("parents", parents)
                .bind("revision", revision)
                .bind("after", after)
                .bind("limit", limit)
                .mapTo(Long.class)
                .list();
    }

    /** A parent of the render that has ended without a result, if there is one. */
    Optional<Hopeless> hopelessParent(Handle handle, RenderId child) {
        return handle.createQuery(
                        """
                        SELECT p.id, p.state FROM ray_parent o JOIN ray_render p ON p.id = o.parent_id
                         WHERE o.child_id = :child AND\s"""
                                + HOPELESS
                                + " ORDER BY p.id FETCH FIRST 1 ROWS ONLY")
                .bind("child", child.value())
                .map((row, context) -> new Hopeless(row.getLong("id"), row.getString("state")))
                .findOne();
    }

    /** Counts anew what these renders wait for. */
    void count(Handle handle, List<Long> children) {
        handle.createUpdate(COUNT + " WHERE c.id IN (<children>)")
                .bindList("children", children)
                .execute();
    }

    /** Those of the renders for which others wait. Nested, or H2 begins with everything that waits. */
    List<Long> withWaitingChildren(Handle handle, List<Long> renders) {
        return handle.createQuery(
                        """
                        SELECT DISTINCT l.parent_id
                          FROM ray_parent l
                         WHERE l.parent_id IN (<renders>)
                           AND EXISTS (SELECT 1 FROM ray_render c
                                        WHERE c.id = l.child_id AND c.state IN ('planned', 'held'))""")
                .bindList("renders", renders)
                .mapTo(Long.class)
                .list();
    }

    /** A render that has ended, and whose result will never be there. */
    record Hopeless(long id, String state) {}

    /** Renders of a revision, in order of id, that have ended without a result for the children that wait for it. */
    List<Hopeless> hopeless(Handle handle, long revision, long after, int limit) {
        return handle.createQuery(
                        """
                        SELECT p.id, p.state FROM ray_render p
                         WHERE p.revision_id = :revision AND p.state IN ('rendered', 'delivered', 'failed', 'cancelled')
                           AND p.chain_id IS NULL AND p.id > :after
                           AND EXISTS (SELECT 1 FROM ray_parent l
                                        WHERE l.parent_id = p.id
                                          AND EXISTS (SELECT 1 FROM ray_render c
                                                       WHERE c.id = l.child_id AND c.state IN ('planned', 'held')))
                         ORDER BY p.id
                         FETCH FIRST :limit ROWS ONLY""")
                .bind("revision", revision)
                .bind("after", after)
                .bind("limit", limit)
                .map((row, context) -> new Hopeless(row.getLong("id"), row.getString("state")))
                .list();
    }

    /** What each render's parents can be referred to with, by step. */
    Map<RenderId, Map<String, String>> chainIds(Handle handle, List<RenderId> children) {
        if (children.isEmpty()) {
            return Map.of();
        }
        record Link(RenderId child, String step, String chainId) {}
        return handle
                .createQuery(
                        """
                        SELECT l.child_id, l.step, p.chain_id
                          FROM ray_parent l JOIN ray_render p ON p.id = l.parent_id
                         WHERE l.child_id IN (<children>) AND p.chain_id IS NOT NULL""")
                .bindList("children", children.stream().map(RenderId::value).toList())
                .map((row, context) -> new Link(
                        new RenderId(row.getLong("child_id")), row.getString("step"), row.getString("chain_id")))
                .stream()
                .collect(Collectors.groupingBy(Link::child, Collectors.toUnmodifiableMap(Link::step, Link::chainId)));
    }
}

package io.camelray.ledger;

import io.camelray.model.RenderId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** {@code ray_waiting}: what waits for a route, with the lease of whoever works on it. */
final class WaitingTable {

    private static final long NOBODY = 0;

    enum Queue {
        DELIVERY("delivery"),
        FAILURE("failure");

        private final String label;

        Queue(String label) {
            this.label = label;
        }
    }

    void insert(Handle handle, Queue queue, RenderId render, long expiresAt, long dueAt) {
        handle.createUpdate(
                        """
                        INSERT INTO ray_waiting (queue, render_id, expires_at, due_at)
                        VALUES (:queue, :render, :expires, :due)""")
                .bind("queue", queue.label)
                .bind("render", render.value())
                .bind("expires", expiresAt)
                .bind("due", dueAt)
                .execute();
    }

    void insertAll(Handle handle, Queue queue, List<Long> renders, long expiresAt, long dueAt) {
        handle.createUpdate(
                        """
                        INSERT INTO ray_waiting (queue, render_id, expires_at, due_at)
                        SELECT :queue, r.id, :expires, :due FROM ray_render r WHERE r.id IN (<renders>)""")
                .bind("queue", queue.label)
                .bindList("renders", renders)
                .bind("expires", expiresAt)
                .bind("due", dueAt)
                .execute();
    }

    void delete(Handle handle, Queue queue, RenderId render) {
        handle.createUpdate("DELETE FROM ray_waiting WHERE queue = :queue AND render_id = :render")
                .bind("queue", queue.label)
                .bind("render", render.value())
                .execute();
    }

    void deleteAll(Handle handle, Queue queue, List<Long> renders) {
        handle.createUpdate("DELETE FROM ray_waiting WHERE queue = :queue AND render_id IN (<renders>)")
                .bind("queue", queue.label)
                .bindList("renders", renders)
                .execute();
    }

    /** Those that are due and not leased, earliest expiry first. {@link #lease} decides. @param skipTaken the dialect's */
    List<RenderId> due(Handle handle, Queue queue, long now, int limit, String skipTaken) {
        return handle.createQuery(
                        """
                        SELECT render_id FROM ray_waiting
                         WHERE queue = :queue AND due_at <= :now AND lease_until <= :now
                         ORDER BY queue, expires_at, render_id
                         FETCH FIRST :limit ROWS ONLY"""
                                + skipTaken)
                .bind("queue", queue.label)
                .bind("now", now)
                .bind("limit", limit)
                .map((row, context) -> new RenderId(row.getLong("render_id")))
                .list();
    }

    /** @return whether the lease is ours */
    boolean lease(Handle handle, Queue queue, RenderId render, long epoch, long now, long until) {
        return handle.createUpdate(
                                """
                                UPDATE ray_waiting SET lease_until = :until, epoch = :epoch
                                 WHERE queue = :queue AND render_id = :render
                                   AND due_at <= :now AND lease_until <= :now""")
                        .bind("queue", queue.label)
                        .bind("render", render.value())
                        .bind("now", now)
                        .bind("until", until)
                        .bind("epoch", epoch)
                        .execute()
                == 1;
    }

    /** Whether it is another node's: leased by one, however long ago, and not given back. Locks the row. */
    boolean isAnothers(Handle handle, Queue queue, RenderId render, long epoch) {
        return isAnothers(handle, queue, render, epoch, " FOR UPDATE");
    }

    /** The same at this moment: locks nothing, so that the next may bring another answer. */
    boolean isHeldByAnother(Handle handle, Queue queue, RenderId render, long epoch) {
        return isAnothers(handle, queue, render, epoch, "");
    }

    private static boolean isAnothers(Handle handle, Queue queue, RenderId render, long epoch, String lock) {
        return handle.createQuery("SELECT epoch FROM ray_waiting WHERE queue = :queue AND render_id = :render" + lock)
                .bind("queue", queue.label)
                .bind("render", render.value())
                .mapTo(Long.class)
                .findOne()
                .filter(holder -> holder != NOBODY && holder != epoch)
                .isPresent();
    }

    /** Lets no lease of a delivery end before {@code until} while its life goes on; what is handed over takes no time. */
    void extend(Handle handle, long epoch, long until) {
        handle.createUpdate(
                        """
                        UPDATE ray_waiting SET lease_until = :until
                         WHERE queue = 'delivery' AND epoch = :epoch AND lease_until > 0 AND lease_until < :until""")
                .bind("epoch", epoch)
                .bind("until", until)
                .execute();
    }

    void release(Handle handle, Queue queue, RenderId render, long dueAt) {
        handle.createUpdate(
                        """
                        UPDATE ray_waiting SET lease_until = 0, epoch = 0, due_at = :due
                         WHERE queue = :queue AND render_id = :render""")
                .bind("queue", queue.label)
                .bind("render", render.value())
                .bind("due", dueAt)
                .execute();
    }

    /** What is leased by a life. */
    Set<RenderId> leased(Handle handle, Queue queue, long epoch) {
        return handle.createQuery(
                        "SELECT render_id FROM ray_waiting WHERE queue = :queue AND epoch = :epoch AND lease_until > 0")
                .bind("queue", queue.label)
                .bind("epoch", epoch)
                .map((row, context) -> new RenderId(row.getLong("render_id")))
                .set();
    }

    /** Makes it free at once if this life has it. */
    void free(Handle handle, Queue queue, RenderId render, long epoch) {
        handle.createUpdate("UPDATE ray_waiting SET lease_until = 0, epoch = 0"
                        + " WHERE queue = :queue AND render_id = :render AND epoch = :epoch")
                .bind("queue", queue.label)
                .bind("render", render.value())
                .bind("epoch", epoch)
                .execute();
    }

    void reorder(Handle handle, Queue queue, RenderId render, long expiresAt) {
        handle.createUpdate(
                        """
                        UPDATE ray_waiting SET expires_at = :expires
                         WHERE queue = :queue AND render_id = :render""")
                .bind("queue", queue.label)
                .bind("render", render.value())
                .bind("expires", expiresAt)
                .execute();
    }

    /** Frees what is leased by lives that are over, or by somebody who never joined. */
    int releaseAll(Handle handle) {
        return handle.createUpdate("UPDATE ray_waiting SET lease_until = 0, epoch = 0 WHERE lease_until <> 0 AND epoch"
                        + NodeTable.NOBODYS)
                .execute();
    }

    int count(Handle handle, Queue queue) {
        return handle.createQuery("SELECT COUNT(*) FROM ray_waiting WHERE queue = :queue")
                .bind("queue", queue.label)
                .mapTo(Integer.class)
                .one();
    }

    /** When the first of them can be leased; in the past if one can be now. */
    Optional<Instant> next(Handle handle, Queue queue) {
        return handle.createQuery(
                        """
                        SELECT MIN(CASE WHEN due_at > lease_until THEN due_at ELSE lease_until END) AS next
                          FROM ray_waiting WHERE queue = :queue""")
                .bind("queue", queue.label)
                .map((row, context) -> Micros.optional(row, "next"))
                .one();
    }
}

package io.camelray.ledger;

import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** {@code ray_event_waiting}: events on their way to the events channel, while {@code ray_event_channel} is open. */
final class EventQueue {

    private static final String OLDEST_FREE =
            """
            SELECT w.event_id FROM ray_event_waiting w
             WHERE w.due_at <= :now AND w.lease_until <= :now
               AND NOT EXISTS (SELECT 1 FROM ray_event_waiting e
                                WHERE e.subject = w.subject AND e.event_id < w.event_id)
             ORDER BY w.event_id
             FETCH FIRST :limit ROWS ONLY""";

    boolean isOpen(Handle handle) {
        return handle.createQuery("SELECT COUNT(*) FROM ray_event_channel")
                        .mapTo(Integer.class)
                        .one()
                > 0;
    }

    void open(Handle handle) {
        if (!isOpen(handle)) {
            handle.execute("INSERT INTO ray_event_channel (id) VALUES (1)");
        }
    }

    int close(Handle handle) {
        handle.execute("DELETE FROM ray_event_channel");
        return handle.execute("DELETE FROM ray_event_waiting");
    }

    void add(Handle handle, long subject, List<Long> events, long now) {
        var batch = handle.prepareBatch(
                "INSERT INTO ray_event_waiting (event_id, subject, due_at) VALUES (:event, :subject, :now)");
        for (long event : events) {
            batch.bind("event", event).bind("subject", subject).bind("now", now).add();
        }
        batch.execute();
    }

    /** Adds render events by their own renders. */
    void addRenders(Handle handle, List<Long> events, long now) {
        handle.createUpdate(
                        """
                        INSERT INTO ray_event_waiting (event_id, subject, due_at)
                        SELECT e.id, e.render_id, :now FROM ray_event e WHERE e.id IN (<events>)""")
                .bindList("events", events)
                .bind("now", now)
                .execute();
    }

    List<Long> oldestFree(Handle handle, long now, int limit) {
        return handle.createQuery(OLDEST_FREE)
                .bind("now", now)
                .bind("limit", limit)
                .mapTo(Long.class)
                .list();
    }

    /** @return whether the lease is this life's */
    boolean lease(Handle handle, long event, long epoch, long now, long until) {
        return handle.createUpdate(
                                """
                                UPDATE ray_event_waiting SET lease_until = :until, epoch = :epoch
                                 WHERE event_id = :event AND due_at <= :now AND lease_until <= :now""")
                        .bind("event", event)
                        .bind("epoch", epoch)
                        .bind("now", now)
                        .bind("until", until)
                        .execute()
                == 1;
    }

    /** Unless another life has it by now. */
    void delete(Handle handle, long event, long epoch) {
        handle.createUpdate("DELETE FROM ray_event_waiting WHERE event_id = :event" + NodeTable.NOT_ANOTHERS)
                .bind("event", event)
                .bind("epoch", epoch)
                .execute();
    }

    /** Unless another life has it by now. */
    void release(Handle handle, long event, long epoch, long dueAt) {
        handle.createUpdate("UPDATE ray_event_waiting SET lease_until = 0, epoch = 0, due_at = :due"
                        + " WHERE event_id = :event" + NodeTable.NOT_ANOTHERS)
                .bind("event", event)
                .bind("epoch", epoch)
                .bind("due", dueAt)
                .execute();
    }

    /** What is leased by a life. */
    Set<Long> leased(Handle handle, long epoch) {
        return handle.createQuery("SELECT event_id FROM ray_event_waiting WHERE epoch = :epoch AND lease_until > 0")
                .bind("epoch", epoch)
                .mapTo(Long.class)
                .set();
    }

    /** Frees what is leased by lives that are over, or by somebody who never joined. @return how many */
    int releaseAll(Handle handle) {
        return handle.execute("UPDATE ray_event_waiting SET lease_until = 0, epoch = 0 WHERE lease_until <> 0 AND epoch"
                + NodeTable.NOBODYS);
    }

    int count(Handle handle) {
        return handle.createQuery("SELECT COUNT(*) FROM ray_event_waiting")
                .mapTo(Integer.class)
                .one();
    }
}

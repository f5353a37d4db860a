package io.camelray.ledger;

import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** {@code ray_schedule}: which schedules are watched, and since when. */
final class ScheduleTable {

    /** @param from when the watch began */
    record Watch(String timing, Instant from) {}

    Optional<Watch> find(Handle handle, String schedule) {
        return handle.createQuery("SELECT timing, watched_from FROM ray_schedule WHERE name = :name")
                .bind("name", schedule)
                .map((row, context) -> new Watch(row.getString("timing"), Micros.instant(row.getLong("watched_from"))))
                .findOne();
    }

    void insert(Handle handle, String schedule, String timing, long from) {
        handle.createUpdate("INSERT INTO ray_schedule (name, timing, watched_from) VALUES (:name, :timing, :from)")
                .bind("name", schedule)
                .bind("timing", timing)
                .bind("from", from)
                .execute();
    }

    void update(Handle handle, String schedule, String timing, long from) {
        handle.createUpdate(
                        """
                        UPDATE ray_schedule SET timing = :timing, watched_from = :from
                         WHERE name = :name AND timing <> :timing""")
                .bind("name", schedule)
                .bind("timing", timing)
                .bind("from", from)
                .execute();
    }

    void delete(Handle handle, String schedule) {
        handle.createUpdate("DELETE FROM ray_schedule WHERE name = :name")
                .bind("name", schedule)
                .execute();
    }
}

package io.camelray.ledger;

import java.time.Instant;
import java.util.List;

/** Forgets old events, oldest first; their numbers rise with time, so the oldest have the lowest. */
final class OldEvents {

    private static final int AT_ONCE = 5_000;

    private record Event(long id, long at) {}

    private OldEvents() {}

    static long forget(LedgerDatabase database, Instant before) {
        long all = 0;
        long after = 0;
        while (true) {
            long from = after;
            List<Event> oldest = database.read(handle -> handle.createQuery(
                            "SELECT id, at FROM ray_event WHERE id > :from ORDER BY id FETCH FIRST :some ROWS ONLY")
                    .bind("from", from)
                    .bind("some", AT_ONCE)
                    .map((row, context) -> new Event(row.getLong("id"), row.getLong("at")))
                    .list());
            List<Long> over = oldest.stream()
                    .filter(event -> event.at() < Micros.of(before))
                    .map(Event::id)
                    .toList();
            if (over.isEmpty()) {
                return all;
            }
            all += database.change(tx -> tx.handle()
                    .createUpdate(
                            """
                            DELETE FROM ray_event WHERE id >= :first AND id <= :last AND at < :before
                               AND id NOT IN (SELECT event_id FROM ray_event_waiting)""")
                    .bind("first", over.get(0))
                    .bind("last", over.get(over.size() - 1))
                    .bind("before", Micros.of(before))
                    .execute());
            after = over.get(over.size() - 1);
        }
    }
}

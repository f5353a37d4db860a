package io.camelray.ledger;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** {@code ray_render_time}: how long jobs took, by the shape of what they rendered. */
final class RenderTimeTable {

    void insert(Handle handle, String shape, Duration took) {
        handle.createUpdate("INSERT INTO ray_render_time (shape, micros) VALUES (:shape, :micros)")
                .bind("shape", shape)
                .bind("micros", Micros.of(took))
                .execute();
    }

    /** Newest first. */
    List<Duration> latest(Handle handle, String shape, int limit) {
        return handle.createQuery(
                        """
                        SELECT micros FROM ray_render_time WHERE shape = :shape
                         ORDER BY shape DESC, id DESC FETCH FIRST :limit ROWS ONLY""")
                .bind("shape", shape)
                .bind("limit", limit)
                .map((row, context) -> Duration.of(row.getLong("micros"), ChronoUnit.MICROS))
                .list();
    }
}

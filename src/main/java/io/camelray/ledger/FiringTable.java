package io.camelray.ledger;

import io.camelray.ledger.FiringLedger.DueFiring;
import io.camelray.ledger.FiringLedger.Firing;
import io.camelray.ledger.FiringLedger.FiringOutcome;
import io.camelray.model.Labelled;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** {@code ray_firing}: each time that a schedule fired or should have. */
final class FiringTable {

    boolean exists(Handle handle, String schedule, Instant at) {
        return handle.createQuery("SELECT 1 FROM ray_firing WHERE schedule = :schedule AND fire_at = :at")
                .bind("schedule", schedule)
                .bind("at", Micros.of(at))
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    void insert(Handle handle, String schedule, Instant at, FiringOutcome outcome, String detail, long now) {
        handle.createUpdate(
                        """
                        INSERT INTO ray_firing (schedule, fire_at, recorded_at, outcome, due_at, detail)
                        VALUES (:schedule, :at, :now, :outcome, :now, :detail)""")
                .bind("schedule", schedule)
                .bind("at", Micros.of(at))
                .bind("now", now)
                .bind("outcome", outcome.label())
                .bind("detail", detail)
                .execute();
    }

    Optional<Instant> last(Handle handle, String schedule) {
        return handle.createQuery("SELECT MAX(fire_at) AS last FROM ray_firing WHERE schedule = :schedule")
                .bind("schedule", schedule)
                .map((row, context) -> Micros.optional(row, "last"))
                .one();
    }

    /** The oldest of each schedule that are not leased. {@link #lease} decides. @param skipTaken the dialect's */
    List<DueFiring> due(Handle handle, long now, int limit, String skipTaken) {
        return handle.createQuery(
                        """
                        SELECT schedule, fire_at FROM ray_firing f
                         WHERE outcome = 'due' AND due_at <= :now AND lease_until <= :now
                           AND NOT EXISTS (SELECT 1 FROM ray_firing earlier
                                            WHERE earlier.schedule = f.schedule AND earlier.outcome = 'due'
                                              AND earlier.fire_at < f.fire_at)
                         ORDER BY outcome, due_at, schedule, fire_at
                         FETCH FIRST :limit ROWS ONLY"""
                                + skipTaken)
                .bind("now", now)
                .bind("limit", limit)
                .map((row, context) -> new DueFiring(row.getString("schedule"), Micros.instant(row.getLong("fire_at"))))
                .list();
    }

    /** @return whether the lease is this life's */
    boolean lease(Handle handle, DueFiring firing, long epoch, long now, long until) {
        return handle.createUpdate(
                                """
                                UPDATE ray_firing SET lease_until = :until, epoch = :epoch
                                 WHERE schedule = :schedule AND fire_at = :at AND outcome = 'due'
                                   AND due_at <= :now AND lease_until <= :now""")
                        .bind("schedule", firing.schedule())
                        .bind("at", Micros.of(firing.at()))
                        .bind("epoch", epoch)
                        .bind("now", now)
                        .bind("until", until)
                        .execute()
                == 1;
    }

    /** Unless another life has it by now. */
    void settle(
            Handle handle,
            DueFiring firing,
            long epoch,
            FiringOutcome outcome,
            Optional<PlanningLedger.Revision> revision,
            String detail) {
        handle.createUpdate(
                        """
                        UPDATE ray_firing
                           SET outcome = :outcome, campaign = :campaign, revision = :revision, detail = :detail
                         WHERE schedule = :schedule AND fire_at = :at AND outcome = 'due'"""
                                + NodeTable.NOT_ANOTHERS)
                .bind("schedule", firing.schedule())
                .bind("at", Micros.of(firing.at()))
                .bind("epoch", epoch)
                .bind("outcome", outcome.label())
                .bind(
                        "campaign",
                        revision.map(PlanningLedger.Revision::campaign).orElse(null))
                .bind("revision", revision.map(PlanningLedger.Revision::number).orElse(null))
                .bind("detail", detail)
                .execute();
    }

    /** Unless another life has it by now. */
    void release(Handle handle, DueFiring firing, long epoch, long dueAt) {
        handle.createUpdate(
                        """
                        UPDATE ray_firing SET lease_until = 0, epoch = 0, due_at = :due
                         WHERE schedule = :schedule AND fire_at = :at AND outcome = 'due'"""
                                + NodeTable.NOT_ANOTHERS)
                .bind("schedule", firing.schedule())
                .bind("at", Micros.of(firing.at()))
                .bind("epoch", epoch)
                .bind("due", dueAt)
                .execute();
    }

    /** Lets no lease end before {@code until} while its life goes on: a large plan takes longer than any guess. */
    void extend(Handle handle, long epoch, long until) {
        handle.createUpdate(
                        """
                        UPDATE ray_firing SET lease_until = :until
                         WHERE outcome = 'due' AND epoch = :epoch AND lease_until > 0 AND lease_until < :until""")
                .bind("epoch", epoch)
                .bind("until", until)
                .execute();
    }

    /** What is leased by a life. */
    Set<DueFiring> leased(Handle handle, long epoch) {
        return handle.createQuery(
                        """
                        SELECT schedule, fire_at FROM ray_firing
                         WHERE outcome = 'due' AND epoch = :epoch AND lease_until > 0""")
                .bind("epoch", epoch)
                .map((row, context) -> new DueFiring(row.getString("schedule"), Micros.instant(row.getLong("fire_at"))))
                .set();
    }

    /** Frees what is leased by lives that are over, or by somebody who never joined. @return how many */
    int releaseAll(Handle handle) {
        return handle.execute("UPDATE ray_firing SET lease_until = 0, epoch = 0"
                + " WHERE outcome = 'due' AND lease_until <> 0 AND epoch" + NodeTable.NOBODYS);
    }

    List<Firing> latest(Handle handle) {
        return handle.createQuery(
                        """
                        SELECT f.schedule, f.fire_at, f.outcome, f.campaign, f.revision, f.detail
                          FROM (SELECT schedule, MAX(fire_at) AS last FROM ray_firing GROUP BY schedule) l
                          JOIN ray_firing f ON f.schedule = l.schedule AND f.fire_at = l.last
                         ORDER BY f.schedule""")
                .map((row, context) -> new Firing(
                        row.getString("schedule"),
                        Micros.instant(row.getLong("fire_at")),
                        Labelled.of(FiringOutcome.class, row.getString("outcome")),
                        Optional.ofNullable(row.getString("campaign")),
                        Optional.ofNullable(row.getObject("revision", Integer.class)),
                        row.getString("detail")))
                .list();
    }
}

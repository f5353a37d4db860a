package io.camelray.ledger;

import io.camelray.model.Money;
import java.time.LocalDate;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** {@code ray_budget_day}: what all campaigns together spent on one calendar day. */
final class DayBudgetTable {

    /** Makes sure that the day has a row; on its own, because two programs may try at once. */
    void ensure(LedgerDatabase database, LocalDate day) {
        database.ensure(handle -> exists(handle, day), handle -> handle.createUpdate(
                        "INSERT INTO ray_budget_day (calendar_day) VALUES (:day)")
                .bind("day", day.toString())
                .execute());
    }

    private static boolean exists(Handle handle, LocalDate day) {
        return handle.createQuery("SELECT 1 FROM ray_budget_day WHERE calendar_day = :day")
                .bind("day", day.toString())
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    /** Waits for the day's row; what is reserved, confirmed and at risk on it together. Empty if it has no row yet. */
    Optional<Money> lockUsed(Handle handle, LocalDate day) {
        return handle.createQuery(
                        """
                        SELECT reserved, confirmed, at_risk FROM ray_budget_day
                         WHERE calendar_day = :day FOR UPDATE""")
                .bind("day", day.toString())
                .map((row, context) ->
                        new Money(row.getLong("reserved") + row.getLong("confirmed") + row.getLong("at_risk")))
                .findOne();
    }

    Money reserved(Handle handle, LocalDate day) {
        return handle.createQuery("SELECT reserved FROM ray_budget_day WHERE calendar_day = :day")
                .bind("day", day.toString())
                .mapTo(Long.class)
                .findOne()
                .map(Money::new)
                .orElse(Money.ZERO);
    }

    void addMoney(Handle handle, String day, MoneyChange change) {
        handle.createUpdate(
                        """
                        UPDATE ray_budget_day
                           SET reserved = reserved + :reserved,
                               confirmed = confirmed + :confirmed,
                               at_risk = at_risk + :atRisk
                         WHERE calendar_day = :day""")
                .bind("day", day)
                .bind("reserved", change.reserved())
                .bind("confirmed", change.confirmed())
                .bind("atRisk", change.atRisk())
                .execute();
    }
}

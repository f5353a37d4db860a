package io.camelray.ledger;

import io.camelray.model.Money;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Objects;

/**
 * How much all campaigns together may spend on one calendar day.
 *
 * @param cap what is reserved, confirmed and at risk never passes it
 * @param zone where a day begins and ends
 */
public record DailyBudget(Money cap, ZoneId zone) {

    public DailyBudget {
        Objects.requireNonNull(cap, "cap");
        Objects.requireNonNull(zone, "zone");
    }

    /** No cap by day; days are still kept apart. */
    public static DailyBudget unlimited(ZoneId zone) {
        return new DailyBudget(new Money(Long.MAX_VALUE), zone);
    }

    LocalDate dayOf(Instant moment) {
        return LocalDate.ofInstant(moment, zone);
    }

    /** When the day after the one of {@code moment} begins. */
    Instant nextDay(Instant moment) {
        return dayOf(moment).plusDays(1).atStartOfDay(zone).toInstant();
    }
}

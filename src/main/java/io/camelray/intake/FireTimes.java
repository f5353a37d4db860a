package io.camelray.intake;

import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Date;
import java.util.Optional;
import java.util.TimeZone;
import org.quartz.CronExpression;

/**
 * When a cron expression fires, as Quartz reads it: seconds first, six or seven fields, in a time zone. Needs Quartz on the
 * class path, which an application without schedules does not. Thread-safe.
 */
public final class FireTimes {

    private static final Duration FIRST_LOOK = Duration.ofHours(1);

    private final String cron;
    private final ZoneId zone;

    private FireTimes(String cron, ZoneId zone) {
        this.cron = cron;
        this.zone = zone;
    }

    /** @throws ParseException saying what is wrong with the expression */
    static FireTimes of(String cron, ZoneId zone) throws ParseException {
        CronExpression.validateExpression(cron);
        return new FireTimes(cron, zone);
    }

    public String cron() {
        return cron;
    }

    public ZoneId zone() {
        return zone;
    }

    /** The next time after this moment; empty if there is none. */
    public Optional<Instant> next(Instant after) {
        return next(expression(), after);
    }

    private static Optional<Instant> next(CronExpression expression, Instant after) {
        return Optional.ofNullable(expression.getNextValidTimeAfter(Date.from(after)))
                .map(Date::toInstant);
    }

    /** Whether it fires at exactly this moment. */
    public boolean isAt(Instant moment) {
        return next(moment.minusMillis(1)).filter(moment::equals).isPresent();
    }

    /** The last time after {@code from} and not after {@code until}. Looks back further and further, so it soon ends. */
    Optional<Instant> latest(Instant from, Instant until) {
        CronExpression expression = expression();
        Duration back = FIRST_LOOK;
        while (true) {
            Instant start = until.minus(back).isAfter(from) ? until.minus(back) : from;
            Optional<Instant> latest = Optional.empty();
            Optional<Instant> time = next(expression, start);
            while (time.isPresent() && !time.get().isAfter(until)) {
                latest = time;
                time = next(expression, time.get());
            }
            if (latest.isPresent() || !start.isAfter(from)) {
                return latest;
            }
            back = back.multipliedBy(2);
        }
    }

    /** Quartz's expressions are not safe for several threads. */
    private CronExpression expression() {
        try {
            CronExpression expression = new CronExpression(cron);
            expression.setTimeZone(TimeZone.getTimeZone(zone));
            return expression;
        } catch (ParseException e) {
            throw new IllegalStateException("It was read before", e);
        }
    }
}

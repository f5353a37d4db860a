package io.camelray.cli;

import io.camelray.component.Schedules;
import io.camelray.intake.Schedule;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.apache.camel.builder.RouteBuilder;

/**
 * One route for each schedule: Quartz says that it is time, and that is recorded in the ledger, nothing more, because
 * Quartz holds a thread as long as a route works. {@code ray:fired} goes on from there.
 */
final class ScheduleRoutes extends RouteBuilder {

    private static final String EVERY_MINUTE = "30 * * * * ?";
    /** Quartz's name of the time that was due. */
    private static final String DUE = "scheduledFireTime";

    private final Schedules schedules;

    ScheduleRoutes(Schedules schedules) {
        this.schedules = schedules;
    }

    @Override
    public void configure() {
        List<Schedule> enabled = schedules.enabled();
        for (Schedule schedule : enabled) {
            from(quartz(
                            schedule.name(),
                            schedule.times().cron(),
                            schedule.times().zone().getId()))
                    .routeId("schedule-" + schedule.name())
                    .routeDescription("Fires schedule " + schedule.name())
                    .errorHandler(noErrorHandler())
                    .process(exchange ->
                            schedules.fire(schedule, due(exchange.getMessage().getHeader(DUE, Date.class))));
        }
        if (!enabled.isEmpty()) {
            from(quartz("ray.catch-up", EVERY_MINUTE, "UTC"))
                    .routeId("schedules-catch-up")
                    .routeDescription("Makes up for firings that could not be recorded when it was time")
                    .errorHandler(noErrorHandler())
                    .process(exchange -> schedules.catchUp());
        }
    }

    private static Instant due(Date time) {
        return time.toInstant();
    }

    /** Times that can never come again are no reason not to start. */
    private static String quartz(String name, String cron, String zone) {
        return "quartz:ray/" + name + "?triggerStartDelay=0&ignoreExpiredNextFireTime=true&trigger.timeZone="
                + encoded(zone) + "&cron=" + encoded(cron);
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}

package io.camelray.intake;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelray.model.Labelled;
import io.camelray.model.Place;
import io.camelray.rules.Stage;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the {@code schedule} of a manifest. What has the wrong shape is told by the schema, and is not told again. */
final class ScheduleReader {

    static final String FIELD = "schedule";

    private static final String RULE = "schedule";
    private static final String POINTER = "/schedule";
    private static final String CRON_REMEDY =
            "Write Quartz's fields: second, minute, hour, day of the month, month, day of"
                    + " the week, such as \"0 0 6 ? * MON\" for Mondays at six.";

    private final ManifestDocument document;
    private final Violations violations;
    private final JsonNode schedule;

    ScheduleReader(ManifestDocument document, Violations violations) {
        this.document = document;
        this.violations = violations;
        this.schedule = document.root().path(FIELD);
    }

    /** Whether a manifest is planned by time. */
    static boolean isAsked(JsonNode root) {
        return root.has(FIELD);
    }

    /** @return empty if it cannot be told when it fires */
    Optional<Schedule> read(Path file, String name) {
        if (!ManifestInterpreter.isSlug(name)) {
            tell(
                    "",
                    "The file's name is the schedule's, and '" + Kinds.shorten(name) + "' cannot be one.",
                    ManifestInterpreter.SLUG_REMEDY);
        }
        ZoneId zone = zone();
        Optional<FireTimes> times = times(zone);
        List<Blackout> blackouts = blackouts();
        return violations.refuse() || times.isEmpty()
                ? Optional.empty()
                : Optional.of(new Schedule(
                        name,
                        file,
                        document.root().path("campaign").asText(),
                        times.get(),
                        Labelled.find(
                                        MisfirePolicy.class,
                                        schedule.path("misfire").asText())
                                .orElse(MisfirePolicy.FIRE_ONCE),
                        blackouts,
                        schedule.path("enabled").asBoolean(true)));
    }

    private Optional<FireTimes> times(ZoneId zone) {
        JsonNode cron = schedule.path("cron");
        if (!cron.isTextual()) {
            return Optional.empty();
        }
        try {
            return Optional.of(FireTimes.of(cron.textValue(), zone));
        } catch (ParseException e) {
            tell(
                    "/cron",
                    "'" + Kinds.shorten(cron.textValue()) + "' is no cron expression: "
                            + e.getMessage().strip().replaceFirst("\\.+$", "") + ".",
                    CRON_REMEDY);
            return Optional.empty();
        }
    }

    private ZoneId zone() {
        JsonNode zone = schedule.path("timeZone");
        try {
            return zone.isTextual() ? ZoneId.of(zone.textValue()) : ZoneOffset.UTC;
        } catch (DateTimeException e) {
            tell(
                    "/timeZone",
                    "There is no time zone '" + Kinds.shorten(zone.textValue()) + "'.",
                    "Write one such as Europe/Berlin.");
            return ZoneOffset.UTC;
        }
    }

    private List<Blackout> blackouts() {
        List<Blackout> blackouts = new ArrayList<>();
        JsonNode entries = schedule.path("blackout");
        for (int at = 0; at < entries.size(); at++) {
            JsonNode from = entries.get(at).path("from");
            JsonNode to = entries.get(at).path("to");
            if (from.isTextual() && to.isTextual()) {
                Optional<Blackout> blackout = Blackout.of(from.textValue(), to.textValue());
                blackout.ifPresent(blackouts::add);
                if (blackout.isEmpty()) {
                    tell(
                            "/blackout/" + at,
                            "'" + Kinds.shorten(from.textValue()) + "' to '" + Kinds.shorten(to.textValue())
                                    + "' is no time.",
                            "Write two days (2026-12-24), two times of the day (\"22:00\") or two moments"
                                    + " (2026-12-24T18:00), the earlier one first.");
                }
            }
        }
        return blackouts;
    }

    private void tell(String field, String message, String remedy) {
        Place place = document.places().of(POINTER + field);
        violations.error(Stage.ENVELOPE, RULE, place, message, remedy);
    }
}

package io.camelray.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelray.component.Planning;
import io.camelray.intake.Schedule;
import io.camelray.intake.ScheduleFile;
import io.camelray.model.Violation;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What is planned by time: when it fires next, what came of the last time, and what is wrong with it. */
@Command(
        name = "schedules",
        description = "Shows what is planned by time, when next, and what came of the last time.",
        mixinStandardHelpOptions = true)
final class SchedulesCommand implements Callable<Integer> {

    private static final int NEXT = 3;

    @Spec
    private CommandSpec spec;

    @Mixin
    private HomeOptions options;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Clock clock = Clock.systemUTC();
        List<ScheduleFile> files;
        try (Program program = new Program(options, options.home("work"), Map.of(), false)) {
            files = Planning.schedules(program.configure(), clock);
        }
        JsonNode firings = new LedgerAccess(options).firings();
        ArrayNode schedules = JsonNodeFactory.instance.arrayNode();
        files.forEach(file -> describe(schedules.addObject(), file, firings, clock.instant()));
        PrintWriter out = spec.commandLine().getOut();
        if (options.json()) {
            out.println(schedules.toPrettyString());
        } else {
            print(schedules, out);
        }
        out.flush();
        return files.stream().anyMatch(ScheduleFile::isBroken) ? ExitStatus.ATTENTION : ExitStatus.GOOD;
    }

    private static void describe(ObjectNode node, ScheduleFile file, JsonNode firings, Instant now) {
        node.put("file", file.file().toString());
        file.schedule().ifPresent(schedule -> describe(node, schedule, firings, now));
        ArrayNode problems = node.putArray("problems");
        for (Violation violation : file.violations()) {
            problems.addObject()
                    .put("severity", violation.severity().label())
                    .put("pointer", violation.place().pointer())
                    .put("line", violation.place().line())
                    .put("column", violation.place().column())
                    .put("message", violation.message())
                    .put("remedy", violation.remedy());
        }
    }

    private static void describe(ObjectNode node, Schedule schedule, JsonNode firings, Instant now) {
        node.put("schedule", schedule.name());
        node.put("campaign", schedule.campaign());
        node.put("cron", schedule.times().cron());
        node.put("timeZone", schedule.times().zone().getId());
        node.put("misfire", schedule.misfire().label());
        node.put("enabled", schedule.enabled());
        ArrayNode next = node.putArray("next");
        if (schedule.enabled()) {
            schedule.next(now, NEXT)
                    .forEach(time -> next.add(time.atZone(schedule.times().zone())
                            .toOffsetDateTime()
                            .toString()));
        }
        StreamSupport.stream(firings.spliterator(), false)
                .filter(firing -> firing.path("schedule").asText().equals(schedule.name()))
                .forEach(firing -> node.set("last", firing));
    }

    private static void print(ArrayNode schedules, PrintWriter out) {
        if (schedules.isEmpty()) {
            out.println("There are no schedules.");
        }
        for (JsonNode schedule : schedules) {
            if (schedule.has("schedule")) {
                print(schedule, out);
            } else {
                out.println(schedule.path("file").asText() + ": does not fire, because it cannot be read");
            }
            for (JsonNode problem : schedule.path("problems")) {
                out.printf(
                        "  %s at line %s, column %s (%s): %s %s%n",
                        problem.path("severity").asText(),
                        problem.path("line").asText(),
                        problem.path("column").asText(),
                        problem.path("pointer").asText(),
                        problem.path("message").asText(),
                        problem.path("remedy").asText());
            }
        }
    }

    private static void print(JsonNode schedule, PrintWriter out) {
        out.printf(
                "%s: %s in %s, campaign %s, misfire %s%s%n",
                schedule.path("schedule").asText(),
                schedule.path("cron").asText(),
                schedule.path("timeZone").asText(),
                schedule.path("campaign").asText(),
                schedule.path("misfire").asText(),
                schedule.path("enabled").asBoolean() ? "" : ", not enabled");
        for (JsonNode time : schedule.path("next")) {
            out.println("  next " + time.asText());
        }
        JsonNode last = schedule.path("last");
        if (last.isMissingNode()) {
            out.println("  has not fired yet");
        } else {
            String became = last.has("campaign")
                    ? ": " + last.path("campaign").asText() + " r"
                            + last.path("revision").asText()
                    : last.has("detail") ? ": " + last.path("detail").asText() : "";
            out.println("  last " + last.path("at").asText() + ", "
                    + last.path("outcome").asText() + became);
        }
    }
}

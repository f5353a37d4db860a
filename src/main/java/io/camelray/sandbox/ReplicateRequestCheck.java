package io.camelray.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The rules of Replicate's input schema and envelope. The numbers are those of the project's list of rules. */
final class ReplicateRequestCheck {

    private static final List<String> RATIOS = List.of("9:16", "3:4", "1:1", "4:3", "16:9", "21:9");
    private static final List<String> RESOLUTIONS = List.of("540p", "720p", "1080p");
    private static final List<String> EVENTS = List.of("start", "output", "logs", "completed");
    private static final int MAX_DATA_CHARACTERS = 10 * 1024 * 1024 / 3 * 4 + 128;

    private final List<RequestRule<ReplicateRequest>> rules;

    ReplicateRequestCheck(MediaInspector inspector) {
        Predicate<ReplicateRequest> webhookUnusable = r -> r.body().hasNonNull("webhook")
                && !(r.body().get("webhook").isTextual()
                        && inspector.isAddress(r.body().get("webhook").textValue()));
        rules = List.of(
                rule("R05", r -> !r.body().path("input").isObject(), "input is required"),
                rule("R09", r -> notText(r, "prompt"), "input.prompt: Invalid type. Expected: string"),
                rule("R06", r -> r.prompt().isEmpty(), "input.prompt: prompt is required"),
                rule(
                        "R09",
                        r -> r.input()
                                .notBoolean(List.of("hdr", "exr_export", "loop"))
                                .isPresent(),
                        "input: Invalid type. Expected: boolean"),
                rule("R18", r -> outside(r, "aspect_ratio", RATIOS), "input.aspect_ratio must be one of " + RATIOS),
                rule(
                        "R24",
                        r -> outside(r, "resolution", RESOLUTIONS),
                        "input.resolution must be one of " + RESOLUTIONS),
                rule("R26", ReplicateRequestCheck::oddDuration, "input.duration must be the integer 5 or 10"),
                rule(
                        "R09",
                        r -> r.input().notText(ReplicateRequest.IMAGES).isPresent(),
                        "input: Invalid type. Expected: string (uri)"),
                rule("R27", r -> r.isLong() && r.input().has("start_image"), "10s is not supported with start_image"),
                rule("R28", r -> r.isLong() && r.input().has("end_image"), "10s is not supported with end_image"),
                rule("R29", r -> r.isLong() && r.hdr(), "10s is not supported with hdr"),
                rule("R30", r -> r.isLong() && r.loop(), "10s is not supported with loop"),
                rule("R37", r -> r.loop() && r.hdr(), "loop is not supported with hdr"),
                rule("R38", r -> r.loop() && r.input().has("end_image"), "loop is not supported with end_image"),
                rule("R40", r -> r.hdr() && r.resolution().equals("540p"), "540p is not available when hdr is true"),
                rule("R41", r -> r.exr() && !r.hdr(), "exr_export requires hdr"),
                rule(
                        "R98 R99",
                        r -> images(r, image -> !image.startsWith("data:") && !inspector.isAddress(image)),
                        "input: Does not match format 'uri'"),
                rule(
                        "R104",
                        r -> images(r, image -> image.startsWith("data:") && image.length() > MAX_DATA_CHARACTERS),
                        "input: data URI is too large"),
                rule("R106", webhookUnusable, "webhook must be an absolute HTTPS URL"),
                rule("R106", ReplicateRequestCheck::oddEvents, "webhook_events_filter must be a list out of " + EVENTS),
                rule("R107", ReplicateRequestCheck::oddWait, "Prefer: wait must be between 1 and 60 seconds"),
                rule("R107", ReplicateRequestCheck::oddLifetime, "Cancel-After must be a duration of at least 5s"));
    }

    /** What the first broken rule says. */
    Optional<String> check(ReplicateRequest request) {
        return RequestRule.firstBroken(rules, request);
    }

    private static RequestRule<ReplicateRequest> rule(String id, Predicate<ReplicateRequest> broken, String message) {
        return RequestRule.of(id, broken, message);
    }

    private static boolean notText(ReplicateRequest request, String name) {
        return request.input().notText(List.of(name)).isPresent();
    }

    private static boolean outside(ReplicateRequest request, String name, List<String> allowed) {
        JsonNode value = request.input().node().path(name);
        return request.input().has(name) && !(value.isTextual() && allowed.contains(value.textValue()));
    }

    private static boolean oddDuration(ReplicateRequest request) {
        JsonNode value = request.input().node().path("duration");
        return request.input().has("duration")
                && !(value.isIntegralNumber() && (value.asInt() == 5 || value.asInt() == 10));
    }

    private static boolean images(ReplicateRequest request, Predicate<String> wrong) {
        return ReplicateRequest.IMAGES.stream()
                .filter(request.input()::has)
                .map(name -> request.input().text(name, ""))
                .anyMatch(wrong);
    }

    private static boolean oddEvents(ReplicateRequest request) {
        JsonNode events = request.body().path("webhook_events_filter");
        if (events.isMissingNode() || events.isNull()) {
            return false;
        }
        boolean odd = !events.isArray();
        for (JsonNode event : events) {
            odd |= !EVENTS.contains(event.asText());
        }
        return odd;
    }

    private static boolean oddWait(ReplicateRequest request) {
        return request.patience()
                .map(wait -> wait.isZero() || wait.compareTo(Duration.ofSeconds(60)) > 0)
                .orElse(false);
    }

    private static boolean oddLifetime(ReplicateRequest request) {
        return request.cancelAfter() != null
                && request.lifetime()
                        .map(length -> length.compareTo(Duration.ofSeconds(5)) < 0)
                        .orElse(true);
    }
}

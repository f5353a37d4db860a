package io.camelray.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A submission to Replicate, with the model's defaults applied.
 *
 * @param prefer the header {@code Prefer}; may be null
 * @param cancelAfter the header {@code Cancel-After}; may be null
 */
record ReplicateRequest(JsonNode body, String prefer, String cancelAfter) {

    static final List<String> IMAGES = List.of("start_image", "end_image");

    private static final Pattern WAIT = Pattern.compile("(?:.*[,;\\s])?wait(?:=(\\d{1,9}))?(?:[,;\\s].*)?");
    private static final Pattern LENGTH = Pattern.compile("(?:(\\d{1,5})h)?(?:(\\d{1,5})m)?(?:(\\d{1,6})s)?");
    private static final int LONGEST_WAIT = 60;

    Fields input() {
        return new Fields(body.path("input"));
    }

    String prompt() {
        return input().text("prompt", "");
    }

    String resolution() {
        return input().text("resolution", "720p");
    }

    int seconds() {
        return input().node().path("duration").asInt(5);
    }

    boolean isLong() {
        return seconds() == 10;
    }

    boolean hdr() {
        return input().flag("hdr");
    }

    boolean exr() {
        return input().flag("exr_export");
    }

    boolean loop() {
        return input().flag("loop");
    }

    /** How long the caller wants to wait for the end. */
    Optional<Duration> patience() {
        return waitHeader()
                .map(wait ->
                        Duration.ofSeconds(wait.group(1) == null ? LONGEST_WAIT : Integer.parseInt(wait.group(1))));
    }

    private Optional<Matcher> waitHeader() {
        return Optional.ofNullable(prefer).map(WAIT::matcher).filter(Matcher::matches);
    }

    /** When the caller wants it stopped; nothing if that is unset or makes no sense. */
    Optional<Duration> lifetime() {
        return Optional.ofNullable(cancelAfter)
                .filter(text -> !text.isEmpty())
                .map(LENGTH::matcher)
                .filter(Matcher::matches)
                .map(length -> Duration.ofHours(number(length, 1))
                        .plusMinutes(number(length, 2))
                        .plusSeconds(number(length, 3)));
    }

    private static long number(Matcher matcher, int group) {
        return matcher.group(group) == null ? 0 : Long.parseLong(matcher.group(group));
    }
}

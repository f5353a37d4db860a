package io.camelray.provider.replicate;

import io.camelray.provider.Dialect;
import io.camelray.provider.ErrorText;
import io.camelray.provider.WireReply;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Replicate's problem documents, which name the end of a limit in their text (ray-api §1.3.5). */
final class ReplicateDialect implements Dialect {

    private static final Duration WAIT = Duration.ofSeconds(10);
    private static final Pattern RESET =
            Pattern.compile("(?:resets|available) in ~?\\s*(\\d{1,6})(?:\\.\\d{1,9})?\\s*(ms|milli|s|m|h)");

    @Override
    public String speaker() {
        return "Replicate";
    }

    @Override
    public String jobIdField() {
        return "id";
    }

    @Override
    public String message(WireReply reply) {
        return ErrorText.of(reply, "detail", "title", "error");
    }

    @Override
    public Optional<Duration> retryAfter(WireReply reply) {
        return Dialect.super.retryAfter(reply).or(() -> named(message(reply)));
    }

    @Override
    public Duration unnamedWait(boolean concurrency) {
        return WAIT;
    }

    /** Rounded up by a second, for "~30s" may be a little more. */
    private static Optional<Duration> named(String detail) {
        Matcher reset = RESET.matcher(detail.toLowerCase(Locale.ROOT));
        if (!reset.find()) {
            return Optional.empty();
        }
        long amount = Long.parseLong(reset.group(1));
        Duration named =
                switch (reset.group(2)) {
                    case "ms", "milli" -> Duration.ofMillis(amount);
                    case "m" -> Duration.ofMinutes(amount);
                    case "h" -> Duration.ofHours(amount);
                    default -> Duration.ofSeconds(amount);
                };
        return Optional.of(named.plusSeconds(1));
    }
}

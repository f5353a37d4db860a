package io.camelray.provider;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What replies give away about limits where a provider documents no headers of its own: the headers of the IETF draft
 * "RateLimit header fields for HTTP", and the words of a refusal (ray-api §1.2.5, §1.3.5).
 */
final class LimitHints {

    /** Such as {@code 600;w=60}: so many within so many seconds. */
    private static final Pattern QUOTA = Pattern.compile("(\\d{1,6})\\s*;\\s*w=(\\d{1,6})\\b");

    private static final Pattern RATE = Pattern.compile(
            "(\\d{1,6}) (?:\\w+ )?(?:requests?|predictions?|calls?|videos?) ?(?:per|/|an?|every) ?(second|minute|hour)");
    private static final Pattern CONCURRENCY =
            Pattern.compile("concurren|in parallel|simultaneous|too many (?:running|active|pending) ");
    private static final int HIGHEST = 100_000;

    private LimitHints() {}

    /** How long a reply asks to wait: {@code Retry-After}, else the draft's seconds to the end of the window. */
    static Optional<Duration> retryAfter(WireReply reply) {
        return RetryAfter.of(reply)
                .or(() -> reply.status() == 429
                        ? reply.number("RateLimit-Reset")
                                .filter(LimitHints::isPeriod)
                                .map(Duration::ofSeconds)
                        : Optional.empty());
    }

    /** Some send a point in time in a header that is meant for a period. */
    private static boolean isPeriod(long seconds) {
        return seconds < Duration.ofDays(1).toSeconds();
    }

    /** Only a limit that says its window means anything. */
    static Optional<Integer> ofHeaders(WireReply reply) {
        return reply.header("RateLimit-Policy").flatMap(LimitHints::quota).or(() -> reply.header("RateLimit-Limit")
                .flatMap(LimitHints::quota));
    }

    private static Optional<Integer> quota(String header) {
        Matcher quota = QUOTA.matcher(header);
        return quota.find()
                ? perMinute(Long.parseLong(quota.group(1)), Long.parseLong(quota.group(2)))
                : Optional.empty();
    }

    /** A rate that a refusal names, such as "reduced to 6 requests per minute". */
    static Optional<Integer> ofText(String message) {
        Matcher rate = RATE.matcher(message.toLowerCase(Locale.ROOT));
        if (!rate.find()) {
            return Optional.empty();
        }
        long seconds =
                switch (rate.group(2)) {
                    case "second" -> 1;
                    case "hour" -> 3600;
                    default -> 60;
                };
        return perMinute(Long.parseLong(rate.group(1)), seconds);
    }

    /** At least one: what is rarer than that shows in the wait that a refusal asks for. */
    private static Optional<Integer> perMinute(long requests, long seconds) {
        if (requests < 1 || seconds < 1) {
            return Optional.empty();
        }
        return Optional.of((int) Math.max(1, Math.min(HIGHEST, requests * 60 / seconds)));
    }

    static boolean isConcurrency(String message) {
        return CONCURRENCY.matcher(message.toLowerCase(Locale.ROOT)).find();
    }
}

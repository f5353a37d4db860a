package io.camelray.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** A sliding window: so many submissions in any 60 seconds. A refused one does not count. */
final class RateWindow {

    private static final Duration LENGTH = Duration.ofSeconds(60);

    private final int limit;
    private final Deque<Instant> entries = new ArrayDeque<>();

    RateWindow(int limit) {
        this.limit = limit;
    }

    synchronized Verdict enter(Instant now) {
        while (!entries.isEmpty() && !entries.peek().isAfter(now.minus(LENGTH))) {
            entries.remove();
        }
        if (entries.size() >= limit) {
            Instant reset = entries.peek().plus(LENGTH);
            long seconds = (Duration.between(now, reset).toMillis() + 999) / 1000;
            return new Verdict(false, limit, 0, epochSecondsUp(reset), Math.max(1, seconds));
        }
        entries.add(now);
        return new Verdict(true, limit, limit - entries.size(), epochSecondsUp(now.plus(LENGTH)), 0);
    }

    private static long epochSecondsUp(Instant instant) {
        return (instant.toEpochMilli() + 999) / 1000;
    }

    /** What the window says, in the units of its headers: {@code reset} in Unix seconds, the rest in seconds. */
    record Verdict(boolean open, int limit, int remaining, long reset, long retryAfter) {}
}

package io.camelray.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** A sliding window: so many submissions in any span of its length. A refused one does not count. */
final class RateWindow {

    private final int limit;
    private final Duration length;
    private final Deque<Instant> entries = new ArrayDeque<>();

    RateWindow(int limit, Duration length) {
        this.length = length;
        this.limit = limit;
    }

    synchronized Verdict enter(Instant now) {
        while (!entries.isEmpty() && !entries.peek().isAfter(now.minus(length))) {
            entries.remove();
        }
        if (entries.size() >= limit) {
            Instant reset = entries.peek().plus(length);
            long seconds = (Duration.between(now, reset).toMillis() + 999) / 1000;
            return new Verdict(false, limit, 0, epochSecondsUp(reset), Math.max(1, seconds));
        }
        entries.add(now);
        return new Verdict(true, limit, limit - entries.size(), epochSecondsUp(now.plus(length)), 0);
    }

    private static long epochSecondsUp(Instant instant) {
        return (instant.toEpochMilli() + 999) / 1000;
    }

    /** What the window says, in the units of its headers: {@code reset} in Unix seconds, the rest in seconds. */
    record Verdict(boolean open, int limit, int remaining, long reset, long retryAfter) {}
}

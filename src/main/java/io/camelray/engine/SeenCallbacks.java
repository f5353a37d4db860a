package io.camelray.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** Remembers which messages were taken, for as long as their timestamps are good, and no more than a number. Thread-safe. */
final class SeenCallbacks {

    private static final int AT_MOST = 10_000;

    private final Duration memory;
    private final Map<String, Instant> seen = new LinkedHashMap<>();

    SeenCallbacks(Duration memory) {
        this.memory = memory;
    }

    /** Remembers it. */
    synchronized boolean isFirst(String id, Instant now) {
        Iterator<Instant> oldestFirst = seen.values().iterator();
        while (oldestFirst.hasNext()) {
            boolean gone = oldestFirst.next().plus(memory).isBefore(now);
            if (!gone && seen.size() < AT_MOST) {
                break;
            }
            oldestFirst.remove();
        }
        return seen.putIfAbsent(id, now) == null;
    }
}

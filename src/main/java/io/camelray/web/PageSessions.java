package io.camelray.web;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/** Who has said the token, in memory: a restart signs everybody out. Thread-safe. */
final class PageSessions {

    static final Duration LIFE = Duration.ofHours(12);

    /** More people than that do not look at one program; the oldest are signed out. */
    private static final int MOST = 200;

    private final SecureRandom random = new SecureRandom();
    private final Map<String, Instant> ends = new LinkedHashMap<>();
    private final Clock clock;

    PageSessions(Clock clock) {
        this.clock = clock;
    }

    /** Begins one. @return a secret that nobody can guess */
    synchronized String begin() {
        ends.values().removeIf(end -> !end.isAfter(clock.instant()));
        while (ends.size() >= MOST) {
            ends.remove(ends.keySet().iterator().next());
        }
        byte[] secret = new byte[32];
        random.nextBytes(secret);
        String id = HexFormat.of().formatHex(secret);
        ends.put(id, clock.instant().plus(LIFE));
        return id;
    }

    synchronized boolean isOpen(String id) {
        Instant end = ends.get(id);
        return end != null && end.isAfter(clock.instant());
    }

    synchronized void end(String id) {
        ends.remove(id);
    }
}

package io.camelray.assets;

import io.camelray.model.MediaRef;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What was found a moment ago, so that plans that follow each other do not ask again. Refusals are not kept: what was
 * mended is to be seen at once. Addresses may be signed and are shown to nobody. Thread-safe.
 */
final class RecentLooks {

    static final Duration FOR = Duration.ofMinutes(1);
    static final int MOST = 10_000;

    private final Clock clock;
    private final Map<MediaRef, Seen> seen = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<MediaRef, Seen> eldest) {
            return size() > MOST;
        }
    };

    private record Seen(ProbeResult.Found found, Instant at) {}

    RecentLooks(Clock clock) {
        this.clock = clock;
    }

    synchronized Optional<ProbeResult> find(MediaRef ref) {
        Instant now = clock.instant();
        return Optional.ofNullable(seen.get(ref))
                .filter(look ->
                        !now.isBefore(look.at()) && now.isBefore(look.at().plus(FOR)))
                .map(Seen::found);
    }

    synchronized void remember(MediaRef ref, ProbeResult result) {
        seen.remove(ref);
        if (result instanceof ProbeResult.Found found) {
            seen.put(ref, new Seen(found, clock.instant()));
        }
    }
}

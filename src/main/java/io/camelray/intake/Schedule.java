package io.camelray.intake;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A manifest that is planned again and again: when, and when not.
 *
 * @param name the file's name without its ending
 * @param file the manifest that each firing plans, read anew each time
 * @param campaign as it is written; may hold {@code {{schedule.date}}}
 */
public record Schedule(
        String name,
        Path file,
        String campaign,
        FireTimes times,
        MisfirePolicy misfire,
        List<Blackout> blackouts,
        boolean enabled) {

    /** What is older is not made up for. */
    public static final Duration MISFIRE_LIMIT = Duration.ofHours(24);

    /** Whoever starts within this time of a firing is on time. */
    static final Duration ON_TIME = Duration.ofMinutes(2);

    /** How many times are looked at for some outside of blackouts. */
    private static final int MOST_LOOKED_AT = 100_000;

    public Schedule {
        blackouts = List.copyOf(blackouts);
    }

    /** One firing that is to be recorded. @param skipped why it does not come to pass, if it does not */
    public record Decision(Instant at, Optional<String> skipped) {}

    /** Whatever decides when it fires, as text. */
    public String timing() {
        return Stream.concat(Stream.of(times.cron(), times.zone().getId()), blackouts.stream())
                .map(Object::toString)
                .collect(Collectors.joining("; "));
    }

    /** What a firing at this time comes to. */
    public Decision at(Instant time) {
        return new Decision(time, blackout(time).map(blackout -> "blackout from " + blackout));
    }

    private Optional<Blackout> blackout(Instant time) {
        return blackouts.stream()
                .filter(blackout -> blackout.covers(time.atZone(times.zone())))
                .findFirst();
    }

    /** The next times at which it fires, without those that fall into a blackout. */
    public List<Instant> next(Instant after, int count) {
        return Stream.iterate(times.next(after), Optional::isPresent, last -> last.flatMap(times::next))
                .limit(MOST_LOOKED_AT)
                .map(Optional::get)
                .filter(time -> blackout(time).isEmpty())
                .limit(count)
                .toList();
    }

    /**
     * The firing that was missed, if any was: the last one, whatever number there were.
     *
     * @param from everything until then is accounted for
     */
    public Optional<Decision> missed(Instant from, Instant now) {
        return times.latest(from, now).map(time -> {
            Duration late = Duration.between(time, now);
            Decision onTime = at(time);
            if (onTime.skipped().isPresent() || late.compareTo(ON_TIME) < 0) {
                return onTime;
            }
            if (late.compareTo(MISFIRE_LIMIT) > 0) {
                return new Decision(time, Optional.of("missed by more than " + MISFIRE_LIMIT.toHours() + " hours"));
            }
            return switch (misfire) {
                case FIRE_ONCE -> onTime;
                case SKIP -> new Decision(time, Optional.of("missed, and its misfire policy is skip"));
            };
        });
    }
}

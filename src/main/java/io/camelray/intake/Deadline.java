package io.camelray.intake;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * By when a campaign is wanted, and what that takes.
 *
 * @param readyBy when it must be done
 * @param estimate how long it will take, all of it, with a margin
 * @param asked the moment at which this was worked out
 */
public record Deadline(Instant readyBy, Duration estimate, Instant asked) {

    /** A campaign that starts later may be late. */
    public Instant latestStart() {
        return readyBy.minus(estimate);
    }

    /** Whether it may be late even if it starts at once. */
    public boolean isMissed() {
        return latestStart().isBefore(asked);
    }

    /** Whether it may be late if anything else is done first: there is less time to spare than it takes. */
    public boolean isClose() {
        return latestStart().isBefore(asked.plus(estimate));
    }

    @Override
    public String toString() {
        String takes = "ready by " + readyBy + " takes about " + Math.max(1, (estimate.toSeconds() + 59) / 60)
                + " min, so the latest safe start is " + latestStart().truncatedTo(ChronoUnit.SECONDS);
        return isMissed() ? takes + ", which is over: it will probably be late" : takes;
    }
}

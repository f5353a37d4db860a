package io.camelray.engine;

import io.camelray.ledger.AccountLimits;
import io.camelray.model.RenderRequest;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * How long an account needs for renders that start from each other: a cautious estimate, never a promise. Pure.
 *
 * <p>It is the bound of list scheduling: as long as the account is busy all the time (all work through all slots, or all
 * posts at the rate, whichever takes longer), and then once along the longest chain of steps. Work counts with its mean,
 * the chain with times that nineteen of twenty renders keep; {@value #SAFETY} on top is for what is tried again.
 */
public final class Eta {

    static final double SAFETY = 1.25;

    private static final int SAMPLES = 50;
    private static final double NINETEEN_OF_TWENTY = 1.645;
    private static final double MILLIS_OF_A_MINUTE = 60_000;

    private final BiFunction<RenderRequest, Integer, List<Duration>> past;

    /** @param past how long the latest renders of a kind took, at most so many; none where nothing is known */
    public Eta(BiFunction<RenderRequest, Integer, List<Duration>> past) {
        this.past = past;
    }

    /**
     * Renders of one kind in one step.
     *
     * @param like one of them
     * @param renders how many
     * @param after the steps that these start from
     */
    public record Load(String step, RenderRequest like, long renders, Set<String> after) {}

    /** One load, and how long one of its renders takes. */
    private record Timed(Load load, double meanMillis, double slowMillis) {}

    /** The time from the first post to the last completed render, with a margin; zero for no renders. */
    public Duration of(List<Load> loads, AccountLimits limits) {
        List<Timed> timed = loads.stream()
                .filter(load -> load.renders() > 0)
                .map(this::timed)
                .toList();
        double work = timed.stream()
                .mapToDouble(one -> one.load().renders() * one.meanMillis())
                .sum();
        long posts = timed.stream().mapToLong(one -> one.load().renders()).sum();
        // A whole minute's posts go out at once.
        double posting =
                Math.max(0, posts - limits.requestsPerMinute()) * MILLIS_OF_A_MINUTE / limits.requestsPerMinute();
        Map<String, Double> known = new HashMap<>();
        double chain = timed.stream()
                .mapToDouble(one -> chain(one.load().step(), timed, known))
                .max()
                .orElse(0);
        return Duration.ofMillis(Math.round(SAFETY * (Math.max(work / limits.maxConcurrent(), posting) + chain)));
    }

    private Timed timed(Load load) {
        RenderTime time = RenderTime.learned(past.apply(load.like(), SAMPLES), RenderTime.prior(load.like()));
        double median = time.median().toMillis();
        return new Timed(
                load,
                median * Math.exp(time.sigma() * time.sigma() / 2),
                median * Math.exp(time.sigma() * NINETEEN_OF_TWENTY));
    }

    /** Until this step is done, by its slowest kind. Steps do not start from each other in circles. */
    private static double chain(String step, List<Timed> loads, Map<String, Double> known) {
        Double before = known.get(step);
        if (before != null) {
            return before;
        }
        double own = 0;
        double earlier = 0;
        for (Timed one : loads) {
            if (one.load().step().equals(step)) {
                own = Math.max(own, one.slowMillis());
                for (String parent : one.load().after()) {
                    earlier = Math.max(earlier, chain(parent, loads, known));
                }
            }
        }
        known.put(step, own + earlier);
        return own + earlier;
    }
}

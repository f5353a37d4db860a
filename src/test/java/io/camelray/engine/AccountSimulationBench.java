package io.camelray.engine;

import io.camelray.bench.Figures;
import io.camelray.bench.Figures.Figure;
import io.camelray.engine.AccountSimulation.Outcome;
import io.camelray.ledger.AccountLimits;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** How much of an account is used, and what it costs to notice that a render is done. The clock is simulated. */
class AccountSimulationBench {

    private static final Duration REPLY = Duration.ofMillis(250);
    private static final Duration MEDIAN = Duration.ofSeconds(80);
    private static final AccountLimits STANDARD = new AccountLimits(30, 10, 4);
    private static final AccountLimits LARGE = new AccountLimits(600, 200, 4);

    private final Figures figures = Figures.standard();

    @Test
    void submissions() {
        submissions("30 rpm, 10 slots, 400 jobs", STANDARD, 400, 1);
        submissions("30 rpm, 10 slots, 400 jobs, two nodes", STANDARD, 400, 2);
        submissions("600 rpm, 200 slots, 400 jobs", LARGE, 400, 1);
        submissions("600 rpm, 200 slots, 400 jobs, max-posting 8", new AccountLimits(600, 200, 8), 400, 1);
        submissions("600 rpm, 200 slots, 4000 jobs", LARGE, 4000, 1);
        submissions("600 rpm, 200 slots, 4000 jobs, two nodes", LARGE, 4000, 2);
    }

    private void submissions(String what, AccountLimits limits, int jobs, int nodes) {
        Outcome ours = run(limits, jobs, 0.15, nodes, PollHabit::ours);
        Outcome peer = run(limits, jobs, 0.15, nodes, PollHabit::lumaGuide);
        Outcome bound = run(limits, jobs, 0.15, nodes, () -> (elapsed, asked) -> Duration.ofMillis(20));
        figures.add(Figure.of("submit", what + ": share of what the account allows", "")
                .ours(ours.utilisation())
                .peer("the same governor, Luma's documented loop", peer.utilisation())
                .atLeast(0.96));
        figures.add(Figure.of("submit", what + ": share of what seeing every completion at once would use", "")
                .ours(ours.utilisation() / bound.utilisation()));
        figures.add(Figure.of("submit", what + ": refusals per job", "")
                .ours(ours.refusalsPerJob())
                .atMost(0.01));
    }

    @Test
    void polls() {
        for (double sigma : new double[] {0.15, 0.35}) {
            Map<String, Supplier<PollHabit>> peers = new LinkedHashMap<>();
            peers.put("fixed 5 s", PollHabit::everyFiveSeconds);
            peers.put("Luma's documented loop", PollHabit::lumaGuide);
            peers.put("AWS waiter's back-off", () -> PollHabit.awsWaiter(new Random(7)));
            Outcome ours = run(STANDARD, 400, sigma, 1, PollHabit::ours);
            figures.add(Figure.of("poll", "polls per render × mean latency, sigma " + sigma, "s")
                    .ours(ours.pollsPerJob() * ours.latency())
                    .peer("the least that any plan can reach", leastPollsTimesLatency(sigma)));
            peers.forEach((name, habit) -> {
                Outcome peer = run(STANDARD, 400, sigma, 1, habit);
                figures.add(Figure.of("poll", "polls per render, sigma " + sigma, "")
                        .ours(ours.pollsPerJob())
                        .peer(name, peer.pollsPerJob())
                        .atMost(12));
                figures.add(Figure.of("poll", "mean detection latency, sigma " + sigma, "s")
                        .ours(ours.latency())
                        .peer(name, peer.latency())
                        .atMost(2));
            });
        }
    }

    /**
     * A plan that asks after gaps {@code g(t)} asks {@code ∫ S/g} times and is late by {@code ∫ f·g/2}, of a distribution
     * with density {@code f} of which {@code S} is not over yet. By Cauchy and Schwarz the product is never below
     * {@code (∫ √(f·S))² / 2}, whatever {@code g}, even for who knows the distribution.
     */
    private static double leastPollsTimesLatency(double sigma) {
        double median = MEDIAN.toSeconds();
        double step = 0.01;
        double survival = 1;
        double sum = 0;
        for (double t = step; survival > 1e-9 && t < 3600; t += step) {
            double z = Math.log(t / median) / sigma;
            double density = Math.exp(-z * z / 2) / (t * sigma * Math.sqrt(2 * Math.PI));
            survival -= density * step;
            sum += Math.sqrt(density * Math.max(0, survival)) * step;
        }
        return sum * sum / 2;
    }

    private static Outcome run(AccountLimits limits, int jobs, double sigma, int nodes, Supplier<PollHabit> habit) {
        return new AccountSimulation(limits, jobs, REPLY, MEDIAN, sigma, nodes, habit).run();
    }
}

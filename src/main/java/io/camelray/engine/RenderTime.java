package io.camelray.engine;

import io.camelray.model.ClipLength;
import io.camelray.model.Operation;
import io.camelray.model.RenderRequest;
import java.time.Duration;
import java.util.List;

/**
 * How long a kind of render takes, as a log-normal distribution.
 *
 * @param median half of them are done by then
 * @param sigma standard deviation of the logarithm
 */
record RenderTime(Duration median, double sigma) {

    private static final int ENOUGH = 5;
    private static final double PRIOR_SIGMA = 0.35;
    private static final double NARROWEST = 0.10;
    private static final double WIDEST = 1.0;

    /** What the providers' documents say before anything was learned (ray-api §4, §7.4). */
    static RenderTime prior(RenderRequest request) {
        if (request.operation() == Operation.REFRAME) {
            return new RenderTime(Duration.ofSeconds(600), PRIOR_SIGMA);
        }
        double seconds =
                switch (request.resolution()) {
                    case P360 -> 20;
                    case P540 -> 40;
                    case P720 -> 80;
                    case P1080 -> 170;
                };
        double longer = request.length() == ClipLength.TEN_SECONDS ? 2.5 : 1;
        double deeper =
                switch (request.dynamicRange()) {
                    case SDR -> 1;
                    case HDR -> 2;
                    case HDR_EXR -> 2.5;
                };
        double costlier = request.operation() == Operation.EDIT ? 1.5 : 1;
        return new RenderTime(Duration.ofMillis(Math.round(1000 * seconds * longer * deeper * costlier)), PRIOR_SIGMA);
    }

    /** What past renders teach; the prior until there are five of them. */
    static RenderTime learned(List<Duration> past, RenderTime prior) {
        if (past.size() < ENOUGH) {
            return prior;
        }
        double[] logs = past.stream()
                .mapToDouble(time -> Math.log(Math.max(1, time.toMillis())))
                .toArray();
        double mean = 0;
        for (double log : logs) {
            mean += log / logs.length;
        }
        double variance = 0;
        for (double log : logs) {
            variance += (log - mean) * (log - mean) / (logs.length - 1);
        }
        double sigma = Math.min(WIDEST, Math.max(NARROWEST, Math.sqrt(variance)));
        return new RenderTime(Duration.ofMillis(Math.round(Math.exp(mean))), sigma);
    }

    /** The time by which only about one in fifty is done. */
    Duration early() {
        return Duration.ofMillis(Math.round(median.toMillis() * Math.exp(-2 * sigma)));
    }

    /** The chance per second of being done in the next moment, given that it is not done yet. */
    double hazard(Duration elapsed) {
        double seconds = Math.max(0.001, elapsed.toMillis() / 1000.0);
        double z = (Math.log(seconds) - Math.log(median.toMillis() / 1000.0)) / sigma;
        double density = Math.exp(-z * z / 2) / (seconds * sigma * Math.sqrt(2 * Math.PI));
        double notDone = survival(z);
        // Far out in the tail both vanish; their ratio tends to z / (sigma t).
        return notDone < 1e-9 ? z / (sigma * seconds) : density / notDone;
    }

    /** One minus the normal distribution function (Abramowitz and Stegun 26.2.17, error below 1e-7). */
    private static double survival(double z) {
        if (z < 0) {
            return 1 - survival(-z);
        }
        double t = 1 / (1 + 0.2316419 * z);
        double poly = t * (0.319381530 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
        return poly * Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
    }
}

package io.camelray.engine;

import io.camelray.model.RenderRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** When a client asks for a render's status: ours, and what others do. */
interface PollHabit {

    /** How long to wait before the next question. @param asked how often it was asked already */
    Duration next(Duration elapsed, int asked);

    /** A render was seen to be done after so long. */
    default void learn(Duration took) {}

    /** The real plan, which learns as it goes. */
    static PollHabit ours() {
        return ours(RenderTime.prior(RenderRequest.textToVideo("a mug")));
    }

    /** The real plan, which learns as it goes. @param prior what it begins with */
    static PollHabit ours(RenderTime prior) {
        return new PollHabit() {
            private static final int SAMPLES = 50;
            private final List<Duration> past = new ArrayList<>();

            @Override
            public Duration next(Duration elapsed, int asked) {
                RenderTime time =
                        RenderTime.learned(past.subList(Math.max(0, past.size() - SAMPLES), past.size()), prior);
                return asked == 0 ? PollPlan.LEARNING.first(time) : PollPlan.LEARNING.gap(time, elapsed);
            }

            @Override
            public void learn(Duration took) {
                past.add(took);
            }
        };
    }

    /** Every five seconds from the beginning. */
    static PollHabit everyFiveSeconds() {
        return (elapsed, asked) -> Duration.ofSeconds(5);
    }

    /** As Luma's guide has it: first after 30 seconds, then every five (ray-api §4). */
    static PollHabit lumaGuide() {
        return (elapsed, asked) -> Duration.ofSeconds(asked == 0 ? 30 : 5);
    }

    /** As the AWS SDKs' waiters do: exponential with full jitter, two seconds to two minutes. */
    static PollHabit awsWaiter(Random random) {
        return (elapsed, asked) -> {
            double ceiling = Math.min(120, 2 * Math.pow(2, asked));
            return Duration.ofMillis((long) (1000 * (2 + random.nextDouble() * (ceiling - 2))));
        };
    }

    /** Fixed times, as an operator may set them. */
    static PollHabit fixed(Duration first, Duration gap) {
        PollPlan plan = new PollPlan(Optional.of(first), Optional.of(gap));
        RenderTime any = RenderTime.prior(RenderRequest.textToVideo("a mug"));
        return (elapsed, asked) -> asked == 0 ? plan.first(any) : plan.gap(any, elapsed);
    }
}

package io.camelray.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelray.model.ClipLength;
import io.camelray.model.RenderRequest;
import io.camelray.model.Resolution;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PollPlanTest {

    private static final RenderRequest STANDARD = RenderRequest.textToVideo("a mug");

    @Test
    void the_first_question_comes_when_few_renders_are_done_yet() {
        RenderTime time = new RenderTime(Duration.ofSeconds(80), 0.35);

        assertThat(PollPlan.LEARNING.first(time)).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(50));
    }

    @Test
    void questions_are_closest_where_completion_is_likeliest() {
        RenderTime time = new RenderTime(Duration.ofSeconds(80), 0.2);

        Duration early = PollPlan.LEARNING.gap(time, Duration.ofSeconds(45));
        Duration likely = PollPlan.LEARNING.gap(time, Duration.ofSeconds(85));

        assertThat(likely).isLessThan(early);
    }

    @Test
    void a_typical_render_is_noticed_within_two_seconds_for_twelve_questions_at_most_on_average() {
        RenderTime time = new RenderTime(Duration.ofSeconds(80), 0.15);
        Random random = new Random(42);
        int questions = 0;
        double lateness = 0;
        int renders = 2000;
        for (int i = 0; i < renders; i++) {
            double done = 80 * Math.exp(0.15 * random.nextGaussian());
            Duration at = PollPlan.LEARNING.first(time);
            questions++;
            while (at.toMillis() < done * 1000) {
                at = at.plus(PollPlan.LEARNING.gap(time, at));
                questions++;
            }
            lateness += at.toMillis() / 1000.0 - done;
        }

        assertThat((double) questions / renders).isLessThanOrEqualTo(12);
        assertThat(lateness / renders).isLessThan(2);
    }

    @Test
    void late_renders_are_asked_for_slowly_and_never_given_up() {
        RenderTime time = new RenderTime(Duration.ofSeconds(80), 0.35);

        assertThat(PollPlan.LEARNING.gap(time, Duration.ofHours(2))).isEqualTo(Duration.ofMinutes(1));
        assertThat(PollPlan.LEARNING.gap(time, Duration.ofDays(3))).isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void fixed_times_win_over_what_was_learned() {
        PollPlan fixed = new PollPlan(Optional.of(Duration.ofMillis(500)), Optional.of(Duration.ofMillis(250)));
        RenderTime time = RenderTime.prior(STANDARD);

        assertThat(fixed.first(time)).isEqualTo(Duration.ofMillis(500));
        assertThat(fixed.gap(time, Duration.ofSeconds(30))).isEqualTo(Duration.ofMillis(250));
    }

    @Test
    void before_anything_is_learned_larger_longer_and_deeper_renders_are_expected_to_take_longer() {
        Duration standard = RenderTime.prior(STANDARD).median();

        assertThat(RenderTime.prior(STANDARD.withResolution(Resolution.P1080)).median())
                .isGreaterThan(standard);
        assertThat(RenderTime.prior(STANDARD.withLength(ClipLength.TEN_SECONDS)).median())
                .isGreaterThan(standard);
        assertThat(RenderTime.prior(STANDARD.withHdr(true)).median()).isGreaterThan(standard);
    }

    @Test
    void five_past_renders_teach_more_than_the_prior() {
        RenderTime prior = RenderTime.prior(STANDARD);
        List<Duration> four = new ArrayList<>(
                List.of(Duration.ofSeconds(9), Duration.ofSeconds(10), Duration.ofSeconds(11), Duration.ofSeconds(10)));

        assertThat(RenderTime.learned(four, prior)).isEqualTo(prior);
        four.add(Duration.ofSeconds(10));
        assertThat(RenderTime.learned(four, prior).median())
                .isBetween(Duration.ofMillis(9500), Duration.ofMillis(10500));
    }
}

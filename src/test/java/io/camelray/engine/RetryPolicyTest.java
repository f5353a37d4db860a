package io.camelray.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelray.model.Failure;
import io.camelray.model.FailureClass;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RetryPolicyTest {

    private final RetryPolicy policy = new RetryPolicy(8, 2, new Random(7));

    @Test
    void the_pause_before_a_retry_is_somewhere_between_nothing_and_a_ceiling_that_doubles() {
        for (int retry = 0; retry < 40; retry++) {
            long ceiling = Math.min(300_000, 2000L << Math.min(retry, 20));
            assertThat(policy.backoff(retry)).isBetween(Duration.ZERO, Duration.ofMillis(ceiling));
        }
    }

    @Test
    void a_model_failure_is_worth_two_more_paid_attempts() {
        Failure failure = new Failure(FailureClass.GENERATION_FAILED, "failed", "");

        assertThat(policy.creative(failure, false, 1)).isPresent();
        assertThat(policy.creative(failure, false, 2)).isPresent();
        assertThat(policy.creative(failure, false, 3)).isEmpty();
    }

    @Test
    void what_was_charged_is_never_paid_for_again_by_itself() {
        Failure failure = new Failure(FailureClass.OUTPUT_NOT_FOUND, "gone", "");

        assertThat(policy.creative(failure, true, 1)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = FailureClass.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"GENERATION_FAILED", "OUTPUT_NOT_FOUND"})
    void no_other_failure_is_paid_for_again_by_itself(FailureClass kind) {
        assertThat(policy.creative(new Failure(kind, "no", ""), false, 1)).isEmpty();
    }
}

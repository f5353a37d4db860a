package io.camelray.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelray.engine.AccountSimulation.Outcome;
import io.camelray.ledger.AccountLimits;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** On a clock of its own: what an account's limits allow is used, and nothing is sent that would be refused. */
class AccountSimulationTest {

    private static final Duration REPLY = Duration.ofMillis(250);
    private static final Duration MEDIAN = Duration.ofSeconds(80);

    @Test
    void a_standard_account_is_used_to_its_limits_with_few_questions_and_no_refusals() {
        Outcome outcome = run(new AccountLimits(30, 10, 4), 400, 1, 0.15);

        assertThat(outcome.utilisation()).isGreaterThanOrEqualTo(0.96);
        assertThat(outcome.refusalsPerJob()).isLessThanOrEqualTo(0.01);
        assertThat(outcome.pollsPerJob()).isLessThanOrEqualTo(12);
        assertThat(outcome.latency()).isLessThan(2);
    }

    @Test
    void two_nodes_share_an_account_as_one_uses_it() {
        Outcome outcome = run(new AccountLimits(30, 10, 4), 400, 2, 0.15);

        assertThat(outcome.utilisation()).isGreaterThanOrEqualTo(0.95);
        assertThat(outcome.refusalsPerJob()).isLessThanOrEqualTo(0.01);
    }

    @Test
    void a_large_account_is_never_asked_for_more_than_it_has() {
        Outcome outcome = run(new AccountLimits(600, 200, 4), 4000, 1, 0.15);

        assertThat(outcome.utilisation()).isGreaterThanOrEqualTo(0.96);
        assertThat(outcome.refusalsPerJob()).isLessThanOrEqualTo(0.01);
    }

    @Test
    void a_large_account_is_filled_in_time_for_few_jobs_when_eight_submissions_may_be_on_the_wire() {
        Outcome outcome = run(new AccountLimits(600, 200, 8), 400, 1, 0.15);

        assertThat(outcome.utilisation()).isGreaterThanOrEqualTo(0.96);
        assertThat(outcome.refusalsPerJob()).isLessThanOrEqualTo(0.01);
    }

    @Test
    void the_window_is_used_up_where_it_is_what_binds() {
        Outcome outcome = new AccountSimulation(
                        new AccountLimits(30, 100, 4), 400, REPLY, Duration.ofSeconds(20), 0.15, 1, PollHabit::ours)
                .run();

        assertThat(outcome.utilisation()).isGreaterThanOrEqualTo(0.96);
        assertThat(outcome.refusalsPerJob()).isLessThanOrEqualTo(0.01);
    }

    private static Outcome run(AccountLimits limits, int jobs, int nodes, double sigma) {
        return new AccountSimulation(limits, jobs, REPLY, MEDIAN, sigma, nodes, PollHabit::ours).run();
    }
}

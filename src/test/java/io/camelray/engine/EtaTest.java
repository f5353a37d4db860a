package io.camelray.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.camelray.engine.Eta.Load;
import io.camelray.ledger.AccountLimits;
import io.camelray.model.RenderRequest;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EtaTest {

    private static final RenderRequest MUG = RenderRequest.textToVideo("A mug");
    private static final AccountLimits TEN_AT_ONCE = new AccountLimits(1000, 10, 4);
    /** Always a minute, so that the learned spread is the narrowest that is believed: 0.10. */
    private static final Eta MINUTES = new Eta((like, limit) -> Collections.nCopies(limit, Duration.ofMinutes(1)));

    private static final double MEAN = 60 * Math.exp(0.10 * 0.10 / 2);
    private static final double SLOW = 60 * Math.exp(0.10 * 1.645);

    private static double seconds(Eta eta, AccountLimits limits, Load... loads) {
        return eta.of(List.of(loads), limits).toMillis() / 1000.0;
    }

    private static Load load(String step, long renders, String... after) {
        return new Load(step, MUG, renders, Set.of(after));
    }

    @Test
    void nothing_takes_no_time() {
        assertThat(MINUTES.of(List.of(), TEN_AT_ONCE)).isZero();
        assertThat(MINUTES.of(List.of(load("hero", 0)), TEN_AT_ONCE)).isZero();
    }

    @Test
    void work_goes_through_the_slots_and_then_once_along_the_longest_chain() {
        assertThat(seconds(MINUTES, TEN_AT_ONCE, load("hero", 100)))
                .isCloseTo(Eta.SAFETY * (100 * MEAN / 10 + SLOW), within(0.01));
        assertThat(seconds(
                        MINUTES,
                        TEN_AT_ONCE,
                        load("fit", 50, "mood"),
                        load("hero", 10),
                        load("mood", 10, "hero"),
                        load("alone", 30)))
                .isCloseTo(Eta.SAFETY * (100 * MEAN / 10 + 3 * SLOW), within(0.01));
    }

    @Test
    void where_the_rate_is_what_holds_up_it_counts_instead_after_the_first_minutes_posts() {
        AccountLimits slowToPost = new AccountLimits(30, 1000, 4);

        assertThat(seconds(MINUTES, slowToPost, load("hero", 300)))
                .isCloseTo(Eta.SAFETY * (270 * 60.0 / 30 + SLOW), within(0.01));
    }

    @Test
    void a_chain_goes_at_the_pace_of_its_slowest_kind_and_before_anything_is_learned_by_the_providers_figures() {
        Eta untaught = new Eta((like, limit) -> List.of());
        Eta fewSeen = new Eta((like, limit) -> List.of(Duration.ofHours(1)));

        assertThat(untaught.of(List.of(load("hero", 1)), TEN_AT_ONCE))
                .isEqualTo(fewSeen.of(List.of(load("hero", 1)), TEN_AT_ONCE))
                .isBetween(Duration.ofMinutes(2), Duration.ofMinutes(5));
        assertThat(untaught.of(List.of(load("hero", 1)), TEN_AT_ONCE))
                .isGreaterThan(MINUTES.of(List.of(load("hero", 1)), TEN_AT_ONCE));
    }
}

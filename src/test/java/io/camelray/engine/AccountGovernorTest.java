package io.camelray.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelray.ledger.AccountLimits;
import io.camelray.ledger.AccountUse;
import io.camelray.ledger.SubmissionLedger.Permit;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AccountGovernorTest {

    private static final Instant NOW = Instant.parse("2026-07-01T08:00:00Z");
    private static final AccountLimits LIMITS = new AccountLimits(30, 10, 4);

    private final AccountGovernor governor = new AccountGovernor();

    @Test
    void an_idle_account_may_submit_as_much_as_may_be_on_the_wire_at_once() {
        assertThat(governor.decide(use(0, 0, 0))).isInstanceOf(Permit.Granted.class);
        assertThat(governor.room(use(0, 0, 0))).isEqualTo(4);
    }

    @Test
    void the_tightest_limit_says_how_much_room_there_is() {
        assertThat(governor.room(use(9, 0, 0))).isEqualTo(1);
        assertThat(governor.room(use(0, 0, 28))).isEqualTo(2);
        assertThat(governor.room(use(3, 3, 3))).isEqualTo(1);
    }

    @Test
    void the_window_opens_when_its_oldest_request_has_left_it() {
        AccountUse full = new AccountUse(
                "luma",
                LIMITS,
                NOW,
                0,
                0,
                30,
                Optional.of(NOW.plusSeconds(7)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());

        assertThat(governor.decide(full)).isInstanceOfSatisfying(Permit.Wait.class, wait -> assertThat(wait.until())
                .isAfter(NOW.plusSeconds(7))
                .isBefore(NOW.plusSeconds(8)));
        assertThat(governor.room(full)).isZero();
    }

    @Test
    void full_slots_are_looked_at_again_within_five_seconds() {
        assertThat(governor.decide(use(10, 0, 0)))
                .isInstanceOfSatisfying(
                        Permit.Wait.class, wait -> assertThat(wait.until()).isEqualTo(NOW.plusSeconds(5)));
    }

    @Test
    void a_cool_down_holds_until_it_is_over() {
        AccountUse cooling = new AccountUse(
                "luma",
                LIMITS,
                NOW,
                0,
                0,
                0,
                Optional.empty(),
                Optional.of(NOW.plusSeconds(3)),
                Optional.empty(),
                Optional.empty());
        AccountUse cooled = new AccountUse(
                "luma", LIMITS, NOW, 0, 0, 0, Optional.empty(), Optional.of(NOW), Optional.empty(), Optional.empty());

        assertThat(governor.room(cooling)).isZero();
        assertThat(governor.room(cooled)).isEqualTo(4);
    }

    @Test
    void a_paused_account_submits_nothing_and_says_why() {
        AccountUse paused = new AccountUse(
                "luma",
                LIMITS,
                NOW,
                0,
                0,
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.of("no balance"),
                Optional.empty());

        assertThat(governor.decide(paused)).isInstanceOfSatisfying(Permit.Wait.class, wait -> assertThat(wait.reason())
                .contains("no balance"));
    }

    @Test
    void an_account_without_credit_tries_again_with_one_submission_when_its_time_has_come() {
        assertThat(governor.decide(paused(0, NOW.plusSeconds(7))))
                .isInstanceOfSatisfying(
                        Permit.Wait.class, wait -> assertThat(wait.until()).isEqualTo(NOW.plusSeconds(7)));
        assertThat(governor.decide(paused(0, NOW))).isInstanceOf(Permit.Granted.class);
        assertThat(governor.room(paused(0, NOW))).isEqualTo(1);
        assertThat(governor.room(paused(1, NOW))).isZero();
    }

    private static AccountUse paused(int posting, Instant recheckAt) {
        return new AccountUse(
                "luma",
                LIMITS,
                NOW,
                posting,
                posting,
                posting,
                Optional.empty(),
                Optional.empty(),
                Optional.of("no credit"),
                Optional.of(recheckAt));
    }

    private static AccountUse use(int active, int posting, int inWindow) {
        return new AccountUse(
                "luma",
                LIMITS,
                NOW,
                active,
                posting,
                inWindow,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}

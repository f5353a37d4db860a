package io.camelray.ledger;

import static io.camelray.ledger.LedgerFixture.ACCOUNT;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.camelray.model.Money;
import io.camelray.model.RenderId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The wall clock is set while an embedded ledger is in use: nothing that waits is moved by it. */
class ClockJumpTest {

    /** A wall clock that somebody sets. */
    private static final class SetClock extends Clock {
        private Instant now = LedgerFixture.START;

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    @ParameterizedTest(name = "by {0} hours")
    @ValueSource(ints = {-1, 1, 24})
    void windows_cool_downs_leases_and_the_budget_day_follow_the_time_that_passes(int hours) {
        SetClock wall = new SetClock();
        try (HikariDataSource store = LedgerStore.open("jdbc:h2:mem:", "sa", "")) {
            LedgerFixture fixture = new LedgerFixture(store, Money.dollars("3.90"), wall);
            List<RenderId> ids = fixture.planned("spring", "100", 3);
            fixture.rendered(ids.get(0), Duration.ofHours(5));
            fixture.ledger.claimRendered(1, Duration.ofMinutes(1));
            fixture.rendering(ids.get(1));
            fixture.ledger.coolDown(ACCOUNT, Duration.ofMinutes(1), "429");

            wall.now = wall.now.plus(Duration.ofHours(hours));
            assertThat(fixture.ledger.use(ACCOUNT).now()).isEqualTo(fixture.now());
            assertThat(fixture.ledger.use(ACCOUNT).inWindow()).isEqualTo(2);
            assertThat(fixture.ledger.use(ACCOUNT).notBefore())
                    .contains(fixture.now().plusSeconds(60));
            assertThat(fixture.ledger.claimRendered(1, Duration.ofMinutes(1))).isEmpty();
            assertThat(fixture.tryBind(ids.get(2), LedgerFixture.ALWAYS))
                    .as("the day has less than one render's price left")
                    .isInstanceOf(SubmissionLedger.BindResult.DaySpent.class);

            fixture.pass(Duration.ofSeconds(61));
            assertThat(fixture.ledger.use(ACCOUNT).inWindow()).isZero();
            assertThat(fixture.ledger.claimRendered(1, Duration.ofMinutes(1))).hasSize(1);
            fixture.ledger.close();
        }
    }

    @Test
    void a_ledger_that_is_opened_again_after_the_clock_was_set_back_goes_on_where_it_was() {
        SetClock wall = new SetClock();
        try (HikariDataSource store = LedgerStore.open("jdbc:h2:mem:", "sa", "")) {
            LedgerFixture before = new LedgerFixture(store, Money.dollars("100"), wall);
            List<RenderId> ids = before.planned("spring", "100", 2);
            before.pass(Duration.ofSeconds(10));
            before.rendering(ids.get(0));
            before.ledger.coolDown(ACCOUNT, Duration.ofSeconds(30), "429");
            Instant last = before.now();
            before.ledger.close();

            wall.now = wall.now.minus(Duration.ofHours(1));
            LedgerFixture after = new LedgerFixture(store, Money.dollars("100"), wall);
            assertThat(after.ledger.use(ACCOUNT).now()).isEqualTo(last);
            assertThat(after.ledger.use(ACCOUNT).inWindow()).isEqualTo(1);
            after.pass(Duration.ofSeconds(61));
            assertThat(after.ledger.use(ACCOUNT).inWindow()).isZero();
            assertThat(after.ledger.use(ACCOUNT).notBefore()).hasValueSatisfying(until -> assertThat(until)
                    .isBefore(after.ledger.use(ACCOUNT).now()));
            assertThat(after.tryBind(ids.get(1), LedgerFixture.WITHIN_LIMITS))
                    .isInstanceOf(SubmissionLedger.BindResult.Bound.class);
            after.ledger.close();
        }
    }

    @Test
    void a_ledger_that_is_opened_again_later_has_the_time_of_the_wall() {
        SetClock wall = new SetClock();
        try (HikariDataSource store = LedgerStore.open("jdbc:h2:mem:", "sa", "")) {
            LedgerFixture before = new LedgerFixture(store, Money.dollars("100"), wall);
            before.planned("spring", "100", 1);
            before.ledger.close();
            wall.now = wall.now.plus(Duration.ofHours(1));
            LedgerFixture after = new LedgerFixture(store, Money.dollars("100"), wall);
            assertThat(after.ledger.use(ACCOUNT).now()).isEqualTo(wall.now);
            after.ledger.close();
        }
    }

    @Test
    void an_embedded_ledger_asks_the_wall_clock_only_when_it_is_opened() {
        SetClock wall = new SetClock();
        LedgerClock clock = new LedgerClock(wall, () -> 0);
        wall.now = Instant.MAX;
        assertThat(clock.now()).isEqualTo(LedgerFixture.START);
    }
}

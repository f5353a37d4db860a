package io.camelray.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelray.ledger.FiringLedger.DueFiring;
import io.camelray.ledger.FiringLedger.Firing;
import io.camelray.ledger.FiringLedger.FiringOutcome;
import io.camelray.ledger.Ledger.Change;
import io.camelray.ledger.PlanningLedger.Revision;
import io.camelray.model.Money;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How every form of the ledger keeps the firings of schedules. */
abstract class LedgerFiringsContractTest {

    private static final Instant SIX = Instant.parse("2026-11-23T06:00:00Z");
    private static final Duration LEASE = Duration.ofMinutes(2);

    private DataSource dataSource;
    private LedgerFixture fixture;
    private Ledger ledger;

    abstract DataSource open();

    abstract void close();

    @BeforeEach
    void openLedger() {
        dataSource = open();
        fixture = new LedgerFixture(dataSource, Money.dollars("1000000"));
        ledger = fixture.ledger;
    }

    @AfterEach
    void closeLedger() {
        ledger.close();
        close();
    }

    @Test
    void a_firing_is_recorded_once_however_many_nodes_bring_it_at_the_same_moment() throws Exception {
        int nodes = 4;
        CyclicBarrier together = new CyclicBarrier(nodes);
        ExecutorService threads = Executors.newFixedThreadPool(nodes);
        List<Ledger> ledgers = new ArrayList<>();
        List<Future<Integer>> wins = new ArrayList<>();
        try {
            for (int node = 0; node < nodes; node++) {
                Ledger own = new LedgerFixture(dataSource, Money.dollars("1000000")).ledger;
                ledgers.add(own);
                Callable<Integer> work = () -> {
                    int won = 0;
                    for (int second = 0; second < 20; second++) {
                        together.await();
                        won += own.recordFiring("weekly-" + second, SIX) ? 1 : 0;
                    }
                    return won;
                };
                wins.add(threads.submit(work));
            }
            int won = 0;
            for (Future<Integer> win : wins) {
                won += win.get();
            }
            assertThat(won).isEqualTo(20);
            assertThat(ledger.claimFirings(100, LEASE)).hasSize(20);
        } finally {
            threads.shutdownNow();
            ledgers.forEach(Ledger::close);
        }
    }

    @Test
    void a_recorded_firing_wakes_somebody_who_leases_it_and_the_next_of_its_schedule_waits_until_it_is_settled() {
        List<Change> heard = new ArrayList<>();
        ledger.onChange(heard::add);
        ledger.recordFiring("weekly", SIX.plusSeconds(1));
        ledger.recordFiring("weekly", SIX);
        assertThat(heard).containsExactly(Change.FIRED, Change.FIRED);

        DueFiring first = new DueFiring("weekly", SIX);
        assertThat(ledger.claimFirings(1, LEASE)).containsExactly(first);
        assertThat(ledger.claimFirings(9, LEASE)).isEmpty();

        ledger.releaseFiring(first, Duration.ofSeconds(30));
        assertThat(ledger.claimFirings(9, LEASE)).isEmpty();
        fixture.pass(Duration.ofSeconds(30));
        assertThat(ledger.claimFirings(9, LEASE)).containsExactly(first);

        ledger.settleFiring(first, FiringOutcome.ACCEPTED, Optional.of(new Revision("mugs", 3, "")), "");
        ledger.settleFiring(first, FiringOutcome.REJECTED, Optional.empty(), "too late");
        assertThat(ledger.claimFirings(9, LEASE)).containsExactly(new DueFiring("weekly", SIX.plusSeconds(1)));
        fixture.pass(LEASE);
        assertThat(ledger.claimFirings(9, LEASE)).containsExactly(new DueFiring("weekly", SIX.plusSeconds(1)));
        ledger.settleFiring(
                new DueFiring("weekly", SIX.plusSeconds(1)), FiringOutcome.REJECTED, Optional.empty(), "no data");

        assertThat(ledger.lastFirings())
                .containsExactly(new Firing(
                        "weekly",
                        SIX.plusSeconds(1),
                        FiringOutcome.REJECTED,
                        Optional.empty(),
                        Optional.empty(),
                        "no data"));
    }

    @Test
    void what_is_skipped_is_on_record_and_nobody_plans_it() {
        assertThat(ledger.recordSkipped("weekly", SIX, "blackout")).isTrue();
        assertThat(ledger.recordFiring("weekly", SIX)).isFalse();
        ledger.recordFiring("daily", SIX);
        ledger.settleFiring(
                new DueFiring("daily", SIX), FiringOutcome.ACCEPTED, Optional.of(new Revision("mugs", 3, "")), "");

        assertThat(ledger.claimFirings(9, LEASE)).isEmpty();
        assertThat(ledger.lastFirings())
                .containsExactly(
                        new Firing("daily", SIX, FiringOutcome.ACCEPTED, Optional.of("mugs"), Optional.of(3), ""),
                        new Firing(
                                "weekly", SIX, FiringOutcome.SKIPPED, Optional.empty(), Optional.empty(), "blackout"));
    }

    @Test
    void a_schedule_is_accounted_for_from_its_watch_or_its_last_firing_and_anew_when_its_timing_changes() {
        Instant begin = fixture.now();
        assertThat(ledger.watchSchedule("weekly", "mondays")).isEqualTo(begin);
        fixture.pass(Duration.ofHours(1));
        assertThat(ledger.watchSchedule("weekly", "mondays")).isEqualTo(begin);
        ledger.recordFiring("weekly", begin.plusSeconds(60));
        assertThat(ledger.watchSchedule("weekly", "mondays")).isEqualTo(begin.plusSeconds(60));
        assertThat(ledger.watchSchedule("weekly", "tuesdays")).isEqualTo(fixture.now());

        ledger.unwatchSchedule("weekly");
        fixture.pass(Duration.ofHours(1));
        assertThat(ledger.watchSchedule("weekly", "tuesdays")).isEqualTo(fixture.now());
    }
}

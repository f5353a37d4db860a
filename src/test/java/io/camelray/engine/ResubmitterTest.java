package io.camelray.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.camelray.ledger.AccountLimits;
import io.camelray.ledger.DailyBudget;
import io.camelray.ledger.JdbcLedger;
import io.camelray.ledger.Ledger;
import io.camelray.ledger.LedgerClock;
import io.camelray.ledger.LedgerStore;
import io.camelray.ledger.PlanningLedger.NewRevision;
import io.camelray.ledger.PlanningLedger.PlannedRender;
import io.camelray.ledger.PlanningLedger.RevisionDraft;
import io.camelray.ledger.SubmissionLedger.AccountRegistration;
import io.camelray.ledger.SubmissionLedger.AttemptIntent;
import io.camelray.ledger.SubmissionLedger.DueRender;
import io.camelray.ledger.SubmissionLedger.Permit;
import io.camelray.model.AttemptToken;
import io.camelray.model.Money;
import io.camelray.model.Price;
import io.camelray.model.Priority;
import io.camelray.model.ProviderName;
import io.camelray.model.RenderRequest;
import io.camelray.model.RenderState;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ResubmitterTest {

    private final AtomicLong nanos = new AtomicLong();
    private HikariDataSource store;
    private Ledger ledger;

    @BeforeEach
    void planOneRender() {
        store = LedgerStore.open("jdbc:h2:mem:", "sa", "");
        Clock clock = Clock.fixed(Instant.parse("2026-11-21T09:00:00Z"), ZoneOffset.UTC);
        ledger = new JdbcLedger(
                store, new LedgerClock(clock, nanos::get), new DailyBudget(Money.dollars("100"), ZoneOffset.UTC));
        ledger.registerAccount(
                new AccountRegistration("luma", ProviderName.LUMA, "https://luma.test", AccountLimits.DEFAULT));
        try (RevisionDraft draft = ledger.draft(new NewRevision(
                "lost",
                ProviderName.LUMA,
                "luma",
                Money.dollars("10"),
                Priority.NORMAL,
                0,
                "digest",
                "lost.yaml",
                ""))) {
            draft.add(List.of(new PlannedRender(
                    "generate",
                    "{}",
                    "",
                    0,
                    "fingerprint",
                    1,
                    RenderRequest.textToVideo("a mug"),
                    new Price(Money.dollars("1"), Money.dollars("1"), ""),
                    List.of(),
                    1,
                    List.of())));
            draft.accept();
        }
    }

    @AfterEach
    void close() {
        ledger.close();
        store.close();
    }

    private void loseTheReply() {
        DueRender due = ledger.due("luma", 1).get(0);
        AttemptToken token = new AttemptToken(UUID.randomUUID());
        ledger.bind(
                new AttemptIntent(due.id(), token, "hash", new byte[0], Duration.ofSeconds(30)),
                use -> new Permit.Granted());
        ledger.recordUnknown(token, "reset");
    }

    private int count(RenderState state) {
        return ledger.campaign("lost").orElseThrow().count(state);
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @Test
    void an_unknown_render_is_planned_again_after_its_hour_as_often_as_creative_retries_allow() {
        Resubmitter resubmitter = new Resubmitter(ledger, 1);
        loseTheReply();
        pass(Duration.ofMinutes(59));
        resubmitter.work();
        assertThat(count(RenderState.UNKNOWN)).isEqualTo(1);

        pass(Duration.ofMinutes(1));
        resubmitter.work();
        assertThat(count(RenderState.PLANNED)).isEqualTo(1);
        assertThat(ledger.campaign("lost").orElseThrow().atRisk()).isEqualTo(Money.dollars("1"));

        loseTheReply();
        pass(Duration.ofHours(2));
        resubmitter.work();
        assertThat(count(RenderState.UNKNOWN)).isEqualTo(1);
        assertThat(ledger.campaign("lost").orElseThrow().atRisk()).isEqualTo(Money.dollars("2"));
    }
}

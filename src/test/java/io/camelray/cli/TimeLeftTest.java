package io.camelray.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.zaxxer.hikari.HikariDataSource;
import io.camelray.ledger.AccountLimits;
import io.camelray.ledger.DailyBudget;
import io.camelray.ledger.JdbcLedger;
import io.camelray.ledger.Ledger;
import io.camelray.ledger.LedgerStore;
import io.camelray.ledger.PlanningLedger.NewRevision;
import io.camelray.ledger.PlanningLedger.PlannedRender;
import io.camelray.ledger.PlanningLedger.RevisionDraft;
import io.camelray.ledger.SubmissionLedger.AccountRegistration;
import io.camelray.model.Money;
import io.camelray.model.Price;
import io.camelray.model.Priority;
import io.camelray.model.ProviderName;
import io.camelray.model.RenderRequest;
import io.camelray.web.StatusDocument;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TimeLeftTest {

    private HikariDataSource store;
    private Ledger ledger;

    @BeforeEach
    void open() {
        store = LedgerStore.open("jdbc:h2:mem:", "sa", "");
        ledger = new JdbcLedger(store, DailyBudget.unlimited(ZoneOffset.UTC));
        for (String account : List.of("first", "second")) {
            ledger.registerAccount(new AccountRegistration(
                    account, ProviderName.LUMA, "https://" + account + ".example.test", AccountLimits.DEFAULT));
        }
    }

    @AfterEach
    void close() {
        ledger.close();
        store.close();
    }

    private void plan(String campaign, String account, String budget, int renders) {
        NewRevision revision = new NewRevision(
                campaign,
                ProviderName.LUMA,
                account,
                Money.dollars(budget),
                Priority.NORMAL,
                0,
                "digest-of-" + campaign,
                campaign + ".yaml",
                "campaign: " + campaign);
        try (RevisionDraft draft = ledger.draft(revision)) {
            draft.add(IntStream.range(0, renders).mapToObj(TimeLeftTest::render).toList());
            draft.accept();
        }
    }

    private static PlannedRender render(int ordinal) {
        return new PlannedRender(
                "generate",
                "{\"take\":\"" + ordinal + "\"}",
                "take-" + ordinal,
                ordinal,
                "fingerprint-" + ordinal,
                1,
                RenderRequest.textToVideo("A mug, number " + ordinal),
                Price.of(Money.dollars("0.30")),
                List.of(),
                1,
                List.of());
    }

    private Map<String, Duration> left() {
        return new TimeLeft(ledger).left(ledger.campaigns());
    }

    @Test
    void a_campaign_needs_as_long_as_its_account_has_to_do() {
        plan("alone", "first", "100", 30);
        Duration alone = left().get("alone");
        plan("elsewhere", "second", "100", 1);
        assertThat(left().get("alone")).isEqualTo(alone);
        assertThat(left().get("elsewhere")).isPositive().isLessThan(alone);

        plan("beside", "first", "100", 300);

        assertThat(left().get("alone")).isGreaterThan(alone).isEqualTo(left().get("beside"));
        assertThat(new TimeLeft(ledger).of(ledger.campaigns())).contains(left().get("beside"));
    }

    @Test
    void what_is_held_does_not_go_on_and_takes_no_time() {
        plan("poor", "first", "0.50", 3);

        assertThat(left()).isEmpty();
        assertThat(new TimeLeft(ledger).of(ledger.campaigns())).isEmpty();
    }

    @Test
    void the_status_of_one_campaign_says_how_long_it_takes_among_all() {
        plan("alone", "first", "100", 30);
        plan("beside", "first", "100", 300);

        JsonNode status = new StatusDocument(ledger, Map.of(), new TimeLeft(ledger)).of(Optional.of("alone"));

        assertThat(status.path("campaigns")).singleElement().satisfies(campaign -> assertThat(
                        campaign.path("secondsLeft").asLong())
                .isEqualTo(left().get("alone").toSeconds()));
    }

    @Test
    void nothing_is_guessed_where_reading_it_all_would_slow_down_the_work() {
        plan("many", "first", "10000", 5_001);

        assertThat(left()).isEmpty();
    }
}

package io.camelray.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.zaxxer.hikari.HikariDataSource;
import io.camelray.ledger.AccountLimits;
import io.camelray.ledger.DailyBudget;
import io.camelray.ledger.JdbcLedger;
import io.camelray.ledger.Ledger;
import io.camelray.ledger.LedgerClock;
import io.camelray.ledger.LedgerStore;
import io.camelray.ledger.OperatorException;
import io.camelray.ledger.PlanningLedger.NewRevision;
import io.camelray.ledger.PlanningLedger.PlannedRender;
import io.camelray.ledger.PlanningLedger.RevisionDraft;
import io.camelray.ledger.SubmissionLedger.AccountRegistration;
import io.camelray.ledger.SubmissionLedger.AttemptIntent;
import io.camelray.ledger.SubmissionLedger.Permit;
import io.camelray.model.AttemptToken;
import io.camelray.model.Money;
import io.camelray.model.Price;
import io.camelray.model.Priority;
import io.camelray.model.ProviderName;
import io.camelray.model.RenderId;
import io.camelray.model.RenderRequest;
import io.camelray.model.RenderState;
import io.camelray.web.Order.Verb;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Orders and resolutions as documents, carried out on a ledger with one campaign of two renders. */
class OrderTest {

    private final AtomicLong nanos = new AtomicLong();
    private HikariDataSource store;
    private Ledger ledger;

    @BeforeEach
    void planTwoRenders() {
        store = LedgerStore.open("jdbc:h2:mem:", "sa", "");
        Clock clock = Clock.fixed(Instant.parse("2026-11-21T09:00:00Z"), ZoneOffset.UTC);
        ledger = new JdbcLedger(
                store, new LedgerClock(clock, nanos::get), new DailyBudget(Money.dollars("100"), ZoneOffset.UTC));
        ledger.registerAccount(
                new AccountRegistration("luma", ProviderName.LUMA, "https://luma.test", AccountLimits.DEFAULT));
        try (RevisionDraft draft = ledger.draft(new NewRevision(
                "mugs",
                ProviderName.LUMA,
                "luma",
                Money.dollars("10"),
                Priority.NORMAL,
                0,
                "digest",
                "mugs.yaml",
                ""))) {
            draft.add(List.of(render(0), render(1)));
            draft.accept();
        }
    }

    private static PlannedRender render(int ordinal) {
        return new PlannedRender(
                "generate",
                "{\"take\":" + ordinal + "}",
                "",
                ordinal,
                "fingerprint-" + ordinal,
                1,
                RenderRequest.textToVideo("a mug"),
                new Price(Money.dollars("1"), Money.dollars("1"), ""),
                List.of(),
                1,
                List.of());
    }

    @AfterEach
    void close() {
        ledger.close();
        store.close();
    }

    private String order(Verb verb, String target) {
        return new Order(verb, target, Optional.empty())
                .apply(ledger)
                .path("message")
                .asText();
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource({
        "CANCEL, account:luma, , An account cannot be cancelled",
        "RETRY, account:luma, , An account cannot be retried",
        "PAUSE, account:nobody, , 'nobody'",
        "PAUSE, mugs, 20, can only be given to a campaign",
        "RESUME, R1, 20, can only be given to a campaign",
        "RESUME, mugs, -3, '-3' is not an amount",
        "RESUME, mugs, a lot, 'a lot' is not an amount",
        "RETRY, mugs, , nothing to retry",
        "APPROVE, mugs, , Nothing of campaign mugs is held for approval",
        "APPROVE, mugs:red, , variant .red.. is held for approval",
        "REJECT, R1, , R1 is planned and nobody has to approve it",
        "REJECT, account:luma, , An account cannot be approved",
        "CANCEL, mugs:red, , only approved and rejected",
        "PAUSE, mugs:red, , only approved and rejected",
        "RETRY, R1, , only a failed render",
        "CANCEL, R99, , no render R99",
        "CANCEL, cups, , no campaign 'cups'",
        "CANCEL, '', , Name a render"
    })
    void what_makes_no_sense_is_refused_in_words(Verb verb, String target, String budget, String words) {
        assertThatThrownBy(() -> new Order(verb, target, Optional.ofNullable(budget)).apply(ledger))
                .isInstanceOf(OperatorException.class)
                .message()
                .containsPattern(words);
        assertThat(ledger.campaign("mugs").orElseThrow().count(RenderState.PLANNED))
                .isEqualTo(2);
    }

    @Test
    void each_answer_says_what_was_done() throws IOException {
        assertThat(order(Verb.PAUSE, "R1")).contains("R1 is held");
        assertThat(order(Verb.RESUME, "R1")).contains("R1 goes on");
        assertThat(order(Verb.PAUSE, "mugs")).contains("2 renders held");
        Order sent = new Order(Verb.RESUME, "mugs", Optional.of("20"));
        Order arrived = Order.read(
                Verb.RESUME, new ObjectMapper().readTree(sent.document().toString()));
        assertThat(arrived).isEqualTo(sent);
        assertThat(arrived.apply(ledger).path("message").asText()).contains("budget of $20.00", "2 renders released");
        assertThat(order(Verb.CANCEL, "R2")).contains("R2 is cancelled, nothing more is paid");
        assertThat(order(Verb.CANCEL, "mugs")).contains("1 render was cancelled");
        assertThat(order(Verb.PAUSE, "account:luma")).contains("restarts included");
        assertThat(order(Verb.RESUME, "account:luma")).contains("submits again");
    }

    @Test
    void approving_and_rejecting_say_what_goes_on_and_what_it_costs() {
        try (RevisionDraft draft = ledger.draft(new NewRevision(
                "cups",
                ProviderName.LUMA,
                "luma",
                Money.dollars("10"),
                Priority.NORMAL,
                0,
                "digest",
                "cups.yaml",
                "",
                Duration.ZERO,
                true))) {
            draft.add(List.of(render(0), render(1)));
            draft.accept();
        }

        assertThat(order(Verb.APPROVE, "R3"))
                .isEqualTo("R3: 1 render approved, for $1.00; 1 render still held for approval");
        assertThat(order(Verb.REJECT, "cups")).isEqualTo("cups: 1 render rejected, nothing more is paid for it");
    }

    @Test
    void an_unknown_render_adopts_only_what_the_check_lets_pass_and_can_be_resubmitted() throws IOException {
        AttemptToken token = new AttemptToken(UUID.randomUUID());
        RenderId render = ledger.due("luma", 1).get(0).id();
        ledger.bind(
                new AttemptIntent(render, token, "hash", new byte[0], Duration.ofSeconds(30)),
                use -> new Permit.Granted());
        ledger.recordUnknown(token, "reset");
        nanos.addAndGet(Duration.ofMinutes(5).toNanos());
        JobCheck refuses = (account, job) -> {
            throw new OperatorException("Account " + account + " has no job " + job);
        };

        assertThatThrownBy(() -> resolve(render, "\"action\": \"adopt\", \"job\": \"j1\"", refuses))
                .hasMessage("Account luma has no job j1");
        assertThat(ledger.render(render).orElseThrow().state()).isEqualTo(RenderState.UNKNOWN);
        assertThat(resolve(render, "\"action\": \"resubmit\"", refuses)).contains("stays at risk");
        assertThat(ledger.render(render).orElseThrow().state()).isEqualTo(RenderState.PLANNED);
        assertThatThrownBy(() -> resolve(render, "\"action\": \"adopt\", \"job\": \"j1\"", refuses))
                .as("the provider is not asked in vain")
                .hasMessageContaining("only an unknown render");
    }

    @Test
    void a_campaign_that_is_rendered_again_says_what_that_costs() throws IOException {
        ledger.cancelCampaign("mugs");

        ObjectNode done = Order.read(Order.Verb.AGAIN, new ObjectMapper().readTree("{\"target\": \"mugs\"}"))
                .apply(ledger);

        assertThat(done.path("message").asText())
                .contains("planned once more as r2", "2 renders for $", "at most", "within the budget of $");
        assertThat(done.path("planned").asInt()).isEqualTo(2);
        assertThatThrownBy(() -> new Order(Order.Verb.AGAIN, "R1", Optional.empty()).apply(ledger))
                .hasMessageContaining("Only a whole campaign");
        assertThatThrownBy(() -> new Order(Order.Verb.AGAIN, "account:luma", Optional.empty()).apply(ledger))
                .hasMessageContaining("An account cannot be rendered again");
    }

    private String resolve(RenderId render, String fields, JobCheck check) throws IOException {
        return Resolution.read(new ObjectMapper().readTree("{\"render\": \"" + render + "\", " + fields + "}"))
                .apply(ledger, check);
    }
}

package io.camelray.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.camelray.ledger.AccountLimits;
import io.camelray.ledger.DailyBudget;
import io.camelray.ledger.JdbcLedger;
import io.camelray.ledger.Ledger;
import io.camelray.ledger.LedgerStore;
import io.camelray.ledger.PlanningLedger.NewRevision;
import io.camelray.ledger.PlanningLedger.PlannedRender;
import io.camelray.ledger.PlanningLedger.RevisionDraft;
import io.camelray.ledger.RenderRecord;
import io.camelray.ledger.SubmissionLedger.AccountRegistration;
import io.camelray.model.Money;
import io.camelray.model.Price;
import io.camelray.model.Priority;
import io.camelray.model.ProviderName;
import io.camelray.model.RenderRequest;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The progress of {@code run --once}: a bar with the time left on a terminal, plain lines elsewhere. */
class ProgressLineTest {

    private final StringWriter out = new StringWriter();
    private HikariDataSource store;
    private Ledger ledger;

    @BeforeEach
    void plan() {
        store = LedgerStore.open("jdbc:h2:mem:", "sa", "");
        ledger = new JdbcLedger(store, new DailyBudget(Money.dollars("100"), ZoneOffset.UTC));
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
            draft.add(List.of(render("green"), render("blue")));
            draft.accept();
        }
    }

    private static PlannedRender render(String colour) {
        return new PlannedRender(
                "generate",
                "{\"colour\":\"" + colour + "\"}",
                colour,
                0,
                colour,
                1,
                RenderRequest.textToVideo("a " + colour + " mug"),
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

    private ProgressLine progress(Terminal terminal) {
        return new ProgressLine(ledger, new PrintWriter(out, true), terminal);
    }

    @Test
    void a_terminal_gets_a_bar_that_moves_with_the_time_that_such_renders_take() {
        ProgressLine progress = progress(new Terminal(true, 200, false));

        progress.show();
        progress.show();
        progress.end();

        assertThat(out.toString())
                .startsWith("\r\u001b[K[......")
                .contains("0/2 delivered, 0 rendering, 2 waiting, $0.00 spent, about ")
                .containsPattern("about \\d+ (s|min|h).* left")
                .endsWith(System.lineSeparator())
                .containsOnlyOnce("\r");
    }

    @Test
    void a_narrow_terminal_is_never_overrun() {
        progress(new Terminal(true, 40, false)).show();

        assertThat(out.toString().replace("\r\u001b[K", "")).hasSizeLessThan(40);
    }

    @Test
    void elsewhere_there_is_a_plain_line_whenever_something_has_changed() {
        ProgressLine progress = progress(Terminal.NONE);

        progress.show();
        progress.show();
        List<RenderRecord> renders = new ArrayList<>();
        ledger.renders("mugs", renders::add);
        ledger.cancel(renders.get(0).id());
        progress.show();
        progress.end();

        assertThat(out.toString().lines())
                .hasSize(2)
                .noneMatch(line -> line.contains("\u001b") || line.contains("left"))
                .last()
                .asString()
                .contains("0/2 delivered, 0 rendering, 1 waiting");
    }
}

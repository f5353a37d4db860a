package io.camelray.web;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.zaxxer.hikari.HikariDataSource;
import io.camelray.ledger.AccountLimits;
import io.camelray.ledger.DailyBudget;
import io.camelray.ledger.JdbcLedger;
import io.camelray.ledger.Ledger;
import io.camelray.ledger.LedgerStore;
import io.camelray.ledger.SubmissionLedger.AccountRegistration;
import io.camelray.model.Money;
import io.camelray.model.ProviderName;
import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/** The commands' way into a running program, asked by those who are no command of ours. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ControlEndpointTest {

    @TempDir
    static Path home;

    private final Logger logger = (Logger) LoggerFactory.getLogger(ControlEndpoint.class);
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
    private HikariDataSource store;
    private Ledger ledger;
    private ControlEndpoint endpoint;
    private ControlFile known;

    @BeforeAll
    void serve() {
        store = LedgerStore.open("jdbc:h2:mem:", "sa", "");
        ledger = new JdbcLedger(store, new DailyBudget(Money.dollars("100"), ZoneOffset.UTC));
        ledger.registerAccount(
                new AccountRegistration("luma", ProviderName.LUMA, "https://luma.test", AccountLimits.DEFAULT));
        endpoint = ControlEndpoint.start(ledger, (account, job) -> {}, home, Map.of(), TimeGuess.NONE);
        known = ControlFile.read(ControlFile.in(home)).orElseThrow();
        logger.setLevel(Level.INFO);
        logger.setAdditive(false);
        logger.addAppender(logged);
        logged.start();
    }

    @AfterAll
    void close() {
        logger.detachAppender(logged);
        logger.setAdditive(true);
        logger.setLevel(null);
        endpoint.close();
        ledger.close();
        store.close();
    }

    @BeforeEach
    void forgetTheLog() {
        logged.list.clear();
    }

    private RawHttp.Answer send(String method, String path, String authorization, String body) throws IOException {
        String header = authorization.isEmpty() ? "" : "Authorization: " + authorization + "\r\n";
        return RawHttp.send(known.port(), method, path, "Host: evil.test\r\n" + header, body);
    }

    private String log() {
        return List.copyOf(logged.list).stream()
                .map(ILoggingEvent::getFormattedMessage)
                .collect(Collectors.joining("\n"));
    }

    private void nothingHasChanged() {
        assertThat(ledger.accounts().get(0).pausedFor()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "no token, ''",
        "a wrong one, Bearer canary-4711",
        "another scheme, Basic canary-4711",
    })
    void who_does_not_know_the_token_is_refused_and_the_log_says_so_without_it(String what, String authorization)
            throws IOException {
        assertThat(send("POST", "/pause?token=canary-4712", authorization, "{\"target\": \"account:luma\"}")
                        .status())
                .isEqualTo(401);
        RawHttp.Answer status = send("GET", "/status", authorization, "");
        assertThat(status.status()).isEqualTo(401);
        assertThat(status.body()).doesNotContain("luma");
        nothingHasChanged();
        assertThat(log())
                .contains("refused: 401 POST /pause", "refused: 401 GET /status")
                .doesNotContain("canary");
    }

    @Test
    void what_is_too_long_no_document_or_the_wrong_method_changes_nothing_and_is_not_quoted() throws IOException {
        String token = "Bearer " + known.token();
        String order = "{\"target\": \"account:luma\"";
        assertThat(send("POST", "/pause", token, order + " ".repeat(70_000) + "}")
                        .status())
                .isEqualTo(413);
        assertThat(send("POST", "/pause", token, "canary-4711").status()).isEqualTo(400);
        assertThat(send("GET", "/pause", token, "").status()).isEqualTo(405);
        assertThat(send("GET", "/../ledger/control.json", token, "").body()).doesNotContain(known.token());
        nothingHasChanged();
        assertThat(log())
                .contains("refused: 413 POST /pause", "refused: 400 POST /pause", "refused: 405 GET /pause")
                .doesNotContain("canary", known.token());

        assertThat(send("POST", "/pause", token, order + "}").status()).isEqualTo(200);
        assertThat(ledger.accounts().get(0).pausedFor()).isPresent();
        assertThat(send("POST", "/resume", token, order + "}").status()).isEqualTo(200);
    }
}

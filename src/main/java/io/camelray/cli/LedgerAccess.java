package io.camelray.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.zaxxer.hikari.HikariDataSource;
import io.camelray.component.RayComponent;
import io.camelray.component.RaySettings;
import io.camelray.ledger.DailyBudget;
import io.camelray.ledger.JdbcLedger;
import io.camelray.ledger.Ledger;
import io.camelray.ledger.LedgerClock;
import io.camelray.ledger.LedgerStore;
import io.camelray.ledger.OperatorException;
import io.camelray.web.Resolution;
import io.camelray.web.StatusDocument;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Reaches the ledger of a home: through the program that holds it, or directly when nobody does. */
final class LedgerAccess {

    private final HomeOptions options;
    private final Path home;

    LedgerAccess(HomeOptions options) {
        this.options = options;
        this.home = options.home("work");
    }

    JsonNode status(Optional<String> campaign) throws IOException, InterruptedException {
        String query = campaign.map(name -> "?campaign=" + URLEncoder.encode(name, StandardCharsets.UTF_8))
                .orElse("");
        Optional<ControlClient> running = ControlClient.of(home);
        Optional<JsonNode> answer = running.isPresent() ? running.get().get("/status" + query) : Optional.empty();
        return answer.isPresent() ? answer.get() : directly(ledger -> new StatusDocument(ledger).of(campaign));
    }

    /** @return what was done, in a sentence */
    String resolve(ObjectNode resolution) throws IOException, InterruptedException {
        Optional<ControlClient> running = ControlClient.of(home);
        Optional<JsonNode> answer = running.isPresent() ? running.get().post("/resolve", resolution) : Optional.empty();
        return answer.map(document -> document.path("message").asText())
                .orElseGet(() -> directly(ledger -> Resolution.read(resolution).apply(ledger)));
    }

    private <T> T directly(Function<Ledger, T> work) {
        if (!Files.isDirectory(home.resolve("ledger"))) {
            throw new OperatorException("there is no ledger in " + home + "; name the right --home");
        }
        try (Program program = new Program(options, home, Map.of(), false)) {
            RaySettings settings = program.configure();
            RayComponent component = program.component();
            try (HikariDataSource database = LedgerStore.open(
                            component.getLedgerUrl(), component.getLedgerUsername(), component.getLedgerPassword());
                    Ledger ledger = new JdbcLedger(
                            database,
                            LedgerClock.system(),
                            new DailyBudget(settings.budgetDaily(), settings.timeZone()))) {
                return work.apply(ledger);
            }
        }
    }

    static ObjectNode adopt(String render, String job) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("render", render)
                .put("action", "adopt")
                .put("job", job);
    }

    static ObjectNode abandon(String render, boolean charged) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("render", render)
                .put("action", "abandon")
                .put("charged", charged);
    }
}

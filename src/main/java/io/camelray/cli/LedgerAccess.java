package io.camelray.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.zaxxer.hikari.HikariDataSource;
import io.camelray.component.RayComponent;
import io.camelray.component.RaySettings;
import io.camelray.engine.Account;
import io.camelray.engine.Accounts;
import io.camelray.engine.AdoptionCheck;
import io.camelray.ledger.DailyBudget;
import io.camelray.ledger.JdbcLedger;
import io.camelray.ledger.Ledger;
import io.camelray.ledger.LedgerHeldException;
import io.camelray.ledger.LedgerRestore;
import io.camelray.ledger.LedgerStore;
import io.camelray.ledger.OperatorException;
import io.camelray.ledger.SubmissionLedger.AccountRegistration;
import io.camelray.web.Archive;
import io.camelray.web.Backup;
import io.camelray.web.FiringsDocument;
import io.camelray.web.Order;
import io.camelray.web.Resolution;
import io.camelray.web.StatusDocument;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Reaches the ledger of a home: through the program that holds it, or directly when nobody does. */
final class LedgerAccess {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LOOK = Duration.ofMillis(200);
    private static final Duration LONGEST_BACKUP = Duration.ofMinutes(30);
    private static final Duration LONGEST_ARCHIVE = Duration.ofHours(6);

    private final HomeOptions options;
    private final Path home;

    LedgerAccess(HomeOptions options) {
        this.options = options;
        this.home = options.home("work");
    }

    JsonNode status(Optional<String> campaign) throws IOException, InterruptedException {
        String query = campaign.map(name -> "?campaign=" + URLEncoder.encode(name, StandardCharsets.UTF_8))
                .orElse("");
        return asked(
                running -> running.get("/status" + query), answer -> answer, (ledger, settings) -> new StatusDocument(
                                ledger, AccountAccesses.of(settings), new TimeLeft(ledger))
                        .of(campaign));
    }

    /** Whether a program answers in this home. */
    boolean isProgramRunning() throws InterruptedException {
        Optional<ControlClient> running = ControlClient.of(home);
        return running.isPresent() && running.get().isAnswering();
    }

    /** The time of a ledger that others share; empty where it is this machine's own. */
    Optional<Instant> clock() {
        try (Program program = new Program(options, home, Map.of(), false)) {
            program.configure();
            return LedgerStore.isShared(program.component().getLedgerUrl())
                    ? Optional.of(
                            directly((ledger, settings) -> ledger.figures().at()))
                    : Optional.empty();
        }
    }

    /** The last firing of each schedule; none where there is no ledger yet. */
    JsonNode firings() throws IOException, InterruptedException {
        return Files.isDirectory(home.resolve("ledger"))
                ? asked(
                        running -> running.get("/firings"),
                        answer -> answer,
                        (ledger, settings) -> FiringsDocument.of(ledger))
                : JsonNodeFactory.instance.arrayNode();
    }

    /** @return what was done, in a sentence */
    String resolve(ObjectNode resolution) throws IOException, InterruptedException {
        return asked(
                running -> running.post("/resolve", resolution),
                answer -> answer.path("message").asText(),
                (ledger, settings) -> resolve(resolution, ledger, settings));
    }

    private static String resolve(ObjectNode resolution, Ledger ledger, RaySettings settings) {
        try (AdoptionCheck check = AdoptionCheck.alone(
                new Accounts(settings.accounts()), settings.engine().http(), Clock.systemUTC())) {
            return Resolution.read(resolution).apply(ledger, check::require);
        }
    }

    /** @return what was done, in words and numbers */
    ObjectNode order(Order order) throws IOException, InterruptedException {
        return asked(
                running -> running.post("/" + order.verb().label(), order.document()),
                ObjectNode.class::cast,
                (ledger, settings) -> order.apply(ledger));
    }

    /** @return what was done, in words and numbers */
    ObjectNode backup(Backup backup) throws IOException, InterruptedException {
        return asked(
                running -> running.post("/backup", backup.document(), LONGEST_BACKUP),
                ObjectNode.class::cast,
                (ledger, settings) -> backup.apply(ledger, home));
    }

    /** @return what was done, in words and numbers */
    ObjectNode archive(Archive archive) throws IOException, InterruptedException {
        return asked(
                running -> running.post("/archive", archive.document(), LONGEST_ARCHIVE),
                ObjectNode.class::cast,
                (ledger, settings) -> archive.apply(ledger));
    }

    /**
     * Puts a backup in the place of the home's ledger, with every account paused.
     *
     * @throws OperatorException if that would lose a ledger, or it is no backup
     */
    LedgerRestore.Restored restore(Path backup, boolean force) throws IOException {
        try (Program program = new Program(options, home, Map.of(), false)) {
            RaySettings settings = program.configure();
            RayComponent component = program.component();
            Path file = LedgerStore.file(component.getLedgerUrl())
                    .orElseThrow(() -> new OperatorException(
                            "The ledger of this home is not a file (ray.ledger.url): restore it where it is, with the"
                                    + " means of its database"));
            List<AccountRegistration> accounts =
                    settings.accounts().stream().map(Account::registration).toList();
            return new LedgerRestore(
                            file,
                            home.resolve("ledger").resolve("receipts.log"),
                            component.getLedgerUsername(),
                            component.ledgerSecret(),
                            Clock.systemUTC())
                    .restore(backup, accounts, new DailyBudget(settings.budgetDaily(), settings.timeZone()), force);
        }
    }

    /** What the program that works in this home is asked. */
    @FunctionalInterface
    private interface Question {
        Optional<JsonNode> put(ControlClient running) throws IOException, InterruptedException;
    }

    /**
     * Asks the program that works in this home, and does the work itself where none does. A program that is just starting
     * or ending holds the ledger and does not answer, another command holds it for a moment: both are waited for.
     */
    private <T> T asked(Question question, Function<JsonNode, T> answered, BiFunction<Ledger, RaySettings, T> work)
            throws IOException, InterruptedException {
        long start = System.nanoTime();
        while (true) {
            Optional<ControlClient> running = ControlClient.of(home);
            Optional<JsonNode> answer = running.isPresent() ? question.put(running.get()) : Optional.empty();
            if (answer.isPresent()) {
                return answered.apply(answer.get());
            }
            try {
                return directly(work);
            } catch (LedgerHeldException held) {
                if (System.nanoTime() - start >= PATIENCE.toNanos()) {
                    throw held;
                }
                // Nothing announces that it is free.
                TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
            }
        }
    }

    private <T> T directly(BiFunction<Ledger, RaySettings, T> work) {
        // Looked for at once: a program that makes it in the meantime must not find its ledger open here.
        boolean isHere = Files.isDirectory(home.resolve("ledger"));
        try (Program program = new Program(options, home, Map.of(), false)) {
            RaySettings settings = program.configure();
            RayComponent component = program.component();
            if (!isHere && !LedgerStore.isShared(component.getLedgerUrl())) {
                throw new OperatorException("there is no ledger in " + home + "; name the right --home");
            }
            try (HikariDataSource database = LedgerStore.open(
                            component.getLedgerUrl(), component.getLedgerUsername(), component.ledgerSecret());
                    Ledger ledger =
                            new JdbcLedger(database, new DailyBudget(settings.budgetDaily(), settings.timeZone()))) {
                return work.apply(ledger, settings);
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

    static ObjectNode resubmit(String render) {
        return JsonNodeFactory.instance.objectNode().put("render", render).put("action", "resubmit");
    }

    static ObjectNode abandon(String render, boolean charged) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("render", render)
                .put("action", "abandon")
                .put("charged", charged);
    }
}

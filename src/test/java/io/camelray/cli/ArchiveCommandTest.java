package io.camelray.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.camelray.intake.ManifestSource;
import io.camelray.intake.PlanResult;
import io.camelray.intake.Planner;
import io.camelray.intake.PlanningSettings;
import io.camelray.ledger.AccountLimits;
import io.camelray.ledger.DailyBudget;
import io.camelray.ledger.DeliveryLedger.PendingOutput;
import io.camelray.ledger.DeliveryLedger.SecuredFile;
import io.camelray.ledger.JdbcLedger;
import io.camelray.ledger.Ledger;
import io.camelray.ledger.LedgerClock;
import io.camelray.ledger.LedgerStore;
import io.camelray.ledger.OperatorException;
import io.camelray.ledger.PollingLedger.FoundOutput;
import io.camelray.ledger.SubmissionLedger.AccountRegistration;
import io.camelray.ledger.SubmissionLedger.AttemptIntent;
import io.camelray.ledger.SubmissionLedger.Permit;
import io.camelray.model.AttemptToken;
import io.camelray.model.Destination;
import io.camelray.model.Money;
import io.camelray.model.OutputKind;
import io.camelray.model.ProviderJobId;
import io.camelray.model.ProviderName;
import io.camelray.model.RenderId;
import io.camelray.pricing.PriceBooks;
import io.camelray.rules.RuleBook;
import io.camelray.web.ControlEndpoint;
import io.camelray.web.TimeGuess;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command, with a program that holds the ledger and without one, and what becomes of manifests afterwards. */
class ArchiveCommandTest {

    private static final Duration DAYS = Duration.ofDays(3);

    @TempDir
    Path home;

    private String run(int expected, String... words) {
        StringWriter said = new StringWriter();
        List<String> arguments = new ArrayList<>(List.of(words));
        arguments.addAll(List.of("--home", home.toString()));
        PrintWriter out = new PrintWriter(said, true);
        int status = CamelRay.commandLine().setOut(out).setErr(out).execute(arguments.toArray(String[]::new));
        assertThat(status).as(said.toString()).isEqualTo(expected);
        return said.toString();
    }

    private static PlanResult plan(Ledger ledger, Path outputs, String prompt) {
        String manifest = "campaign: spring\nprompt: " + prompt + "\naspectRatio: \"16:9\"\n";
        return new Planner(
                        ledger,
                        PlanningSettings.standard(Money.dollars("50"), new Destination.Folder(outputs)),
                        RuleBook.standard(),
                        PriceBooks.standard())
                .plan(new ManifestSource("spring.yaml", manifest.getBytes(StandardCharsets.UTF_8), Optional.empty()));
    }

    private static void deliver(Ledger ledger, Clock clock) {
        RenderId render = ledger.due("luma", 1).get(0).id();
        AttemptToken token = new AttemptToken(UUID.randomUUID());
        ledger.bind(
                new AttemptIntent(render, token, "wire", new byte[0], Duration.ofSeconds(30)),
                use -> new Permit.Granted());
        ProviderJobId job = new ProviderJobId("job");
        ledger.recordAccepted(token, job);
        Instant expires = clock.instant().plusSeconds(3600);
        ledger.recordRendered(
                render,
                job,
                Optional.empty(),
                List.of(new FoundOutput(OutputKind.VIDEO, "https://cdn.test/", expires)));
        PendingOutput output = ledger.claimRendered(1, Duration.ofSeconds(30)).get(0);
        ledger.recordSecured(output.outputId(), new SecuredFile(Path.of("spool"), 9, "0a", "video/mp4", ""));
        ledger.recordStored(output, output.key(), "tag");
    }

    @Test
    void an_ended_campaign_is_archived_through_the_program_and_never_paid_for_again() throws Exception {
        Path file = home.resolve("spring.jsonl.gz");
        Path outputs = home.resolve("outputs");
        Clock past = Clock.fixed(Clock.systemUTC().instant().minus(DAYS), ZoneOffset.UTC);
        Files.createDirectories(home.resolve("ledger"));
        try (HikariDataSource store = LedgerStore.open(
                        "jdbc:h2:file:" + home.resolve("ledger").resolve("ledger"), "sa", "");
                Ledger ledger =
                        new JdbcLedger(store, new LedgerClock(past, () -> 0), DailyBudget.unlimited(ZoneOffset.UTC));
                ControlEndpoint endpoint =
                        ControlEndpoint.start(ledger, (render, job) -> {}, home, Map.of(), TimeGuess.NONE)) {
            assertThat(endpoint).as("answers the commands").isNotNull();
            ledger.registerAccount(
                    new AccountRegistration("luma", ProviderName.LUMA, "https://luma.test", AccountLimits.DEFAULT));
            assertThat(plan(ledger, outputs, "a mug")).isInstanceOf(PlanResult.Accepted.class);
            assertThat(run(ExitStatus.USAGE, "archive", "spring", "--before", "2d", "--to", file.toString()))
                    .contains("not all of its renders have ended");
            deliver(ledger, past);

            assertThat(run(ExitStatus.GOOD, "archive", "--to", file.toString()))
                    .as("not for ninety days")
                    .contains("nothing is archived");
            assertThat(run(ExitStatus.GOOD, "archive", "--before", "2d", "--to", file.toString()))
                    .contains("1 campaign, 1 renders, are in " + file);

            assertThat(run(ExitStatus.GOOD, "status")).contains("1/1", "archived, 1 delivered");
            assertThat(plan(ledger, outputs, "a mug")).isInstanceOf(PlanResult.Repeated.class);
            assertThat(plan(ledger, outputs, "a cup")).isInstanceOfSatisfying(PlanResult.Rejected.class, refused -> {
                assertThat(refused.violations().get(0).rule()).isEqualTo("archived");
                assertThat(refused.violations().get(0).message()).contains(file.toString());
                assertThat(refused.violations().get(0).remedy()).contains("another name");
            });
            assertThat(ledger.due("luma", 1)).isEmpty();
        }
        assertThat(run(
                        ExitStatus.USAGE,
                        "archive",
                        "spring",
                        "--before",
                        "2d",
                        "--to",
                        home.resolve("b").toString()))
                .contains("is archived on", "already");
        assertThat(run(ExitStatus.GOOD, "status", "spring", "--json")).contains("\"archived\"", file.toString());
        assertThat(run(
                        ExitStatus.USAGE,
                        "archive",
                        "--before",
                        "0d",
                        "--to",
                        home.resolve("b").toString()))
                .contains("neither days such as 90d nor a date");
    }

    @Test
    void before_is_days_or_a_date_of_this_time_zone() {
        Clock clock = Clock.fixed(Instant.parse("2026-11-21T09:00:00Z"), ZoneId.of("Europe/Berlin"));

        assertThat(ArchiveCommand.moment("90d", clock)).isEqualTo(Instant.parse("2026-08-23T09:00:00Z"));
        assertThat(ArchiveCommand.moment("2026-08-01", clock)).isEqualTo(Instant.parse("2026-07-31T22:00:00Z"));
        assertThatThrownBy(() -> ArchiveCommand.moment("90", clock))
                .isInstanceOf(OperatorException.class)
                .hasMessageContaining("--before 90");
    }
}

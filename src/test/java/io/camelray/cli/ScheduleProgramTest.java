package io.camelray.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.camelray.ledger.FiringLedger.Firing;
import io.camelray.ledger.FiringLedger.FiringOutcome;
import io.camelray.ledger.Ledger;
import io.camelray.ledger.LedgerViews.CampaignStatus;
import io.camelray.sandbox.Sandbox;
import io.camelray.sandbox.SandboxOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Schedules in the program as {@code run} starts it: real Quartz, real routes, a real ledger. */
class ScheduleProgramTest {

    private static final Duration LONG_ENOUGH = Duration.ofSeconds(60);
    private static final String EVERY_SECOND = "schedule: {cron: \"* * * * * ?\"}\n";
    private static final String MUG = "prompt: A mug on {{schedule.date}}\naspectRatio: \"1:1\"\nresolution: 360p\n";

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    private void schedule(String name, String text) throws IOException {
        Path campaigns = Files.createDirectories(folder.resolve("config/campaigns"));
        Files.copy(
                Path.of("config/application.properties"),
                folder.resolve("config/application.properties"),
                StandardCopyOption.REPLACE_EXISTING);
        Files.writeString(campaigns.resolve(name), text);
    }

    private String[] arguments(String home, String ledger) {
        return new String[] {
            "--home", folder.resolve(home).toString(),
            "--config", folder.resolve("config").toString(),
            "--set", "ray.ledger.url=" + ledger
        };
    }

    private String file() {
        return "jdbc:h2:file:" + folder.resolve("ledger");
    }

    private Program program(Sandbox sandbox, String home, String ledger) {
        HomeOptions options = CommandLine.populateCommand(new HomeOptions(), arguments(home, ledger));
        Program program = new Program(
                options,
                options.home("work"),
                Map.of(
                        "camel.component.ray.luma-api-key", "luma-api-test",
                        "camel.component.ray.luma-base-url",
                                sandbox.lumaBaseUrl().toString(),
                        "camel.component.ray.initial-poll-delay", "100",
                        "camel.component.ray.poll-interval", "100",
                        "ray.download.allow-private", "true"),
                true);
        program.preflight(program.configure());
        program.fireSchedules();
        return program;
    }

    private static Optional<CampaignStatus> campaign(Program program, String name) {
        return program.component().ledger().campaign(name);
    }

    private static Optional<Firing> last(Ledger ledger, String schedule) {
        return ledger.lastFirings().stream()
                .filter(firing -> firing.schedule().equals(schedule))
                .findFirst();
    }

    @Test
    void each_firing_becomes_a_revision_what_is_bad_or_blacked_out_stops_nothing_and_one_command_shows_it_all()
            throws IOException {
        schedule("good.yaml", EVERY_SECOND + "campaign: good\n" + MUG);
        schedule("refused.yaml", EVERY_SECOND + "campaign: refused\nprompt: A {{nothing}}\n");
        schedule("bad.yaml", "schedule: {cron: often}\ncampaign: bad\n" + MUG);
        schedule(
                "dark.yaml",
                "schedule: {cron: \"* * * * * ?\", blackout: [{from: 2020-01-01, to: 2199-01-01}]}\ncampaign: dark\n"
                        + MUG);
        schedule("off.yaml", "schedule: {cron: \"* * * * * ?\", enabled: false}\ncampaign: off\n" + MUG);
        try (Sandbox sandbox = Sandbox.start(SandboxOptions.builder().speed(200).build());
                Program program = program(sandbox, "home", file())) {
            program.start();
            Ledger ledger = program.component().ledger();
            await().atMost(LONG_ENOUGH).until(() -> campaign(program, "good")
                    .filter(status -> status.revision() >= 3)
                    .isPresent());
            await().atMost(LONG_ENOUGH)
                    .until(() -> Files.isRegularFile(folder.resolve("home/rejected/refused.yaml.errors.json"))
                            && Files.isRegularFile(folder.resolve("home/rejected/refused-2.yaml.errors.json"))
                            && last(ledger, "dark").isPresent());
            await().atMost(LONG_ENOUGH)
                    .until(() -> Files.isRegularFile(folder.resolve("home/accepted/good/r2/good.yaml")));

            assertThat(sandbox.ledger().posts())
                    .as("the date is the same, so all but the first are kept")
                    .isEqualTo(1);
            assertThat(last(ledger, "dark").orElseThrow().outcome()).isEqualTo(FiringOutcome.SKIPPED);
            assertThat(ledger.campaigns()).extracting(CampaignStatus::campaign).containsExactly("good");
            assertThat(last(ledger, "off")).isEmpty();
            assertThat(Files.readString(folder.resolve("home/accepted/good/r2/good.yaml")))
                    .contains("\"firing\": {\"schedule\": \"good\"");
        }
        shows_them_all();
    }

    private void shows_them_all() throws IOException {
        StringWriter out = new StringWriter();
        List<String> command = new ArrayList<>(List.of("schedules", "--json"));
        command.addAll(List.of(arguments("home", file())));
        int status = CamelRay.commandLine().setOut(new PrintWriter(out)).execute(command.toArray(String[]::new));

        JsonNode schedules = new ObjectMapper().readTree(out.toString());
        assertThat(status).isEqualTo(ExitStatus.ATTENTION);
        assertThat(schedules.findValuesAsText("schedule")).contains("good", "refused", "dark", "off");
        assertThat(schedules.get(0).path("problems").get(0).path("message").asText())
                .contains("'often' is no cron expression");
        assertThat(schedules.get(0).has("next")).isFalse();
        assertThat(schedules.get(1).path("next")).isEmpty();
        assertThat(schedules.get(2).path("next")).hasSize(3);
        assertThat(schedules.get(2).path("last").path("campaign").asText()).isEqualTo("good");
        assertThat(schedules.get(3).path("next")).isEmpty();
    }

    @Test
    void two_programs_with_one_ledger_fire_each_time_once() throws IOException {
        // Held for its budget, so that nothing is on the wire when the second one starts.
        schedule("good.yaml", EVERY_SECOND + "campaign: good\nbudget: 0\n" + MUG);
        String shared = "jdbc:h2:mem:schedules;DB_CLOSE_DELAY=-1";
        try (Sandbox sandbox = Sandbox.start(SandboxOptions.builder().build());
                Program one = program(sandbox, "one", shared);
                Program two = program(sandbox, "two", shared)) {
            one.start();
            two.start();
            await().atMost(LONG_ENOUGH).until(() -> campaign(two, "good")
                    .filter(status -> status.revision() >= 5)
                    .isPresent());
            assertThat(campaign(one, "good").orElseThrow().revision()).isGreaterThanOrEqualTo(5);
            each_time_is_one_revision(Jdbi.create(shared, "sa", ""));
        }
    }

    private static void each_time_is_one_revision(Jdbi ledger) {
        List<Integer> accepted = ledger.withHandle(
                handle -> handle.createQuery("SELECT revision FROM ray_firing WHERE outcome = 'accepted'")
                        .mapTo(Integer.class)
                        .list());
        int planned = count(ledger, "SELECT COUNT(*) FROM ray_revision WHERE accepted_at IS NOT NULL");
        int fired = count(ledger, "SELECT COUNT(*) FROM ray_firing");
        assertThat(accepted).hasSizeGreaterThanOrEqualTo(3).doesNotHaveDuplicates();
        assertThat(planned).isBetween(accepted.size(), fired);
    }

    private static int count(Jdbi ledger, String query) {
        return ledger.withHandle(
                handle -> handle.createQuery(query).mapTo(Integer.class).one());
    }

    @Test
    void what_was_missed_while_no_program_ran_is_made_up_for_or_passed_over_at_the_next_start() throws IOException {
        try (Sandbox sandbox = Sandbox.start(SandboxOptions.builder().build())) {
            Instant missed = Instant.now().truncatedTo(ChronoUnit.HOURS).minus(Duration.ofHours(2));
            String hour = "0 0 " + missed.atZone(ZoneOffset.UTC).getHour() + " * * ?";
            schedule("make-up.yaml", "schedule: {cron: \"" + hour + "\"}\ncampaign: make-up\nbudget: 0\n" + MUG);
            schedule(
                    "pass.yaml",
                    "schedule: {cron: \"" + hour + "\", misfire: skip}\ncampaign: pass\nbudget: 0\n" + MUG);
            try (Program program = program(sandbox, "home", file())) {
                program.start();
                assertThat(program.component().ledger().lastFirings())
                        .as("what lay before the first start was not missed")
                        .isEmpty();
            }
            // As if that had been four hours ago.
            Jdbi.create(file(), "sa", "")
                    .useHandle(handle -> handle.execute(
                            "UPDATE ray_schedule SET watched_from = watched_from - ?",
                            Duration.ofHours(4).toMillis() * 1000));
            try (Program program = program(sandbox, "home", file())) {
                program.start();
                Ledger ledger = program.component().ledger();
                await().atMost(LONG_ENOUGH).until(() -> last(ledger, "make-up")
                        .filter(firing -> firing.outcome() == FiringOutcome.ACCEPTED)
                        .isPresent());
                assertThat(last(ledger, "make-up").orElseThrow().at()).isEqualTo(missed);
                assertThat(last(ledger, "pass").orElseThrow())
                        .extracting(Firing::at, Firing::outcome)
                        .containsExactly(missed, FiringOutcome.SKIPPED);
                assertThat(campaign(program, "pass")).isEmpty();
            }
        }
    }
}

package io.camelray.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The tables of {@code status}, and what the command line says to what it does not know. */
class StatusViewTest {

    private static final String STATUS =
            """
            {"campaigns": [{"campaign": "spring-mugs", "revision": 2, "total": 6, "secondsLeft": 754,
              "renders": {"delivered": 4, "held": 1, "rendering": 1},
              "dollars": {"budget": "5.00", "reserved": "0.30", "confirmed": "1.20", "atRisk": "0.00"},
              "attention": [{"render": "R17", "variant": "mug-01_16x9", "step": "generate", "state": "held",
                "held": "budget", "why": "the budget of $5.00 would be exceeded by $0.30; raise it with camel-ray resume"}]}],
             "accounts": [{"account": "luma", "active": 1, "maxConcurrent": 10, "inLastMinute": 2,
               "requestsPerMinute": 30}]}""";

    private static JsonNode status() throws Exception {
        return new ObjectMapper().readTree(STATUS);
    }

    @Test
    void a_table_fits_the_terminal_and_is_whole_where_there_is_none() throws Exception {
        List<String> narrow = new StatusView(new Terminal(true, 80, false)).lines(status());
        List<String> whole = new StatusView(Terminal.NONE).lines(status());

        assertThat(narrow).filteredOn(line -> line.startsWith("R17")).allMatch(line -> line.length() <= 80);
        assertThat(narrow).anyMatch(line -> line.endsWith("…"));
        assertThat(whole)
                .anyMatch(line -> line.contains("spring-mugs") && line.contains("4/6") && line.contains("$1.20"))
                .anyMatch(line -> line.contains("about 12 min left"))
                .anyMatch(line -> line.contains("held: budget") && line.endsWith("camel-ray resume"))
                .anyMatch(line -> line.startsWith("account luma: 1 of 10 jobs"));
    }

    @Test
    void colours_are_used_only_where_there_are_some() throws Exception {
        assertThat(String.join("\n", new StatusView(new Terminal(true, 200, true)).lines(status())))
                .contains("\u001b[33m");
        assertThat(String.join("\n", new StatusView(new Terminal(true, 200, false)).lines(status())))
                .doesNotContain("\u001b");
        assertThat(String.join("\n", new StatusView(Terminal.NONE).lines(status())))
                .doesNotContain("\u001b");
    }

    @Test
    void what_stands_in_a_cell_cannot_steer_the_terminal() {
        Table table = new Table("A", "B");
        table.row().cell("x\u001b[2J\r\n").cell("y");

        assertThat(String.join("\n", table.lines(Terminal.NONE)))
                .doesNotContain("\u001b")
                .doesNotContain("\r");
    }

    private record Said(int status, String out, String err) {}

    private static Said said(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int status = CamelRay.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
        return new Said(status, out.toString(), err.toString());
    }

    @Test
    void a_mistyped_command_or_option_is_answered_with_what_may_have_been_meant() {
        assertThat(said("stauts").err()).contains("status");
        assertThat(said("status", "--wach").err()).contains("--watch");
        assertThat(said("stauts").status()).isEqualTo(ExitStatus.USAGE);
    }

    @Test
    void the_completion_script_knows_every_command() {
        Said script = said("completion");

        assertThat(script.status()).isZero();
        assertThat(CamelRay.commandLine().getSubcommands().keySet())
                .allSatisfy(command -> assertThat(script.out()).contains(command));
    }

    @Test
    void every_command_that_answers_can_answer_as_json() {
        CamelRay.commandLine().getSubcommands().forEach((name, command) -> {
            if (!name.equals("completion")) {
                assertThat(command.getCommandSpec().findOption("--json"))
                        .as(name)
                        .isNotNull();
            }
        });
    }
}

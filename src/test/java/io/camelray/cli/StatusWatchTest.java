package io.camelray.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

/** What {@code status --watch} shows as things change, on a terminal, in a pipe and as JSON. */
class StatusWatchTest {

    private static final String CLEAR = "\u001b[H\u001b[2J";

    private final StringWriter out = new StringWriter();

    private static JsonNode status(int delivered) throws Exception {
        return new ObjectMapper()
                .readTree("{\"campaigns\": [{\"campaign\": \"spring\", \"revision\": 1, \"total\": 2, \"renders\":"
                        + " {\"delivered\": " + delivered + "}}]}");
    }

    /** Looks four times: nothing happens, then a render is delivered, then nothing again. */
    private List<String> watched(Terminal terminal, boolean json) throws Exception {
        Queue<JsonNode> looks = new ArrayDeque<>(List.of(status(1), status(1), status(2), status(2)));
        new StatusWatch(new PrintWriter(out), terminal, json).watch(looks::remove, () -> !looks.isEmpty());
        return out.toString().lines().toList();
    }

    @Test
    void a_terminal_is_cleared_for_each_change_and_for_nothing_else() throws Exception {
        watched(new Terminal(true, 100, false), false);

        List<String> screens = List.of(out.toString().split(java.util.regex.Pattern.quote(CLEAR)));
        assertThat(screens).hasSize(3).first().isEqualTo("");
        assertThat(screens.get(1)).contains("1/2");
        assertThat(screens.get(2)).contains("2/2").doesNotContain("1/2");
    }

    @Test
    void a_pipe_gets_one_table_after_the_other_and_nothing_that_steers_a_terminal() throws Exception {
        List<String> lines = watched(Terminal.NONE, false);

        assertThat(lines).filteredOn(line -> line.startsWith("CAMPAIGN")).hasSize(2);
        assertThat(lines).filteredOn(line -> line.contains("spring")).hasSize(2);
        assertThat(lines).filteredOn(String::isEmpty).hasSize(2);
        assertThat(out.toString()).doesNotContain("\u001b");
    }

    @Test
    void json_is_one_line_for_each_change() throws Exception {
        List<String> lines = watched(new Terminal(true, 100, true), true);

        assertThat(lines).containsExactly(status(1).toString(), status(2).toString());
    }

    @Test
    void without_a_watch_it_is_shown_once_and_not_cleared() throws Exception {
        JsonNode status = status(1);

        new StatusWatch(new PrintWriter(out), new Terminal(true, 100, false), false).once(() -> status);

        assertThat(out.toString()).contains("1/2").doesNotContain("\u001b");
    }
}

package io.camelray.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;

/** Shows the status, once or again whenever something has changed. One thread. */
final class StatusWatch {

    private static final String CLEAR = "\u001b[H\u001b[2J";

    private final PrintWriter out;
    private final Terminal terminal;
    private final boolean json;

    StatusWatch(PrintWriter out, Terminal terminal, boolean json) {
        this.out = out;
        this.terminal = terminal;
        this.json = json;
    }

    /** Asks for the status. */
    @FunctionalInterface
    interface Look {
        JsonNode status() throws IOException, InterruptedException;
    }

    /** Waits between two looks. */
    @FunctionalInterface
    interface Pause {
        /** @return whether to look again */
        boolean again() throws InterruptedException;
    }

    /** As JSON over several lines, or as tables. */
    void once(Look look) throws IOException, InterruptedException {
        JsonNode status = look.status();
        if (json) {
            out.println(status.toPrettyString());
        } else {
            table(status);
        }
        out.flush();
    }

    /**
     * As JSON each on a line of its own; as tables one in the place of the other on a terminal, and elsewhere one after the
     * other with an empty line between them.
     */
    void watch(Look look, Pause pause) throws IOException, InterruptedException {
        JsonNode shown = null;
        do {
            JsonNode now = look.status();
            if (!now.equals(shown)) {
                show(now);
                shown = now;
            }
        } while (pause.again());
    }

    private void show(JsonNode status) {
        if (json) {
            out.println(status);
        } else if (terminal.interactive()) {
            out.print(CLEAR);
            table(status);
        } else {
            table(status);
            out.println();
        }
        out.flush();
    }

    private void table(JsonNode status) {
        new StatusView(terminal).lines(status).forEach(out::println);
    }
}

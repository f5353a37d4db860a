package io.camelray.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Counts, money, and what waits and why. */
@Command(name = "status", description = "Shows counts, money, and what waits and why.", mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {

    private static final long LOOK_SECONDS = 2;
    private static final String CLEAR = "\u001b[H\u001b[2J";

    @Spec
    private CommandSpec spec;

    @Mixin
    private HomeOptions options;

    @Option(
            names = {"-w", "--watch"},
            description = "Shows it again whenever something has changed, until it is stopped")
    private boolean watch;

    @Parameters(index = "0", arity = "0..1", paramLabel = "CAMPAIGN", description = "Only this campaign")
    private Optional<String> campaign = Optional.empty();

    @Override
    public Integer call() throws IOException, InterruptedException {
        LedgerAccess access = new LedgerAccess(options);
        Terminal terminal = Terminal.here();
        JsonNode last = access.status(campaign);
        show(last, terminal);
        while (watch) {
            TimeUnit.SECONDS.sleep(LOOK_SECONDS);
            JsonNode now = access.status(campaign);
            if (!now.equals(last)) {
                show(now, terminal);
                last = now;
            }
        }
        return ExitStatus.GOOD;
    }

    private void show(JsonNode status, Terminal terminal) {
        PrintWriter out = spec.commandLine().getOut();
        if (options.json()) {
            out.println(watch ? status.toString() : status.toPrettyString());
        } else {
            if (watch && terminal.interactive()) {
                out.print(CLEAR);
            }
            new StatusView(terminal).lines(status).forEach(out::println);
            if (watch && !terminal.interactive()) {
                out.println();
            }
        }
        out.flush();
    }
}

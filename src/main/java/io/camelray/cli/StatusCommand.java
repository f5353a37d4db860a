package io.camelray.cli;

import java.io.IOException;
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
        StatusWatch shown = new StatusWatch(spec.commandLine().getOut(), Terminal.here(), options.json());
        if (watch) {
            shown.watch(() -> access.status(campaign), () -> {
                TimeUnit.SECONDS.sleep(LOOK_SECONDS);
                return true;
            });
        } else {
            shown.once(() -> access.status(campaign));
        }
        return ExitStatus.GOOD;
    }
}

package io.camelray.cli;

import io.camelray.component.RayComponent;
import io.camelray.ledger.OperatorException;
import io.camelray.web.ControlEndpoint;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The service. */
@Command(
        name = "run",
        description = "Watches the inbox and renders what is dropped there, until it is stopped.",
        mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private HomeOptions options;

    @Option(names = "--once", description = "Takes what is there now, finishes it, and stops")
    private boolean once;

    @Option(
            names = "--patience",
            paramLabel = "DURATION",
            defaultValue = "PT2H",
            description = "With --once: how long to wait for late renders, such as PT30M (default: 2 hours)")
    private Duration patience;

    @Override
    public Integer call() throws InterruptedException, IOException {
        PrintWriter out = spec.commandLine().getOut();
        try (Program program = new Program(options, options.home("work"), Map.of(), true)) {
            program.preflight(program.configure());
            refuseSecond(program.home());
            if (!once) {
                program.fireSchedules();
                program.servePage();
            }
            // The signal's thread stops the program while this one still waits.
            Thread stop = new Thread(program::close, "ray-stop");
            Runtime.getRuntime().addShutdownHook(stop);
            program.start();
            RayComponent component = program.component();
            try (ControlEndpoint control = ControlEndpoint.start(
                    component.ledger(),
                    component.adoptionCheck()::require,
                    program.home(),
                    AccountAccesses.of(component.settings()),
                    new TimeLeft(component.ledger()))) {
                if (once) {
                    return new OnceRun(program, out, options.json(), patience).work();
                }
                program.page().ifPresent(address -> out.println("Status page: " + address));
                out.println("Watching " + program.home().resolve("inbox") + "; stop with Ctrl-C");
                out.flush();
                new CountDownLatch(1).await();
                return ExitStatus.GOOD;
            }
        }
    }

    /** At once: what does not answer may be about to end, and is waited for when the ledger is opened. */
    private void refuseSecond(Path home) throws InterruptedException {
        if (new LedgerAccess(options).isProgramRunning()) {
            throw new OperatorException("another program works in the home " + home
                    + " already: stop it first, or give this one a home of its own (--home)");
        }
    }
}

package io.camelray.cli;

import io.camelray.web.Order;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Holds what is planned; what is in flight goes on. */
@Command(
        name = "pause",
        description = "Holds what is planned; what is in flight goes on.",
        mixinStandardHelpOptions = true)
final class PauseCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private HomeOptions options;

    @Parameters(arity = "1..*", paramLabel = "TARGET", description = "Renders such as R17, campaigns, or account:NAME")
    private List<String> targets;

    @Override
    public Integer call() throws IOException, InterruptedException {
        return new OrderRun(options, spec).give(Order.Verb.PAUSE, targets, Optional.empty());
    }
}

package io.camelray.cli;

import io.camelray.web.Order;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lets go on what was paused, stopped, or held for its budget. */
@Command(
        name = "resume",
        description = "Lets go on what was paused, stopped after failures, or held for its budget.",
        mixinStandardHelpOptions = true)
final class ResumeCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private HomeOptions options;

    @Parameters(arity = "1..*", paramLabel = "TARGET", description = "Renders such as R17, campaigns, or account:NAME")
    private List<String> targets;

    @Option(
            names = "--budget",
            paramLabel = "DOLLARS",
            description = "The campaign's budget from now on; as much as fits into it goes on")
    private Optional<String> budget = Optional.empty();

    @Override
    public Integer call() throws IOException, InterruptedException {
        return new OrderRun(options, spec).give(Order.Verb.RESUME, targets, budget);
    }
}

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

/** Cancels renders, or all of a campaign, where that is still possible. */
@Command(
        name = "cancel",
        description = "Cancels renders, or all of a campaign, where that is still possible.",
        mixinStandardHelpOptions = true)
final class CancelCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private HomeOptions options;

    @Parameters(arity = "1..*", paramLabel = "TARGET", description = "Renders such as R17, or campaigns")
    private List<String> targets;

    @Override
    public Integer call() throws IOException, InterruptedException {
        return new OrderRun(options, spec).give(Order.Verb.CANCEL, targets, Optional.empty());
    }
}

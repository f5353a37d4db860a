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

/** Plans failed renders again, or a whole campaign once more, within the same budgets. */
@Command(
        name = "retry",
        description =
                "Plans failed renders again, or with --again a whole campaign once more, within the same budgets.",
        mixinStandardHelpOptions = true)
final class RetryCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private HomeOptions options;

    @Parameters(arity = "1..*", paramLabel = "TARGET", description = "Renders such as R17, or campaigns")
    private List<String> targets;

    @Option(
            names = "--again",
            description = "Renders everything of the campaigns once more, paid for anew; says what that costs")
    private boolean again;

    @Override
    public Integer call() throws IOException, InterruptedException {
        return new OrderRun(options, spec).give(again ? Order.Verb.AGAIN : Order.Verb.RETRY, targets, Optional.empty());
    }
}

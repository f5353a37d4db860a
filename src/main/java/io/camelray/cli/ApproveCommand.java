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

/** Lets renders whose drafts are good go on at full quality, or ends the others. */
@Command(
        name = "approve",
        description = "Lets renders that are held for approval go on at full quality, with what they start from;"
                + " or rejects them: nothing more is paid for those.",
        mixinStandardHelpOptions = true)
final class ApproveCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private HomeOptions options;

    @Option(names = "--reject", description = "Ends them instead, and what starts from them")
    private boolean reject;

    @Parameters(
            arity = "1..*",
            paramLabel = "TARGET",
            description =
                    "Campaigns, variants such as spring-mugs:mug-01_16x9, or renders such as R17; a draft's id means"
                            + " what it is the draft of")
    private List<String> targets;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Order.Verb verb = reject ? Order.Verb.REJECT : Order.Verb.APPROVE;
        return new OrderRun(options, spec).give(verb, targets, Optional.empty());
    }
}

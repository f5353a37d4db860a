package io.camelray.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A person's decision about a render whose submission ended unknown. */
@Command(
        name = "resolve",
        description = "Decides about a render whose submission ended unknown.",
        mixinStandardHelpOptions = true)
final class ResolveCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private HomeOptions options;

    @Parameters(index = "0", paramLabel = "RENDER", description = "The render, such as R17")
    private String render;

    @ArgGroup(multiplicity = "1")
    private Decision decision;

    /** One of them. */
    static final class Decision {
        @Option(
                names = "--adopt",
                paramLabel = "ID",
                description = "The provider's id of the job, as its dashboard shows")
        private String job;

        @Option(
                names = "--resubmit",
                description = "Plans it again for a new paid attempt; the unknown one stays at risk")
        private boolean resubmit;

        @Option(names = "--abandon", description = "Gives it up")
        private boolean abandon;
    }

    @Option(names = "--charged", description = "With --abandon: the provider did charge for it")
    private boolean charged;

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        LedgerAccess ledger = new LedgerAccess(options);
        String done = ledger.resolve(document());
        out.println(
                options.json()
                        ? JsonNodeFactory.instance
                                .objectNode()
                                .put("message", done)
                                .toString()
                        : done);
        out.flush();
        return ExitStatus.GOOD;
    }

    private ObjectNode document() {
        if (decision.abandon) {
            return LedgerAccess.abandon(render, charged);
        }
        return decision.resubmit ? LedgerAccess.resubmit(render) : LedgerAccess.adopt(render, decision.job);
    }
}

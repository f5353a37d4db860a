package io.camelray.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelray.ledger.OperatorException;
import io.camelray.web.Order;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** Gives the same order for each target; one that is refused keeps no other from being carried out. */
final class OrderRun {

    private final HomeOptions options;
    private final LedgerAccess ledger;
    private final PrintWriter out;
    private final PrintWriter err;

    OrderRun(HomeOptions options, CommandSpec spec) {
        this.options = options;
        this.ledger = new LedgerAccess(options);
        this.out = spec.commandLine().getOut();
        this.err = spec.commandLine().getErr();
    }

    /** @return the exit status: {@link ExitStatus#USAGE} if any was refused */
    int give(Order.Verb verb, List<String> targets, Optional<String> budget) throws IOException, InterruptedException {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        ArrayNode results = document.putArray("results");
        int status = ExitStatus.GOOD;
        for (String target : targets) {
            try {
                ObjectNode done = ledger.order(new Order(verb, target, budget));
                results.add(done);
                say(out, done.path("message").asText());
            } catch (OperatorException e) {
                results.addObject().put("target", target).put("error", e.getMessage());
                say(err, "camel-ray: " + Sentences.of(e));
                status = ExitStatus.USAGE;
            }
        }
        if (options.json()) {
            out.println(document.toPrettyString());
        }
        out.flush();
        return status;
    }

    private void say(PrintWriter to, String sentence) {
        if (!options.json()) {
            to.println(sentence);
            to.flush();
        }
    }
}

package io.camelray.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelray.ledger.LedgerRestore.Restored;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Puts a backup in the place of a home's ledger. */
@Command(
        name = "restore",
        description = "Puts a backup in the place of the home's ledger, with every account paused.",
        mixinStandardHelpOptions = true)
final class RestoreCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private HomeOptions options;

    @Parameters(paramLabel = "FILE", description = "What camel-ray backup has made")
    private Path file;

    @Option(names = "--force", description = "Moves a ledger aside that is there already")
    private boolean force;

    @Override
    public Integer call() throws IOException {
        Restored done = new LedgerAccess(options).restore(file.toAbsolutePath().normalize(), force);
        PrintWriter out = spec.commandLine().getOut();
        if (options.json()) {
            out.println(document(done).toPrettyString());
        } else {
            out.println("The ledger is that of " + done.at() + ". What was submitted since is unknown to it.");
            done.aside().forEach(before -> out.println("What was there before is in " + before));
            out.println("Every account is paused. Compare with the provider what was submitted since, then:");
            done.paused().forEach(account -> out.println("  camel-ray resume account:" + account));
        }
        out.flush();
        return ExitStatus.GOOD;
    }

    private static ObjectNode document(Restored done) {
        ObjectNode document =
                JsonNodeFactory.instance.objectNode().put("at", done.at().toString());
        ArrayNode paused = document.putArray("pausedAccounts");
        done.paused().forEach(paused::add);
        ArrayNode aside = document.putArray("movedAside");
        done.aside().forEach(before -> aside.add(before.toString()));
        return document;
    }
}

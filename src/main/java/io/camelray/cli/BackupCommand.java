package io.camelray.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelray.web.Backup;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes a backup of the ledger. */
@Command(
        name = "backup",
        description = "Writes the ledger into one ZIP file, while the program runs or when it does not.",
        mixinStandardHelpOptions = true)
final class BackupCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private HomeOptions options;

    @Parameters(paramLabel = "FILE", description = "The ZIP file to make; it must not exist")
    private Path file;

    @Override
    public Integer call() throws IOException, InterruptedException {
        ObjectNode done = new LedgerAccess(options)
                .backup(new Backup(file.toAbsolutePath().normalize()));
        PrintWriter out = spec.commandLine().getOut();
        out.println(
                options.json() ? done.toPrettyString() : done.path("message").asText());
        out.flush();
        return ExitStatus.GOOD;
    }
}

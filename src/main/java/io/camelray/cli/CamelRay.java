package io.camelray.cli;

import io.camelray.ledger.OperatorException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The program {@code camel-ray}. Exit status: 0 all good; 1 usage or configuration; 2 some renders need attention. */
@Command(
        name = "camel-ray",
        description = "Turns campaign manifests into finished Luma Ray 3.2 video, each render paid for exactly once.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {
            DemoCommand.class,
            RunCommand.class,
            PlanCommand.class,
            StatusCommand.class,
            ResolveCommand.class,
            ApproveCommand.class,
            CancelCommand.class,
            PauseCommand.class,
            ResumeCommand.class,
            RetryCommand.class,
            BackupCommand.class,
            RestoreCommand.class,
            ArchiveCommand.class,
            AccountsCommand.class,
            SchedulesCommand.class,
            ProvidersCommand.class,
            DoctorCommand.class,
            CompletionCommand.class,
            SandboxCommand.class
        })
public final class CamelRay implements Runnable {

    @Spec
    private CommandSpec spec;

    public static void main(String[] arguments) {
        Logging.configure();
        int status = commandLine().execute(arguments);
        System.exit(status);
    }

    static CommandLine commandLine() {
        CommandLine line = new CommandLine(new CamelRay());
        line.setParameterExceptionHandler((failure, arguments) -> {
            PrintWriter err = failure.getCommandLine().getErr();
            err.println("camel-ray: " + failure.getMessage());
            UnmatchedArgumentException.printSuggestions(failure, err);
            err.println("Try 'camel-ray " + helpOf(failure.getCommandLine()) + "--help'.");
            return ExitStatus.USAGE;
        });
        line.setExecutionExceptionHandler((failure, command, parsed) -> {
            command.getErr().println("camel-ray: " + Sentences.of(failure));
            return ExitStatus.USAGE;
        });
        return line;
    }

    private static String helpOf(CommandLine command) {
        return command.getParent() == null ? "" : command.getCommandName() + " ";
    }

    /** Without a command: the help. */
    @Override
    public void run() {
        throw new OperatorException(
                "name a command: " + String.join(", ", spec.subcommands().keySet()));
    }
}

package io.camelray.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The script that completes commands and options in a shell. */
@Command(
        name = "completion",
        description =
                "Prints a script for bash and zsh that completes commands and options: source <(camel-ray completion)",
        mixinStandardHelpOptions = true)
final class CompletionCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--name",
            defaultValue = "camel-ray",
            description = "How the program is called (default: camel-ray)")
    private String name;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        out.print(AutoComplete.bash(name, spec.root().commandLine()));
        out.flush();
        return ExitStatus.GOOD;
    }
}

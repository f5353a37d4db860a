package io.camelray.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelray.cli.Diagnosis.Finding;
import io.camelray.cli.Diagnosis.Health;
import io.camelray.cli.Terminal.Colour;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Looks whether everything is there that a run needs. Costs nothing. */
@Command(
        name = "doctor",
        description =
                "Checks configuration, home, disk, ledger, clock, keys, addresses and destination. Costs nothing.",
        mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private HomeOptions options;

    @Option(names = "--offline", description = "Asks nothing outside this machine")
    private boolean offline;

    @Override
    public Integer call() {
        List<Finding> findings = new Diagnosis(options, offline).findings();
        PrintWriter out = spec.commandLine().getOut();
        if (options.json()) {
            out.println(document(findings).toPrettyString());
        } else {
            print(findings, Terminal.here(), out);
        }
        out.flush();
        if (findings.stream().anyMatch(finding -> finding.health() == Health.BAD)) {
            return ExitStatus.USAGE;
        }
        return findings.stream().anyMatch(finding -> finding.health() == Health.DOUBTFUL)
                ? ExitStatus.ATTENTION
                : ExitStatus.GOOD;
    }

    private static void print(List<Finding> findings, Terminal terminal, PrintWriter out) {
        for (Finding finding : findings) {
            Colour colour =
                    switch (finding.health()) {
                        case GOOD -> Colour.GREEN;
                        case DOUBTFUL -> Colour.YELLOW;
                        case BAD -> Colour.RED;
                    };
            out.printf(
                    "%s  %-12s %s%n",
                    terminal.paint(colour, "%-8s".formatted(finding.health().label())),
                    finding.what(),
                    finding.sentence());
        }
    }

    private static ObjectNode document(List<Finding> findings) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        ArrayNode list = document.putArray("findings");
        findings.forEach(finding -> list.addObject()
                .put("what", finding.what())
                .put("health", finding.health().label())
                .put("sentence", finding.sentence()));
        return document;
    }
}

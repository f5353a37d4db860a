package io.camelray.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelray.model.Capability;
import io.camelray.model.ProviderName;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The capability table. */
@Command(name = "providers", description = "Shows what can be asked for, and of whom.", mixinStandardHelpOptions = true)
final class ProvidersCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private HomeOptions options;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        if (options.json()) {
            out.println(document().toPrettyString());
        } else {
            table(out);
        }
        out.flush();
        return ExitStatus.GOOD;
    }

    private static void table(PrintWriter out) {
        out.printf("%-52s", "");
        for (ProviderName provider : ProviderName.values()) {
            out.printf("%-11s", provider.label());
        }
        out.println();
        for (Capability capability : Capability.values()) {
            out.printf("%-52s", capability.label());
            for (ProviderName provider : ProviderName.values()) {
                out.printf("%-11s", capability.isOffered(provider) ? "yes" : "-");
            }
            out.println();
        }
    }

    private static ObjectNode document() {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        for (Capability capability : Capability.values()) {
            ArrayNode offered = document.putArray(capability.label());
            capability.providers().forEach(provider -> offered.add(provider.label()));
        }
        return document;
    }
}

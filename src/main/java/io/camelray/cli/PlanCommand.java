package io.camelray.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelray.component.Planning;
import io.camelray.intake.ManifestSource;
import io.camelray.intake.PlanPreview;
import io.camelray.ledger.OperatorException;
import io.camelray.model.AspectRatio;
import io.camelray.model.Price;
import io.camelray.model.Violation;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What a manifest would do and cost. */
@Command(
        name = "plan",
        description = "Validates, expands and prices a manifest. Nothing is sent, nothing is stored.",
        mixinStandardHelpOptions = true)
final class PlanCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private HomeOptions options;

    @Parameters(index = "0", paramLabel = "MANIFEST", description = "The manifest, YAML or JSON")
    private Path manifest;

    @Override
    public Integer call() throws IOException {
        if (!Files.isRegularFile(manifest)) {
            throw new OperatorException("there is no file " + manifest);
        }
        PlanPreview preview;
        try (Program program = new Program(options, options.home("work"), Map.of(), false)) {
            preview = Planning.previewer(program.configure()).preview(ManifestSource.of(manifest));
        }
        PrintWriter out = spec.commandLine().getOut();
        if (options.json()) {
            out.println(document(preview).toPrettyString());
        } else {
            print(preview, out);
        }
        out.flush();
        return preview.acceptable() ? ExitStatus.GOOD : ExitStatus.USAGE;
    }

    private void print(PlanPreview preview, PrintWriter out) {
        for (Violation violation : preview.violations()) {
            out.printf(
                    "%s %s at %s: %s %s%n",
                    violation.severity().label(),
                    violation.rule(),
                    violation.place(),
                    violation.message(),
                    violation.remedy());
        }
        if (!preview.acceptable()) {
            out.println(manifest + " would be rejected.");
            return;
        }
        out.printf(
                "%s: %d variants, %d renders on %s, %s, of a budget of %s%n",
                preview.campaign().orElse("?"),
                preview.variants(),
                preview.renders(),
                preview.provider().label(),
                range(preview.price()),
                preview.budget());
        for (PlanPreview.Line line : preview.lines()) {
            out.printf(
                    "  %s %s %s %s %s: %d renders, %s%n",
                    line.step(),
                    line.aspectRatio().map(AspectRatio::label).orElse("any ratio"),
                    line.resolution().label(),
                    line.length().label(),
                    line.range().label(),
                    line.renders(),
                    range(line.price()));
        }
        out.println("Prices: " + preview.priceBook());
        preview.destination().ifPresent(destination -> {
            out.println("Delivers " + preview.keyCount() + " objects:");
            preview.keys().forEach(key -> out.println("  " + destination.locate(key)));
            if (preview.keyCount() > preview.keys().size()) {
                out.println("  and " + (preview.keyCount() - preview.keys().size()) + " more");
            }
        });
    }

    private static String range(Price price) {
        return price.expected().equals(price.upperBound())
                ? price.expected().toString()
                : price.expected() + " expected, at most " + price.upperBound();
    }

    private static ObjectNode document(PlanPreview preview) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        preview.campaign().ifPresent(campaign -> document.put("campaign", campaign));
        document.put("acceptable", preview.acceptable());
        document.put("provider", preview.provider().label());
        document.put("account", preview.account());
        document.put("variants", preview.variants());
        document.put("renders", preview.renders());
        ObjectNode dollars = document.putObject("dollars");
        dollars.put("expected", preview.price().expected().toDollars());
        dollars.put("upperBound", preview.price().upperBound().toDollars());
        dollars.put("budget", preview.budget().toDollars());
        document.put("prices", preview.priceBook());
        ArrayNode keys = document.putArray("keys");
        preview.keys().forEach(keys::add);
        document.put("keyCount", preview.keyCount());
        ArrayNode violations = document.putArray("violations");
        for (Violation violation : preview.violations()) {
            violations
                    .addObject()
                    .put("rule", violation.rule())
                    .put("severity", violation.severity().label())
                    .put("pointer", violation.place().pointer())
                    .put("line", violation.place().line())
                    .put("column", violation.place().column())
                    .put("message", violation.message())
                    .put("remedy", violation.remedy())
                    .put("variant", violation.variant());
        }
        return document;
    }
}

package io.camelray.cli;

import io.camelray.assets.MediaProbe;
import io.camelray.component.Planning;
import io.camelray.component.RaySettings;
import io.camelray.intake.ManifestSource;
import io.camelray.intake.PlanPreview;
import io.camelray.intake.ScheduleFolder;
import io.camelray.ledger.OperatorException;
import io.camelray.model.AspectRatio;
import io.camelray.model.Price;
import io.camelray.model.Violation;
import io.camelray.web.PlanDocument;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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

    @Option(
            names = "--probe",
            description = "Looks into what the manifest refers to on the web and in buckets, as a run does; without it"
                    + " nothing touches the network")
    private boolean probe;

    @Parameters(index = "0", paramLabel = "MANIFEST", description = "The manifest, YAML or JSON")
    private Path manifest;

    @Override
    public Integer call() throws IOException {
        if (!Files.isRegularFile(manifest)) {
            throw new OperatorException("there is no file " + manifest);
        }
        PlanPreview preview;
        try (Program program = new Program(options, options.home("work"), Map.of(), false)) {
            preview = preview(program);
        }
        PrintWriter out = spec.commandLine().getOut();
        if (options.json()) {
            out.println(PlanDocument.of(preview).toPrettyString());
        } else {
            print(preview, out);
        }
        out.flush();
        return preview.acceptable() ? ExitStatus.GOOD : ExitStatus.USAGE;
    }

    private PlanPreview preview(Program program) throws IOException {
        RaySettings settings = program.configure();
        try (MediaProbe looks = probe
                ? new MediaProbe(settings.assets(), program.component()::bucketClient, Clock.systemUTC())
                : MediaProbe.ofFiles(settings.assets(), Clock.systemUTC())) {
            return Planning.previewer(settings, looks)
                    .preview(ScheduleFolder.firedNow(
                            ManifestSource.of(manifest), Clock.systemUTC().instant()));
        }
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
                    "  %s%s %s %s %s %s: %d renders, %s%n",
                    line.draft() ? "draft of " : "",
                    line.step(),
                    line.aspectRatio().map(AspectRatio::label).orElse("any ratio"),
                    line.resolution().label(),
                    length(line),
                    line.range().label(),
                    line.renders(),
                    range(line.price()));
            if (!line.price().assumption().isEmpty()) {
                out.println("    " + line.price().assumption());
            }
        }
        preview.deadline().ifPresent(deadline -> out.println("Being " + deadline));
        if (preview.draftPrice().upperBound().micros() > 0) {
            out.println(
                    "Drafts first, for " + range(preview.draftPrice())
                            + "; the rest waits for approval. The price above and the budget's check are for all of it approved.");
        }
        if (!preview.hold().isZero()) {
            out.println("Nothing is spent for " + time(preview.hold())
                    + " after it is accepted; until then it can be cancelled for nothing.");
        }
        out.println("Prices: " + preview.priceBook());
        printShares("By step", preview.shares().steps(), out);
        printShares("By " + preview.shares().axis(), preview.shares().values(), out);
        long more = preview.shares().valueCount() - preview.shares().values().size();
        if (more > 0) {
            out.printf("  and %d more%n", more);
        }
        printShares("By ratio", preview.shares().ratios(), out);
        printWays(preview, out);
        preview.destination().ifPresent(destination -> {
            out.println("Delivers " + preview.keyCount() + " objects:");
            preview.keys().forEach(key -> out.println("  " + destination.locate(key)));
            if (preview.keyCount() > preview.keys().size()) {
                out.println("  and " + (preview.keyCount() - preview.keys().size()) + " more");
            }
        });
    }

    private static void printShares(String title, List<PlanPreview.Share> shares, PrintWriter out) {
        if (shares.size() > 1) {
            out.println(title + ":");
            shares.forEach(
                    share -> out.printf("  %s: %d renders, %s%n", share.name(), share.renders(), range(share.price())));
        }
    }

    private static void printWays(PlanPreview preview, PrintWriter out) {
        if (!preview.ways().isEmpty()) {
            out.println("Ways to these ratios (field 'ratios'):");
        }
        for (PlanPreview.Way way : preview.ways()) {
            out.printf(
                    "  %s%s: %s%n",
                    way.ratios(),
                    way.ratios().equals(preview.ratios()) ? ", as planned" : "",
                    way.isPossible()
                            ? way.renders() + " renders, " + range(way.price())
                            : "not possible. " + way.problem());
        }
    }

    private static String length(PlanPreview.Line line) {
        return switch (line.operation()) {
            case GENERATE, EXTEND -> line.length().label();
            case EDIT, REFRAME -> "as its source";
        };
    }

    private static String time(Duration time) {
        return time.toSecondsPart() == 0 ? time.toMinutes() + " min" : time.toSeconds() + " s";
    }

    private static String range(Price price) {
        return price.expected().equals(price.upperBound())
                ? price.expected().toString()
                : price.expected() + " expected, at most " + price.upperBound();
    }
}

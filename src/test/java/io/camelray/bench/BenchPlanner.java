package io.camelray.bench;

import io.camelray.intake.ManifestSource;
import io.camelray.intake.PlanResult;
import io.camelray.intake.Planner;
import io.camelray.intake.PlanningSettings;
import io.camelray.ledger.PlanningLedger;
import io.camelray.model.Destination;
import io.camelray.model.Money;
import io.camelray.pricing.PriceBooks;
import io.camelray.rules.RuleBook;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** Manifests with a row for each render, and what plans them. */
public final class BenchPlanner {

    static final Money BUDGET = Money.dollars("10000000");

    private BenchPlanner() {}

    /** Plans a campaign of so many renders into a ledger. @param folder to write the manifest into */
    public static void plan(PlanningLedger ledger, Path folder, int renders) {
        accepted(ledger, folder, manifest(folder, "csv", renders));
    }

    /** The same of the longest renders that any price book has: 1080p, ten seconds. */
    public static void planLong(PlanningLedger ledger, Path folder, int renders) {
        Path manifest = manifest(folder, "csv", renders);
        try {
            Files.writeString(manifest, "defaults: { resolution: 1080p, duration: 10s }\n", StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        accepted(ledger, folder, manifest);
    }

    private static void accepted(PlanningLedger ledger, Path folder, Path manifest) {
        if (!(planner(ledger, folder).plan(source(manifest)) instanceof PlanResult.Accepted)) {
            throw new IllegalStateException("The manifest is not accepted");
        }
    }

    static ManifestSource source(Path manifest) {
        try {
            return new ManifestSource(
                    manifest.getFileName().toString(), Files.readAllBytes(manifest), Optional.of(manifest.getParent()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param ending {@code csv} or {@code jsonl} */
    static Path manifest(Path folder, String ending, int rows) {
        String row = ending.equals("csv")
                ? "sku-%1$d,\"a stoneware mug, number %1$d\",first light through linen curtains%n"
                : "{\"id\":\"sku-%1$d\",\"name\":\"a stoneware mug, number %1$d\","
                        + "\"mood\":\"first light through linen curtains\"}%n";
        try (BufferedWriter out = Files.newBufferedWriter(folder.resolve("skus." + ending))) {
            if (ending.equals("csv")) {
                out.write("id,name,mood\n");
            }
            for (int i = 0; i < rows; i++) {
                out.write(String.format(row, i));
            }
            return Files.writeString(
                    folder.resolve("large-" + ending + ".yaml"),
                    """
                    campaign: large-%1$s
                    budget: 10000000
                    matrix: { sku: { from: skus.%1$s } }
                    prompt: "Slow dolly around {{sku.name}} on a walnut table, {{sku.mood}}"
                    aspectRatio: "16:9"
                    deliver: { key: "{{campaign}}/{{sku.id}}.{{ext}}" }
                    """
                            .formatted(ending));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Planner planner(PlanningLedger ledger, Path folder) {
        PlanningSettings standard =
                PlanningSettings.standard(BUDGET, new Destination.Folder(folder.resolve("outputs")));
        PlanningSettings settings = new PlanningSettings(
                standard.provider(),
                standard.accounts(),
                standard.allowedAccounts(),
                standard.hdrAccess(),
                BUDGET,
                10_000_000,
                standard.stopAfterFailures(),
                standard.deliverTo(),
                standard.deliverAllowed(),
                standard.assetsAllowed());
        return new Planner(ledger, settings, RuleBook.standard(), PriceBooks.standard());
    }
}

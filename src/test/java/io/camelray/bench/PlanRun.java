package io.camelray.bench;

import com.sun.management.OperatingSystemMXBean;
import com.zaxxer.hikari.HikariDataSource;
import io.camelray.intake.ManifestSource;
import io.camelray.intake.PlanPreview;
import io.camelray.intake.PlanResult;
import io.camelray.intake.Planner;
import io.camelray.intake.PlanningSettings;
import io.camelray.ledger.DailyBudget;
import io.camelray.ledger.JdbcLedger;
import io.camelray.ledger.LedgerStore;
import io.camelray.model.Destination;
import io.camelray.model.Money;
import io.camelray.pricing.PriceBooks;
import io.camelray.rules.RuleBook;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.Optional;

/** Plans one manifest in a process of its own, and says how long that took. */
final class PlanRun {

    private static final Money BUDGET = Money.dollars("10000000");

    private PlanRun() {}

    /** @param arguments the manifest; then, to plan it into a ledger, the ledger's URL and user */
    public static void main(String[] arguments) throws IOException {
        Path manifest = Path.of(arguments[0]);
        ManifestSource source = new ManifestSource(
                manifest.getFileName().toString(), Files.readAllBytes(manifest), Optional.of(manifest.getParent()));
        PlanningSettings settings = settings(manifest.getParent());
        long renders;
        long start;
        if (arguments.length == 1) {
            start = System.nanoTime();
            renders = validated(new Planner(null, settings, RuleBook.standard(), PriceBooks.standard()), source);
        } else {
            try (HikariDataSource store = LedgerStore.open(arguments[1], arguments[2], "");
                    JdbcLedger ledger = new JdbcLedger(store, new DailyBudget(BUDGET, ZoneOffset.UTC))) {
                ledger.join("bench");
                start = System.nanoTime();
                renders = planned(new Planner(ledger, settings, RuleBook.standard(), PriceBooks.standard()), source);
            }
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        System.out.printf("%d %.3f %.3f%n", renders, seconds, system.getProcessCpuTime() / 1e9);
    }

    private static long validated(Planner planner, ManifestSource source) {
        PlanPreview preview = planner.preview(source);
        if (!preview.acceptable()) {
            throw new IllegalStateException(preview.violations().toString());
        }
        return preview.renders();
    }

    private static long planned(Planner planner, ManifestSource source) {
        if (planner.plan(source) instanceof PlanResult.Accepted accepted) {
            return accepted.added();
        }
        throw new IllegalStateException("The manifest is not accepted");
    }

    private static PlanningSettings settings(Path folder) {
        PlanningSettings standard =
                PlanningSettings.standard(BUDGET, new Destination.Folder(folder.resolve("outputs")));
        return new PlanningSettings(
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
    }
}

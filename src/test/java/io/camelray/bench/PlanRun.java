package io.camelray.bench;

import com.sun.management.OperatingSystemMXBean;
import com.zaxxer.hikari.HikariDataSource;
import io.camelray.intake.ManifestSource;
import io.camelray.intake.PlanPreview;
import io.camelray.intake.PlanResult;
import io.camelray.intake.Planner;
import io.camelray.ledger.AccountLimits;
import io.camelray.ledger.DailyBudget;
import io.camelray.ledger.JdbcLedger;
import io.camelray.ledger.LedgerStore;
import io.camelray.ledger.SubmissionLedger.AccountRegistration;
import io.camelray.ledger.SubmissionLedger.AttemptIntent;
import io.camelray.ledger.SubmissionLedger.DueRender;
import io.camelray.ledger.SubmissionLedger.Permit;
import io.camelray.model.AttemptToken;
import io.camelray.model.ProviderJobId;
import io.camelray.model.ProviderName;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/**
 * Plans one manifest in a process of its own, and says how many renders it has, how many seconds and CPU seconds that took;
 * then, of a ledger, the median and the 99th percentile of a claim in milliseconds, and changes of state per second.
 */
final class PlanRun {

    private static final String ACCOUNT = "luma";
    private static final int CLAIMS = 200;
    private static final int SUBMISSIONS = 500;

    private PlanRun() {}

    /** @param arguments the manifest; then, to plan it into a ledger, the ledger's URL and user */
    public static void main(String[] arguments) {
        Path manifest = Path.of(arguments[0]);
        ManifestSource source = BenchPlanner.source(manifest);
        if (arguments.length == 1) {
            long start = System.nanoTime();
            long renders = validated(BenchPlanner.planner(null, manifest.getParent()), source);
            System.out.printf("%d %.3f %.3f%n", renders, (System.nanoTime() - start) / 1e9, cpu());
            return;
        }
        try (HikariDataSource store = LedgerStore.open(arguments[1], arguments[2], "");
                JdbcLedger ledger = new JdbcLedger(store, DailyBudget.unlimited(ZoneOffset.UTC))) {
            ledger.join("bench");
            ledger.registerAccount(new AccountRegistration(
                    ACCOUNT,
                    ProviderName.LUMA,
                    "https://luma.example",
                    new AccountLimits(1_000_000, 1_000_000, 1_000_000)));
            long start = System.nanoTime();
            long renders = planned(BenchPlanner.planner(ledger, manifest.getParent()), source);
            double seconds = (System.nanoTime() - start) / 1e9;
            double cpu = cpu();
            double[] claims = claims(ledger);
            System.out.printf(
                    "%d %.3f %.3f %.3f %.3f %.1f%n", renders, seconds, cpu, claims[0], claims[1], changes(ledger));
        }
    }

    private static double cpu() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime() / 1e9;
    }

    /** What is due next, as the submit route asks for it: median and 99th percentile. */
    private static double[] claims(JdbcLedger ledger) {
        double[] millis = new double[CLAIMS];
        for (int i = 0; i < CLAIMS; i++) {
            long start = System.nanoTime();
            ledger.due(ACCOUNT, 4);
            millis[i] = (System.nanoTime() - start) / 1e6;
        }
        Arrays.sort(millis);
        return new double[] {millis[CLAIMS / 2], millis[CLAIMS * 99 / 100]};
    }

    /** Both changes of a submission, each on the disk before the next. */
    private static double changes(JdbcLedger ledger) {
        List<DueRender> due = ledger.due(ACCOUNT, SUBMISSIONS);
        long start = System.nanoTime();
        for (DueRender render : due) {
            AttemptToken token = new AttemptToken(UUID.randomUUID());
            ledger.bind(
                    new AttemptIntent(render.id(), token, "bench", new byte[0], Duration.ofMinutes(1)),
                    use -> new Permit.Granted());
            ledger.recordAccepted(token, new ProviderJobId("job-" + token.value()));
        }
        return 2 * due.size() / ((System.nanoTime() - start) / 1e9);
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
}

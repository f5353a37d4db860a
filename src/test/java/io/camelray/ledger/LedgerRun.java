package io.camelray.ledger;

import com.zaxxer.hikari.HikariDataSource;
import io.camelray.ledger.PlanningLedger.NewRevision;
import io.camelray.ledger.PlanningLedger.PlannedOutput;
import io.camelray.ledger.PlanningLedger.PlannedRender;
import io.camelray.ledger.PlanningLedger.RevisionDraft;
import io.camelray.ledger.PollingLedger.FoundOutput;
import io.camelray.ledger.SubmissionLedger.AccountRegistration;
import io.camelray.ledger.SubmissionLedger.AttemptIntent;
import io.camelray.ledger.SubmissionLedger.BindResult;
import io.camelray.ledger.SubmissionLedger.DueRender;
import io.camelray.ledger.SubmissionLedger.Permit;
import io.camelray.model.AttemptToken;
import io.camelray.model.Destination;
import io.camelray.model.Money;
import io.camelray.model.OutputKind;
import io.camelray.model.Price;
import io.camelray.model.Priority;
import io.camelray.model.ProviderJobId;
import io.camelray.model.ProviderName;
import io.camelray.model.RenderRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Fills a ledger with planned renders, beside campaigns that have ended, and asks it what the program asks, in a process
 * of its own. Says, of {@code due} alone and of a claim, the median and the 99th percentile in milliseconds; then changes
 * of state per second, one after the other and from eight threads; and leaves the plans of its queries in a file.
 */
final class LedgerRun {

    private static final String ACCOUNT = "luma";
    private static final String LARGE = "large";
    private static final int BATCH = 5000;
    private static final int CLAIMS = 300;
    private static final int MOVED = 200;
    private static final int THREADS = 8;
    /** What is bound, accepted and completed changes its state three times. */
    private static final int CHANGES = 3;

    private final JdbcLedger ledger;
    private final Jdbi database;

    private LedgerRun(JdbcLedger ledger, Jdbi database) {
        this.ledger = ledger;
        this.database = database;
    }

    /** @param arguments the ledger's URL and user, how many renders, how many ended campaigns, the file for the plans */
    public static void main(String[] arguments) throws Exception {
        try (HikariDataSource store = LedgerStore.open(arguments[0], arguments[1], "");
                JdbcLedger ledger = new JdbcLedger(store, DailyBudget.unlimited(ZoneOffset.UTC))) {
            ledger.join("bench");
            ledger.registerAccount(new AccountRegistration(
                    ACCOUNT,
                    ProviderName.LUMA,
                    "https://luma.example",
                    new AccountLimits(1_000_000, 1_000_000, 1_000_000)));
            new LedgerRun(ledger, Jdbi.create(store))
                    .run(Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3]), Path.of(arguments[4]));
        }
    }

    private void run(int renders, int ended, Path plans) throws Exception {
        for (int i = 0; i < ended; i++) {
            String name = "ended-" + i;
            plan(name, 1);
            ledger.cancelCampaign(name);
        }
        plan(LARGE, renders);
        claims(CLAIMS / 3);
        double[][] claims = claims(CLAIMS);
        double alone = changes(ledger.due(ACCOUNT, MOVED), 1);
        double together = changes(ledger.due(ACCOUNT, THREADS * MOVED), THREADS);
        Files.write(plans, database.withHandle(LedgerRun::plans));
        System.out.printf(
                Locale.ROOT,
                "%.3f %.3f %.3f %.3f %.1f %.1f%n",
                claims[0][CLAIMS / 2],
                claims[0][CLAIMS * 99 / 100],
                claims[1][CLAIMS / 2],
                claims[1][CLAIMS * 99 / 100],
                alone,
                together);
    }

    private void plan(String campaign, int renders) {
        NewRevision revision = new NewRevision(
                campaign,
                ProviderName.LUMA,
                ACCOUNT,
                Money.dollars("10000000"),
                Priority.NORMAL,
                0,
                "digest-of-" + campaign,
                campaign + ".yaml",
                "campaign: " + campaign);
        try (RevisionDraft draft = ledger.draft(revision)) {
            List<PlannedRender> batch = new ArrayList<>();
            for (int i = 0; i < renders; i++) {
                batch.add(render(campaign, i));
                if (batch.size() == BATCH || i == renders - 1) {
                    draft.add(batch);
                    batch.clear();
                }
            }
            draft.accept();
        }
    }

    private static PlannedRender render(String campaign, int ordinal) {
        String sku = "sku-" + ordinal;
        return new PlannedRender(
                "generate",
                "{\"sku\":{\"id\":\"" + sku + "\"}}",
                sku,
                ordinal,
                UUID.nameUUIDFromBytes((campaign + ordinal).getBytes(StandardCharsets.UTF_8))
                        .toString(),
                1,
                RenderRequest.textToVideo("Slow dolly around a stoneware mug, number " + ordinal
                        + ", first light through linen curtains"),
                new Price(Money.dollars("1.00"), Money.dollars("1.50"), ""),
                List.of(new PlannedOutput(
                        OutputKind.VIDEO, Destination.parse("s3://renders/bench/"), campaign + "/" + sku + ".mp4", "")),
                ordinal + 2,
                List.of());
    }

    /** As the submit route claims: what is due, and binding the first of it. @return those of the first part, and of both */
    private double[][] claims(int count) {
        double[][] millis = new double[2][count];
        for (int i = 0; i < count; i++) {
            long start = System.nanoTime();
            DueRender due = ledger.due(ACCOUNT, 4).get(0);
            millis[0][i] = (System.nanoTime() - start) / 1e6;
            bind(due);
            millis[1][i] = (System.nanoTime() - start) / 1e6;
        }
        Arrays.sort(millis[0]);
        Arrays.sort(millis[1]);
        return millis;
    }

    private AttemptToken bind(DueRender render) {
        AttemptToken token = new AttemptToken(UUID.randomUUID());
        BindResult result = ledger.bind(
                new AttemptIntent(render.id(), token, "bench", new byte[300], Duration.ofMinutes(1)),
                use -> new Permit.Granted());
        if (!(result instanceof BindResult.Bound)) {
            throw new IllegalStateException("Not bound: " + result);
        }
        return token;
    }

    private double changes(List<DueRender> due, int threads) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            long start = System.nanoTime();
            List<Future<?>> all = new ArrayList<>();
            for (DueRender render : due) {
                all.add(pool.submit(() -> complete(render)));
            }
            for (Future<?> one : all) {
                one.get();
            }
            return CHANGES * due.size() / ((System.nanoTime() - start) / 1e9);
        } finally {
            pool.shutdown();
        }
    }

    private void complete(DueRender render) {
        ProviderJobId job = new ProviderJobId(UUID.randomUUID().toString());
        ledger.recordAccepted(bind(render), job);
        ledger.recordRendered(
                render.id(),
                job,
                Optional.of("chain-of-" + job.value()),
                List.of(new FoundOutput(
                        OutputKind.VIDEO,
                        "https://storage.example/" + job.value() + ".mp4?signature=" + "0".repeat(300),
                        Instant.now().plusSeconds(3600))));
    }

    private static List<String> plans(Handle handle) {
        String explain = "EXPLAIN ANALYZE ";
        List<String> lines = new ArrayList<>();
        lines.add("-- whose turn it is");
        lines.addAll(handle.createQuery(explain + CampaignTable.TURNS)
                .bind("account", ACCOUNT)
                .bind("now", Long.MAX_VALUE)
                .bind("limit", 4)
                .mapTo(String.class)
                .list());
        lines.add("-- what is due of it");
        lines.addAll(handle.createQuery(explain + RenderTable.DUE)
                .bind(
                        "revision",
                        handle.createQuery("SELECT current_revision FROM ray_campaign WHERE name = :name")
                                .bind("name", LARGE)
                                .mapTo(Long.class)
                                .one())
                .bind("account", ACCOUNT)
                .bind("now", Long.MAX_VALUE)
                .bind("limit", 4)
                .mapTo(String.class)
                .list());
        lines.add("-- the render of a generation");
        lines.addAll(handle.createQuery(explain + RenderTable.GENERATION)
                .bind("provider", ProviderName.LUMA.label())
                .bind("id", "chain-of-nothing")
                .mapTo(String.class)
                .list());
        return lines;
    }
}

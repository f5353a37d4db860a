package io.camelray.engine;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.zaxxer.hikari.HikariDataSource;
import io.camelray.bench.BenchPlanner;
import io.camelray.ledger.AccountLimits;
import io.camelray.ledger.DailyBudget;
import io.camelray.ledger.JdbcLedger;
import io.camelray.ledger.LedgerStore;
import io.camelray.ledger.SubmissionLedger.AttemptIntent;
import io.camelray.ledger.SubmissionLedger.DueRender;
import io.camelray.ledger.SubmissionLedger.Permit;
import io.camelray.model.AttemptToken;
import io.camelray.model.ProviderJobId;
import io.camelray.model.ProviderName;
import io.camelray.provider.Providers;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Many renders in flight at a sandbox, watched by the poller as the engine sets it up, in a process of its own. */
final class InFlightRun {

    private static final String ACCOUNT = "luma";
    private static final String KEY = "luma-api-bench";
    private static final int PAGE = 1000;
    private static final Duration SELDOM = Duration.ofSeconds(30);
    static final String BODY =
            """
            {"model":"ray-3.2","type":"video","prompt":"A mug, number %d","aspect_ratio":"16:9",
             "video":{"resolution":"720p","duration":"5s"}}""";

    private final Lateness lateness = new Lateness();
    private final AtomicInteger peakThreads = new AtomicInteger();
    private final URI sandbox;
    private final int renders;
    private final long watch;
    private final JdbcLedger ledger;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private InFlightRun(URI sandbox, int renders, long watch, JdbcLedger ledger) {
        this.sandbox = sandbox;
        this.renders = renders;
        this.watch = watch;
        this.ledger = ledger;
    }

    /**
     * @param arguments the sandbox's base URL, how many renders, a folder to work in; then, for renders of 1080p and ten
     *     seconds, which are asked for every 30 seconds, how many seconds to watch all of them in flight
     */
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[2]);
        try (HikariDataSource store = LedgerStore.open("jdbc:h2:file:" + folder.resolve("ledger"), "sa", "");
                JdbcLedger ledger = new JdbcLedger(store, DailyBudget.unlimited(ZoneOffset.UTC))) {
            long watch = arguments.length > 3 ? Long.parseLong(arguments[3]) : 0;
            new InFlightRun(URI.create(arguments[0]), Integer.parseInt(arguments[1]), watch, ledger).run(folder);
        }
        System.exit(0);
    }

    private void run(Path folder) throws Exception {
        AccountLimits limits = new AccountLimits(1_000_000, 1_000_000, 1000);
        Account account = new Account(
                ACCOUNT, new Providers(true).get(ProviderName.LUMA), sandbox, () -> Optional.of(KEY), limits);
        Accounts accounts = new Accounts(List.of(account));
        ledger.join("bench");
        ledger.registerAccount(account.registration());
        if (watch > 0) {
            BenchPlanner.planLong(ledger, folder, renders);
        } else {
            BenchPlanner.plan(ledger, folder, renders);
        }
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, named("ray-poll-timer"));
        ExecutorService workers = Executors.newFixedThreadPool(2, named("ray-poll-answers"));
        RetryPolicy retries = new RetryPolicy(8, 2, new Random(1));
        AccountAlerts alerts = new AccountAlerts(ledger, Duration.ofMinutes(5));
        try (PollTransport transport = new PollTransport(HttpTimes.DEFAULT)) {
            PollAnswers answers = new PollAnswers(ledger, alerts, retries, Duration.ofMinutes(5), Clock.systemUTC());
            Poller poller = new Poller(
                    ledger,
                    accounts,
                    transport,
                    answers,
                    watch > 0 ? new PollPlan(Optional.of(SELDOM), Optional.of(SELDOM)) : PollPlan.LEARNING,
                    new RenderTimes(ledger),
                    Clock.systemUTC(),
                    timer,
                    workers,
                    new EngineFigures());
            poller.onAnswer(lateness::add);
            long before = heap();
            long start = System.nanoTime();
            submit(poller);
            double submitting = (System.nanoTime() - start) / 1e9;
            int inFlight = ledger.rendering(Optional.empty(), renders).size();
            long growth = heap() - before;
            lateness.clear();
            poller.start();
            if (watch > 0) {
                // Those that should have been asked for while others were submitted are asked for at once.
                TimeUnit.MILLISECONDS.sleep(2 * SELDOM.toMillis());
                lateness.clear();
            }
            double cpu = cpu();
            long watched = System.nanoTime();
            while (watch == 0
                    ? !ledger.rendering(Optional.empty(), 1).isEmpty()
                    : System.nanoTime() - watched < watch * 1_000_000_000) {
                peakThreads.accumulateAndGet(pollingThreads(), Math::max);
                TimeUnit.MILLISECONDS.sleep(500);
            }
            System.out.printf(
                    "%d %.3f %.1f %d %.4f %.4f %.4f %d %.2f %.2f %.1f%n",
                    inFlight,
                    growth / 1024.0 / Math.max(1, inFlight),
                    submitting,
                    peakThreads.get(),
                    lateness.seconds(0.5),
                    lateness.seconds(0.99),
                    lateness.seconds(1),
                    lateness.count(),
                    cpu(),
                    cpu() - cpu,
                    heap() / 1048576.0);
        }
    }

    private static double cpu() {
        return ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
                        .getProcessCpuTime()
                / 1e9;
    }

    private void submit(Poller poller) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        // In pages: what is measured is the heap of what is in flight, not of what waits.
        for (List<DueRender> due = ledger.due(ACCOUNT, PAGE); !due.isEmpty(); due = ledger.due(ACCOUNT, PAGE)) {
            List<Future<?>> all = new java.util.ArrayList<>();
            for (DueRender render : due) {
                all.add(threads.submit(() -> submit(render)));
            }
            for (Future<?> one : all) {
                one.get();
            }
        }
        threads.shutdown();
        poller.sweep();
    }

    private Void submit(DueRender render) throws Exception {
        String body = watch > 0 ? BODY.replace("720p", "1080p").replace("5s", "10s") : BODY;
        AttemptToken token = new AttemptToken(UUID.randomUUID());
        ledger.bind(
                new AttemptIntent(render.id(), token, "bench", new byte[0], Duration.ofMinutes(1)),
                use -> new Permit.Granted());
        HttpResponse<String> reply = client.send(
                HttpRequest.newBuilder(URI.create(sandbox + "/generations"))
                        .header("Authorization", "Bearer " + KEY)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(
                                String.format(body, render.id().value())))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        String job = new ObjectMapper().readTree(reply.body()).path("id").asText();
        if (job.isEmpty()) {
            throw new IllegalStateException("The sandbox says: " + reply.statusCode() + " " + reply.body());
        }
        ledger.recordAccepted(token, new ProviderJobId(job));
        return null;
    }

    private static java.util.concurrent.ThreadFactory named(String name) {
        return work -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    private static int pollingThreads() {
        return (int) Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("ray-poll") || name.startsWith("httpclient-"))
                .count();
    }

    static long heap() throws InterruptedException {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            System.gc();
            TimeUnit.MILLISECONDS.sleep(200);
            Runtime runtime = Runtime.getRuntime();
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least;
    }
}

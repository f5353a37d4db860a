package io.camelray.engine;

import io.camelray.ledger.AccountUse;
import io.camelray.ledger.Ledger;
import io.camelray.ledger.PollingLedger.RenderingRender;
import io.camelray.ledger.RenderRecord;
import io.camelray.ledger.SubmissionLedger.AccountRegistration;
import io.camelray.ledger.SubmissionLedger.DueRender;
import io.camelray.ledger.SubmissionLedger.Permit;
import io.camelray.model.AttemptToken;
import io.camelray.model.ProviderJobId;
import io.camelray.provider.JobStatus;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Submits and polls, from the ledger to the ledger. Built, then started once, then closed once; in between all methods
 * may be called from any thread.
 */
public final class Engine implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);
    private static final Duration RECORD_AGAIN = Duration.ofSeconds(2);

    private final Ledger ledger;
    private final Accounts accounts;
    private final Receipts receipts;
    private final RenderMedia media;
    private final Clock clock;
    private final AccountGovernor governor = new AccountGovernor();
    private final SubmitTransport submitTransport;
    private final PollTransport pollTransport;
    private final ReplyRecorder recorder;
    private final SubmitProtocol protocol;
    private final Poller poller;
    private final ScheduledThreadPoolExecutor timer;
    private final ExecutorService workers;
    private final Map<String, Long> restUntil = new ConcurrentHashMap<>();

    /** @param media closed with the engine */
    public Engine(
            Ledger ledger,
            Accounts accounts,
            Receipts receipts,
            RenderMedia media,
            EngineSettings settings,
            Clock clock) {
        this.ledger = ledger;
        this.accounts = accounts;
        this.receipts = receipts;
        this.media = media;
        this.clock = clock;
        this.submitTransport = new SubmitTransport(settings.http());
        this.pollTransport = new PollTransport(settings.http());
        this.recorder = new ReplyRecorder(ledger, settings.retries());
        this.protocol = new SubmitProtocol(
                ledger,
                governor,
                new MediaPreparer(media),
                submitTransport,
                receipts,
                recorder,
                () -> new AttemptToken(UUID.randomUUID()),
                clock,
                System::nanoTime);
        this.timer = new ScheduledThreadPoolExecutor(1, daemon("ray-poll-timer"));
        this.timer.setRemoveOnCancelPolicy(true);
        this.workers = Executors.newFixedThreadPool(2, daemon("ray-poll-answers"));
        this.poller = new Poller(
                ledger,
                accounts,
                pollTransport,
                new PollAnswers(ledger, ledger, settings.retries()),
                settings.pollPlan(),
                new RenderTimes(ledger),
                clock,
                timer,
                workers);
    }

    /**
     * Takes up what an earlier program left: replays receipts, makes what was on the wire unknown, frees leases and
     * sweeps drafts; then begins to poll. Call it only when no other program works on an embedded ledger.
     *
     * @throws IllegalStateException if the ledger knows an account under another base URL
     */
    public void start() {
        for (Account account : accounts.all()) {
            ledger.registerAccount(new AccountRegistration(
                    account.name(), account.provider().name(), account.baseUrl().toString(), account.limits()));
        }
        // Whoever starts the program has had the chance to mend the account; if not, one free refusal pauses it again.
        accounts.all().stream()
                .map(Account::name)
                .filter(name -> ledger.use(name).pausedFor().isPresent())
                .forEach(ledger::resumeAccount);
        receipts.replay(this::replay);
        int unknown = ledger.abandonSubmissions("the program ended while the request was on the wire");
        if (unknown > 0) {
            LOG.warn("{} renders were on the wire when the last program ended, and are unknown now", unknown);
        }
        ledger.releaseAllLeases();
        ledger.sweepDrafts();
        timer.scheduleWithFixedDelay(
                recorder::retryWaiting, RECORD_AGAIN.toMillis(), RECORD_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
        poller.start();
    }

    private boolean replay(Receipts.Receipt receipt) {
        Optional<Account> account = accounts.find(receipt.account());
        if (account.isEmpty()) {
            LOG.warn("A receipt of account {} waits: the account is not configured", receipt.account());
            return false;
        }
        try {
            recorder.replay(
                    receipt.account(),
                    receipt.token(),
                    account.get().provider().verdict(Optional.empty(), receipt.reply()));
        } catch (IllegalArgumentException e) {
            // Another ledger's receipt: this one was made anew, or the home was put together from two.
            LOG.warn("A receipt belongs to no attempt of this ledger, and is kept in receipts.log.1 only");
        }
        return true;
    }

    public Accounts accounts() {
        return accounts;
    }

    /** How many more submissions the account looks free for; binding decides. */
    public Outlook outlook(Account account) {
        AccountUse use = ledger.use(account.name());
        Duration pause = governor.decide(use) instanceof Permit.Wait wait
                ? Duration.between(use.now(), wait.until())
                : Duration.ZERO;
        Duration rest = rest(account);
        if (!rest.isZero()) {
            return new Outlook(0, rest);
        }
        return new Outlook(governor.room(use), pause.isNegative() ? Duration.ZERO : pause);
    }

    /** What binding found out and the account's use does not show, such as a day whose budget is spent. */
    private Duration rest(Account account) {
        Long until = restUntil.get(account.name());
        long left = until == null ? 0 : until - System.nanoTime();
        return left > 0 ? Duration.ofNanos(left) : Duration.ZERO;
    }

    /** @param room submissions that may start now @param pause after which to look again when there is no room */
    public record Outlook(int room, Duration pause) {}

    /** Runs the submission protocol for a render that is due; everything that follows is in the ledger. */
    public SubmitResult submit(DueRender render) {
        Account account = accounts.find(render.account())
                .orElseThrow(() -> new IllegalStateException("No account '" + render.account() + "' is configured"));
        SubmitResult result = protocol.submit(account, render);
        if (result instanceof SubmitResult.Waits waits && !waits.pause().isZero()) {
            restUntil.put(account.name(), System.nanoTime() + waits.pause().toNanos());
        }
        if (result instanceof SubmitResult.Accepted accepted) {
            poller.watch(new RenderingRender(
                    render.id(),
                    render.campaign(),
                    render.account(),
                    accepted.job(),
                    render.request(),
                    clock.instant(),
                    render.attempts() + 1));
        }
        return result;
    }

    /** Asks the provider for a job, now. The future fails with an {@link java.io.IOException} when it cannot be asked. */
    public CompletableFuture<JobStatus> ask(String accountName, ProviderJobId job) {
        Account account = accounts.find(accountName)
                .orElseThrow(() -> new IllegalStateException("No account '" + accountName + "' is configured"));
        String key = account.key()
                .get()
                .orElseThrow(() -> new IllegalStateException("Account '" + accountName + "' has no API key"));
        return pollTransport
                .get(account.baseUrl(), account.provider().statusQuery(job), key)
                .thenApplyAsync(reply -> account.provider().status(reply, clock.instant()), workers);
    }

    /** Asks for a render that waits for delivery, and records the fresh URLs if it still has outputs. */
    public CompletableFuture<JobStatus> mintUrls(RenderRecord render) {
        ProviderJobId job = render.job()
                .orElseThrow(() -> new IllegalStateException("Render " + render.id() + " was never accepted"));
        return ask(render.account(), job).thenApply(status -> {
            if (status instanceof JobStatus.Completed completed) {
                ledger.recordFreshUrls(render.id(), PollAnswers.found(completed));
            }
            return status;
        });
    }

    private static ThreadFactory daemon(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    /** What is on the wire is recorded if it answers within a few seconds; the rest is found again at the next start. */
    @Override
    public void close() {
        timer.shutdownNow();
        pollTransport.close();
        workers.shutdown();
        try {
            if (!workers.awaitTermination(5, TimeUnit.SECONDS)) {
                workers.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        recorder.retryWaiting();
        submitTransport.close();
        media.close();
        receipts.close();
    }
}

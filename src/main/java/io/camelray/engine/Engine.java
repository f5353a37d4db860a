package io.camelray.engine;

import io.camelray.ledger.AccountUse;
import io.camelray.ledger.Ledger;
import io.camelray.ledger.LedgerAbsence;
import io.camelray.ledger.PollingLedger.RenderingRender;
import io.camelray.ledger.RenderRecord;
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
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Submits and polls, from the ledger to the ledger. Built, then started once, then closed once; in between all methods
 * may be called from any thread.
 */
public final class Engine implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);
    private static final Duration RECORD_AGAIN = Duration.ofSeconds(2);
    /** How late an undo window may be seen to be over. */
    private static final Duration WINDOWS = Duration.ofMillis(250);

    private static final Duration RESUBMIT = Duration.ofMinutes(1);

    private final Ledger ledger;
    private final Accounts accounts;
    private final Receipts receipts;
    private final RenderMedia media;
    private final Clock clock;
    private final EngineFigures figures = new EngineFigures();
    private final AccountGovernor governor = new AccountGovernor();
    private final SubmitTransport submitTransport;
    private final PollTransport pollTransport;
    private final ReplyRecorder recorder;
    private final SubmitProtocol protocol;
    private final Poller poller;
    private final Reconciler reconciler;
    private final JobQuestions questions;
    private final Canceller canceller;
    private final Resubmitter resubmitter;
    private final UnknownPolicy unknownPolicy;
    private final Callbacks callbacks;
    private final LeaseKeeper leases;
    private final ScheduledThreadPoolExecutor timer;
    private final ExecutorService workers;
    private final AtomicBoolean stopping = new AtomicBoolean();
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
        AccountAlerts alerts = new AccountAlerts(ledger, settings.creditRecheck());
        this.recorder = new ReplyRecorder(ledger, settings.retries(), alerts);
        this.protocol = new SubmitProtocol(
                ledger,
                governor,
                new MediaPreparer(media),
                submitTransport,
                receipts,
                recorder,
                alerts,
                () -> new AttemptToken(UUID.randomUUID()),
                stopping::get,
                clock,
                System::nanoTime,
                figures);
        this.timer = new ScheduledThreadPoolExecutor(1, daemon("ray-poll-timer"));
        this.timer.setRemoveOnCancelPolicy(true);
        this.workers = Executors.newFixedThreadPool(2, daemon("ray-poll-answers"));
        PollAnswers answers = new PollAnswers(ledger, alerts, settings.retries(), settings.outputPatience(), clock);
        this.questions = new JobQuestions(accounts, pollTransport, clock, workers);
        this.canceller = new Canceller(ledger, accounts, pollTransport, answers, clock, workers);
        this.resubmitter = new Resubmitter(ledger, settings.retries().creativeLimit());
        this.unknownPolicy = settings.unknown();
        this.poller = new Poller(
                ledger,
                accounts,
                pollTransport,
                answers,
                settings.pollPlan(),
                new RenderTimes(ledger),
                clock,
                timer,
                workers,
                figures);
        this.reconciler = new Reconciler(ledger, accounts, new Reconciliation(ledger, ledger, pollTransport), poller);
        this.callbacks = new Callbacks(accounts, pollTransport, this::nudge, settings.webhookSecret(), clock);
        this.leases = new LeaseKeeper(
                ledger, accounts.all().stream().map(Account::name).toList(), poller::sweepSoon);
    }

    /**
     * Joins the nodes that work on this ledger and takes up what an earlier life of this one left: replays receipts,
     * makes what was on the wire unknown, frees leases and sweeps drafts of the dead; then begins to poll.
     *
     * @param node this node's name, which no living program but this one works under
     * @throws IllegalStateException if the ledger knows an account under another base URL
     */
    public void start(String node) {
        ledger.join(node);
        for (Account account : accounts.all()) {
            ledger.registerAccount(account.registration());
        }
        // Whoever starts the program has had the chance to mend the account; if not, one free refusal pauses it again.
        accounts.all().stream().map(Account::name).forEach(ledger::recordAccountMended);
        receipts.replay(this::replay);
        int unknown = ledger.abandonSubmissions("the program ended while the request was on the wire");
        if (unknown > 0) {
            LOG.warn("{} renders were on the wire when the last program ended, and are unknown now", unknown);
        }
        ledger.releaseAllLeases();
        ledger.sweepDrafts();
        timer.scheduleWithFixedDelay(
                recorder::retryWaiting, RECORD_AGAIN.toMillis(), RECORD_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
        timer.scheduleWithFixedDelay(
                () -> workers.execute(this::closeUndoWindows), 0, WINDOWS.toMillis(), TimeUnit.MILLISECONDS);
        poller.start();
        reconciler.start();
        canceller.start(timer);
        ledger.onChange(canceller::changed);
        if (unknownPolicy == UnknownPolicy.RESUBMIT) {
            timer.scheduleWithFixedDelay(
                    () -> workers.execute(resubmitter::work), 0, RESUBMIT.toMillis(), TimeUnit.MILLISECONDS);
        }
        leases.start();
    }

    private void closeUndoWindows() {
        try {
            ledger.closeUndoWindows();
        } catch (RuntimeException e) {
            if (!LedgerAbsence.explains(e)) {
                LOG.warn("Undo windows cannot be closed now: {}", e.getMessage());
            }
        }
    }

    private boolean replay(Receipts.Receipt receipt) {
        Optional<Account> account = accounts.find(receipt.account());
        if (account.isEmpty()) {
            LOG.warn("A receipt of account {} waits: the account is not configured", receipt.account());
            return false;
        }
        if (ledger.isArchived(receipt.token())) {
            return true;
        }
        try {
            recorder.replay(
                    receipt.account(),
                    receipt.token(),
                    account.get().provider().verdict(Optional.empty(), receipt.reply()));
        } catch (IllegalArgumentException e) {
            pauseForgotten(receipt);
        }
        return true;
    }

    /**
     * The ledger was made anew, or is older than what it was used for: it may plan again what is paid for already. A pause
     * like an operator's, because starting the program again proves nothing.
     */
    private void pauseForgotten(Receipts.Receipt receipt) {
        String reason =
                "a reply to attempt " + receipt.token() + " is in receipts.log.1, of which this ledger knows nothing:"
                        + " it was replaced, or is older than its last use. See what is paid for before going on";
        ledger.pauseAccount(receipt.account(), reason);
        LOG.error(
                "Account {} is paused: {}, then: camel-ray resume account:{}",
                receipt.account(),
                reason,
                receipt.account());
    }

    public Accounts accounts() {
        return accounts;
    }

    /** Lets go of the receipts that are settled, if the oldest is older than this; one earlier file is kept. */
    public void forgetReceipts(Duration age) {
        if (receipts.isOldestBefore(clock.instant().minus(age))) {
            receipts.replay(this::replay);
        }
    }

    /** What was sent and asked since the start. */
    public EngineFigures figures() {
        return figures;
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

    /** From now on nothing is posted; what is on the wire is still recorded. There is no way back. */
    public void stopSubmitting() {
        stopping.set(true);
    }

    /** Takes what providers call back with. */
    public Callbacks callbacks() {
        return callbacks;
    }

    /**
     * Asks for a job now that would be asked for later. One that is not known yet is asked for as soon as it is: its
     * submission may still wait for its reply.
     */
    public void nudge(String account, ProviderJobId job) {
        poller.nudge(account, job);
    }

    /** Asks the provider for a job, now. The future fails with an {@link java.io.IOException} when it cannot be asked. */
    public CompletableFuture<JobStatus> ask(String accountName, ProviderJobId job) {
        return questions.ask(accountName, job);
    }

    /** Makes sure of a job before a render adopts it. */
    public AdoptionCheck adoptionCheck() {
        return AdoptionCheck.of(questions);
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
        reconciler.close();
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
        leases.close();
        submitTransport.close();
        media.close();
        receipts.close();
    }
}

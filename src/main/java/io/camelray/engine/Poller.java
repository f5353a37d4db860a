package io.camelray.engine;

import io.camelray.ledger.LedgerAbsence;
import io.camelray.ledger.LedgerUnavailableException;
import io.camelray.ledger.PollingLedger;
import io.camelray.ledger.PollingLedger.RenderingRender;
import io.camelray.model.LogContext;
import io.camelray.model.ProviderJobId;
import io.camelray.model.RenderId;
import io.camelray.provider.JobStatus;
import io.camelray.provider.WireReply;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks for the status of every render that is rendering, at the times that the {@link PollPlan} chooses, until it is
 * terminal. No render holds a thread: one timer, asynchronous HTTP, and a small pool that records the answers. Renders
 * are never given up because they are late, and never submitted again for it.
 */
final class Poller {

    private static final Logger LOG = LoggerFactory.getLogger(Poller.class);
    private static final Duration SWEEP = Duration.ofSeconds(10);
    private static final int PAGE = 1000;
    private static final int EARLY_AT_MOST = 1000;
    private static final Duration WHILE_LEDGER_AWAY = Duration.ofSeconds(5);
    /** After what nobody foresaw; the render must stay under watch all the same. */
    private static final Duration AFTER_SURPRISE = Duration.ofMinutes(1);

    private final PollingLedger ledger;
    private final Accounts accounts;
    private final PollTransport transport;
    private final PollAnswers answers;
    private final PollPlan plan;
    private final RenderTimes times;
    private final Clock clock;
    private final ScheduledExecutorService timer;
    private final ExecutorService workers;
    private final EngineFigures figures;
    private final Map<RenderId, Watch> watched = new ConcurrentHashMap<>();
    private volatile LongConsumer lateness = nanos -> {};
    private final Set<Job> early = Collections.synchronizedSet(Collections.newSetFromMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Job, Boolean> eldest) {
            return size() > EARLY_AT_MOST;
        }
    }));

    /** A job at its account. */
    private record Job(String account, ProviderJobId id) {}

    /** @param timer one thread is enough @param workers record the answers */
    Poller(
            PollingLedger ledger,
            Accounts accounts,
            PollTransport transport,
            PollAnswers answers,
            PollPlan plan,
            RenderTimes times,
            Clock clock,
            ScheduledExecutorService timer,
            ExecutorService workers,
            EngineFigures figures) {
        this.ledger = ledger;
        this.accounts = accounts;
        this.transport = transport;
        this.answers = answers;
        this.plan = plan;
        this.times = times;
        this.clock = clock;
        this.timer = timer;
        this.workers = workers;
        this.figures = figures;
    }

    /** Is told how many nanoseconds after its planned time each answer had been recorded. */
    void onAnswer(LongConsumer told) {
        lateness = told;
    }

    void start() {
        timer.scheduleWithFixedDelay(() -> onWorker(this::sweep), 0, SWEEP.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Sweeps now instead of at its time. */
    void sweepSoon() {
        onWorker(this::sweep);
    }

    /**
     * Finds renders that nobody here watches, after a start, an adoption, or a take-over; and watches no longer what
     * another node has taken over.
     */
    void sweep() {
        Set<RenderId> gone = new HashSet<>(watched.keySet());
        Optional<RenderId> after = Optional.empty();
        for (List<RenderingRender> page = ledger.rendering(after, PAGE);
                !page.isEmpty();
                page = ledger.rendering(after, PAGE)) {
            page.forEach(this::watch);
            page.forEach(render -> gone.remove(render.id()));
            after = Optional.of(page.get(page.size() - 1).id());
        }
        watched.keySet().removeAll(gone);
    }

    /** Begins to watch a render, unless it is watched already. */
    void watch(RenderingRender render) {
        if (accounts.find(render.account()).isEmpty() || watched.containsKey(render.id())) {
            return;
        }
        // Before it counts as watched: the ledger may be away, and what is watched without a time is never asked for.
        Duration first = plan.first(times.of(render.request()));
        Watch watch = new Watch(render);
        if (watched.putIfAbsent(render.id(), watch) == null) {
            Duration age = watch.age();
            // After a restart, what should have been asked long ago is asked at once, spread over a second.
            long delay =
                    Math.max(render.id().value() * 37 % 1000, first.minus(age).toMillis());
            boolean nudged = early.remove(new Job(render.account(), render.job()));
            schedule(watch, nudged ? Duration.ZERO : Duration.ofMillis(delay));
        }
    }

    /** Asks for a job now; for one that nobody watches yet, when somebody does. */
    void nudge(String account, ProviderJobId job) {
        // Noted first: a watch that begins in between either is found below, or finds the note.
        Job known = new Job(account, job);
        early.add(known);
        Optional<Watch> watch = watched.values().stream()
                .filter(candidate -> candidate.render.account().equals(account)
                        && candidate.render.job().equals(job))
                .findFirst();
        if (watch.isPresent()) {
            early.remove(known);
            hurry(watch.get());
        }
    }

    private void hurry(Watch watch) {
        synchronized (watch) {
            watch.nudged = true;
            if (watch.next != null && watch.next.cancel(false)) {
                schedule(watch, Duration.ZERO);
            }
        }
    }

    private void schedule(Watch watch, Duration delay) {
        try {
            synchronized (watch) {
                // A nudge that came while a question was open.
                Duration wait = watch.nudged ? Duration.ZERO : delay;
                watch.nudged = false;
                watch.dueNanos = System.nanoTime() + wait.toNanos();
                watch.next = timer.schedule(() -> ask(watch), wait.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (RejectedExecutionException e) {
            LOG.debug("Stopping: render {} is not watched any more", watch.render.id());
        }
    }

    private void ask(Watch watch) {
        if (watched.get(watch.render.id()) != watch) {
            return;
        }
        try {
            Optional<Account> account = accounts.find(watch.render.account());
            Optional<String> key = account.flatMap(found -> found.key().get());
            if (key.isEmpty()) {
                schedule(watch, Duration.ofSeconds(30));
                return;
            }
            figures.polled(account.get().name(), System.nanoTime() - watch.dueNanos);
            transport
                    .send(account.get().baseUrl(), account.get().provider().statusQuery(watch.render.job()), key.get())
                    .whenComplete((reply, failure) -> onWorker(() -> answer(watch, account.get(), reply, failure)));
        } catch (RuntimeException e) {
            LOG.error("Render {} cannot be asked for now: {}", watch.render.id(), Causes.describe(e), e);
            schedule(watch, AFTER_SURPRISE);
        }
    }

    private void answer(Watch watch, Account account, WireReply reply, Throwable failure) {
        PollStep step = new PollStep.AskAgain(Optional.of(AFTER_SURPRISE), watch.trouble);
        try (LogContext context = LogContext.of(watch.render.campaign(), watch.render.id())) {
            JobStatus status = failure == null
                    ? account.provider().status(watch.render.job(), reply, clock.instant())
                    : new JobStatus.Inconclusive(Causes.describe(failure), Optional.empty());
            if (failure == null) {
                figures.answered(account.name(), reply.status());
                warn(watch, account, reply);
            }
            step = answers.record(watch.render, status, watch.trouble);
        } catch (LedgerUnavailableException e) {
            if (!LedgerAbsence.explains(e)) {
                LOG.error("The ledger cannot take what became of render {}: {}", watch.render.id(), e.getMessage());
            }
            step = new PollStep.AskAgain(Optional.of(WHILE_LEDGER_AWAY), watch.trouble);
        } finally {
            lateness.accept(System.nanoTime() - watch.dueNanos);
            follow(watch, step);
        }
    }

    private void follow(Watch watch, PollStep step) {
        if (step instanceof PollStep.AskAgain again) {
            watch.trouble = again.trouble();
            Duration gap = gap(watch);
            schedule(
                    watch,
                    again.notBefore().filter(pause -> pause.compareTo(gap) > 0).orElse(gap));
        } else {
            watched.remove(watch.render.id(), watch);
            times.completed(watch.render.request());
        }
    }

    /** What is watched must stay under watch, so what was learned may be out of reach. */
    private Duration gap(Watch watch) {
        try {
            return plan.gap(times.of(watch.render.request()), watch.age());
        } catch (LedgerUnavailableException e) {
            return WHILE_LEDGER_AWAY;
        }
    }

    private void warn(Watch watch, Account account, WireReply reply) {
        Optional<String> warning = ModelEcho.difference(account.provider(), watch.render.request(), reply);
        if (warning.isPresent() && !warning.equals(watch.warning)) {
            ledger.recordWarning(watch.render.id(), watch.render.job(), warning.get());
            watch.warning = warning;
            LOG.warn("Job {} of render {}: {}", watch.render.job(), watch.render.id(), warning.get());
        }
    }

    private void onWorker(Runnable work) {
        try {
            workers.execute(() -> {
                try {
                    work.run();
                } catch (RuntimeException e) {
                    if (!LedgerAbsence.explains(e)) {
                        LOG.error("Polling met a failure that it did not expect: {}", Causes.describe(e), e);
                    }
                }
            });
        } catch (RejectedExecutionException e) {
            LOG.debug("Stopping: an answer is not recorded, and will be asked for again");
        }
    }

    /** One render under watch. Only one question is open at a time, so its fields need no lock. */
    private final class Watch {
        private final RenderingRender render;
        private final Instant acceptedAt;
        private volatile PollTrouble trouble = PollTrouble.NONE;
        private volatile Optional<String> warning = Optional.empty();
        /** Guarded by the watch, as is {@link #nudged}. */
        private ScheduledFuture<?> next;

        private boolean nudged;
        private volatile long dueNanos = System.nanoTime();

        Watch(RenderingRender render) {
            this.render = render;
            this.acceptedAt = render.acceptedAt();
        }

        Duration age() {
            Duration age = Duration.between(acceptedAt, clock.instant());
            return age.isNegative() ? Duration.ZERO : age;
        }
    }
}

package io.camelray.engine;

import io.camelray.ledger.LedgerUnavailableException;
import io.camelray.ledger.PollingLedger;
import io.camelray.ledger.PollingLedger.RenderingRender;
import io.camelray.model.RenderId;
import io.camelray.provider.JobStatus;
import io.camelray.provider.WireReply;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
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

    private final PollingLedger ledger;
    private final Accounts accounts;
    private final PollTransport transport;
    private final PollAnswers answers;
    private final PollPlan plan;
    private final RenderTimes times;
    private final Clock clock;
    private final ScheduledExecutorService timer;
    private final ExecutorService workers;
    private final Map<RenderId, Watch> watched = new ConcurrentHashMap<>();

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
            ExecutorService workers) {
        this.ledger = ledger;
        this.accounts = accounts;
        this.transport = transport;
        this.answers = answers;
        this.plan = plan;
        this.times = times;
        this.clock = clock;
        this.timer = timer;
        this.workers = workers;
    }

    void start() {
        timer.scheduleWithFixedDelay(() -> onWorker(this::sweep), 0, SWEEP.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Finds renders that nobody here watches: after a start, an adoption, or a take-over. */
    void sweep() {
        Optional<RenderId> after = Optional.empty();
        for (List<RenderingRender> page = ledger.rendering(after, PAGE);
                !page.isEmpty();
                page = ledger.rendering(after, PAGE)) {
            page.forEach(this::watch);
            after = Optional.of(page.get(page.size() - 1).id());
        }
    }

    /** Begins to watch a render, unless it is watched already. */
    void watch(RenderingRender render) {
        Watch watch = new Watch(render);
        if (accounts.find(render.account()).isPresent() && watched.putIfAbsent(render.id(), watch) == null) {
            Duration age = watch.age();
            Duration first = plan.first(times.of(render.request()));
            // After a restart, what should have been asked long ago is asked at once, spread over a second.
            long delay =
                    Math.max(render.id().value() * 37 % 1000, first.minus(age).toMillis());
            schedule(watch, Duration.ofMillis(delay));
        }
    }

    private void schedule(Watch watch, Duration delay) {
        try {
            timer.schedule(() -> ask(watch), delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("Stopping: render {} is not watched any more", watch.render.id());
        }
    }

    private void ask(Watch watch) {
        Optional<Account> account = accounts.find(watch.render.account());
        Optional<String> key = account.flatMap(found -> found.key().get());
        if (key.isEmpty()) {
            schedule(watch, Duration.ofSeconds(30));
            return;
        }
        transport
                .get(account.get().baseUrl(), account.get().provider().statusQuery(watch.render.job()), key.get())
                .whenComplete((reply, failure) -> onWorker(() -> answer(watch, account.get(), reply, failure)));
    }

    private void answer(Watch watch, Account account, WireReply reply, Throwable failure) {
        JobStatus status = failure == null
                ? account.provider().status(reply, clock.instant())
                : new JobStatus.Inconclusive(Causes.describe(failure), Optional.empty());
        PollStep step;
        try {
            step = answers.record(watch.render, status, watch.troubles);
        } catch (LedgerUnavailableException e) {
            LOG.error("The ledger cannot take what became of render {}: {}", watch.render.id(), e.getMessage());
            step = new PollStep.AskAgain(Optional.of(Duration.ofSeconds(5)), watch.troubles);
        }
        if (step instanceof PollStep.AskAgain again) {
            watch.troubles = again.troubles();
            Duration gap = plan.gap(times.of(watch.render.request()), watch.age());
            schedule(
                    watch,
                    again.notBefore().filter(pause -> pause.compareTo(gap) > 0).orElse(gap));
        } else {
            watched.remove(watch.render.id());
            times.completed(watch.render.request());
        }
    }

    private void onWorker(Runnable work) {
        try {
            workers.execute(() -> {
                try {
                    work.run();
                } catch (RuntimeException e) {
                    LOG.error("Polling met a failure that it did not expect: {}", Causes.describe(e), e);
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
        private volatile int troubles;

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

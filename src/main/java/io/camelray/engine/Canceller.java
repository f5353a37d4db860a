package io.camelray.engine;

import io.camelray.ledger.Ledger.Change;
import io.camelray.ledger.LedgerAbsence;
import io.camelray.ledger.PollingLedger;
import io.camelray.ledger.PollingLedger.RenderingRender;
import io.camelray.model.RenderId;
import io.camelray.provider.WireReply;
import io.camelray.provider.WireRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the provider to cancel what is rendering and not wanted any more, where it can; again and again until the render
 * has ended, which is free and changes nothing more. The ledger says what is not wanted, so any node may do it.
 */
final class Canceller {

    private static final Logger LOG = LoggerFactory.getLogger(Canceller.class);
    private static final Duration AGAIN = Duration.ofSeconds(10);
    private static final int AT_ONCE = 100;

    private final PollingLedger ledger;
    private final Accounts accounts;
    private final PollTransport transport;
    private final PollAnswers answers;
    private final Clock clock;
    private final ExecutorService workers;
    private final Set<RenderId> asking = ConcurrentHashMap.newKeySet();

    /** @param workers record the answers */
    Canceller(
            PollingLedger ledger,
            Accounts accounts,
            PollTransport transport,
            PollAnswers answers,
            Clock clock,
            ExecutorService workers) {
        this.ledger = ledger;
        this.accounts = accounts;
        this.transport = transport;
        this.answers = answers;
        this.clock = clock;
        this.workers = workers;
    }

    void start(ScheduledExecutorService timer) {
        timer.scheduleWithFixedDelay(() -> onWorker(this::sweep), 0, AGAIN.toMillis(), TimeUnit.MILLISECONDS);
    }

    void changed(Change change) {
        if (change == Change.CANCEL_REQUESTED) {
            onWorker(this::sweep);
        }
    }

    private void sweep() {
        ledger.cancelRequested(AT_ONCE).forEach(this::ask);
    }

    private void ask(RenderingRender render) {
        Optional<Account> account = accounts.find(render.account());
        Optional<WireRequest> request =
                account.flatMap(found -> found.provider().cancellation(render.job()));
        Optional<String> key = account.flatMap(found -> found.key().get());
        if (request.isPresent() && key.isPresent() && asking.add(render.id())) {
            transport
                    .send(account.get().baseUrl(), request.get(), key.get())
                    .whenComplete((reply, failure) -> onWorker(() -> answer(render, account.get(), reply, failure)));
        }
    }

    /** A job that still runs is found to have ended by the poller. */
    private void answer(RenderingRender render, Account account, WireReply reply, Throwable failure) {
        asking.remove(render.id());
        if (failure == null) {
            answers.record(render, account.provider().status(render.job(), reply, clock.instant()), PollTrouble.NONE);
        } else {
            LOG.warn(
                    "The provider could not be asked to cancel render {}, and is asked again: {}",
                    render.id(),
                    Causes.describe(failure));
        }
    }

    private void onWorker(Runnable work) {
        try {
            workers.execute(() -> {
                try {
                    work.run();
                } catch (RuntimeException e) {
                    if (!LedgerAbsence.explains(e)) {
                        LOG.error("Cancelling is tried again: {}", Causes.describe(e));
                    }
                }
            });
        } catch (RejectedExecutionException e) {
            LOG.debug("Stopping: what is to be cancelled is found again at the next start");
        }
    }
}

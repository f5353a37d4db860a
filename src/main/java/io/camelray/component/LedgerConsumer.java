package io.camelray.component;

import io.camelray.ledger.Ledger;
import io.camelray.ledger.Ledger.Change;
import io.camelray.ledger.LedgerAbsence;
import io.camelray.ledger.LedgerUnavailableException;
import io.camelray.model.LogContext;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.StartupListener;
import org.apache.camel.support.DefaultConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns work that the ledger offers into exchanges, at most {@code parallel} at once, and settles each when its route
 * has ended. It is woken by the ledger's changes and also looks from time to time.
 *
 * @param <W> one piece of work
 */
abstract class LedgerConsumer<W> extends DefaultConsumer {

    private static final Logger LOG = LoggerFactory.getLogger(LedgerConsumer.class);
    private static final Duration LEDGER_TROUBLE = Duration.ofSeconds(5);

    private final RayEndpoint endpoint;
    private final Set<Change> wokenBy;
    private final Bell bell = new Bell();
    private final Queue<Ended<W>> unsettled = new ConcurrentLinkedQueue<>();
    private final Semaphore room;
    private final int parallel;
    private ExecutorService dispatcher;
    private ExecutorService workers;

    LedgerConsumer(RayEndpoint endpoint, Processor processor, Change first, Change... others) {
        super(endpoint, processor);
        this.endpoint = endpoint;
        this.wokenBy = EnumSet.of(first, others);
        this.parallel = endpoint.getConfiguration().getParallel();
        this.room = new Semaphore(parallel);
    }

    /** What has left its route while the ledger could not be told. */
    private record Ended<W>(W work, Exchange exchange) {}

    /** Takes at most {@code limit} pieces of work; none is an answer. */
    abstract List<W> claim(Ledger ledger, int limit) throws InterruptedException;

    /** Puts a piece of work into an exchange. */
    abstract void fill(W work, Exchange exchange);

    /** The route has ended, well or with an exception. */
    abstract void settle(W work, Exchange exchange);

    /** How long to sleep at the most when there is nothing to do. */
    Duration patience() {
        return Duration.ofMillis(endpoint.getConfiguration().getDelay());
    }

    /** Sleeps, unless something happens. */
    final void rest(Duration atMost) throws InterruptedException {
        bell.await(atMost);
    }

    final RayWorks works() {
        return endpoint.works();
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        works().ledger().onChange(change -> {
            if (wokenBy.contains(change)) {
                bell.ring();
            }
        });
        var threads = getEndpoint().getCamelContext().getExecutorServiceManager();
        String name = "ray-" + endpoint.getConfiguration().getOperation();
        workers = threads.newFixedThreadPool(this, name, parallel);
        dispatcher = threads.newSingleThreadExecutor(this, name + "-dispatch");
        ExecutorService threadsOfThisRun = workers;
        getEndpoint().getCamelContext().addStartupListener(new AllStarted(bell::ring));
        dispatcher.execute(() -> dispatch(threadsOfThisRun));
    }

    /** Rings when Camel has started all it has to start; at once if it has already. */
    private record AllStarted(Runnable ring) implements StartupListener {

        @Override
        public void onCamelContextStarted(CamelContext context, boolean alreadyStarted) {
            ring.run();
        }

        @Override
        public void onCamelContextFullyStarted(CamelContext context, boolean alreadyStarted) {
            ring.run();
        }
    }

    /**
     * A route that is used while others are still being started may meet an endpoint for the first time, and Camel would then
     * never start that endpoint: to S3 there would be no client as long as the program lives.
     */
    private void awaitCamel() throws InterruptedException {
        while (isRunAllowed() && !getEndpoint().getCamelContext().isStarted()) {
            bell.await(patience());
        }
    }

    @Override
    protected void doStop() throws Exception {
        var threads = getEndpoint().getCamelContext().getExecutorServiceManager();
        if (dispatcher != null) {
            threads.shutdownNow(dispatcher);
            dispatcher = null;
        }
        if (workers != null) {
            threads.shutdownGraceful(workers);
            workers = null;
        }
        super.doStop();
    }

    private void dispatch(Executor threads) {
        try {
            awaitCamel();
            while (isRunAllowed()) {
                int free = waitForRoom();
                List<W> claimed = isRunAllowed() && !isSuspendingOrSuspended() ? look(free) : List.of();
                room.release(free - claimed.size());
                claimed.forEach(work -> hand(work, threads));
                if (claimed.isEmpty()) {
                    bell.await(patience());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private int waitForRoom() throws InterruptedException {
        room.acquire();
        return 1 + room.drainPermits();
    }

    private List<W> look(int free) throws InterruptedException {
        try {
            settleAgain();
            return claim(works().ledger(), free);
        } catch (LedgerUnavailableException e) {
            if (!LedgerAbsence.explains(e)) {
                LOG.error("{} cannot look for work, the ledger is not available: {}", getEndpoint(), e.getMessage());
            }
            bell.await(LEDGER_TROUBLE);
            return List.of();
        } catch (RuntimeException e) {
            getExceptionHandler().handleException("Cannot look for work", e);
            bell.await(LEDGER_TROUBLE);
            return List.of();
        }
    }

    private void hand(W work, Executor threads) {
        Exchange exchange = createExchange(false);
        AtomicBoolean over = new AtomicBoolean();
        AsyncCallback ended = doneSync -> {
            if (over.compareAndSet(false, true)) {
                end(work, exchange);
            }
        };
        try {
            fill(work, exchange);
            threads.execute(() -> process(exchange, ended));
        } catch (RejectedExecutionException e) {
            exchange.setException(new IllegalStateException("the route is being stopped"));
            ended.done(true);
        } catch (RuntimeException e) {
            // One piece of work that cannot be offered must not keep the others from being.
            exchange.setException(e);
            ended.done(true);
        }
    }

    /** What is logged on the way names campaign and render. */
    private void process(Exchange exchange, AsyncCallback ended) {
        try (LogContext context = context(exchange)) {
            getAsyncProcessor().process(exchange, ended);
        } catch (RuntimeException | Error e) {
            // Camel may hand on what a step throws that is no exception, a missing class say: nobody would settle it.
            exchange.setException(broken(e));
            ended.done(true);
        }
    }

    private static IllegalStateException broken(Throwable cause) {
        return new IllegalStateException("a step of the route broke: " + cause, cause);
    }

    private static LogContext context(Exchange exchange) {
        return LogContext.of(
                exchange.getMessage().getHeader(RayConstants.CAMPAIGN, String.class),
                exchange.getMessage().getHeader(RayConstants.RENDER_ID, String.class));
    }

    private void end(W work, Exchange exchange) {
        if (exchange.getException() instanceof CamelExecutionException wrapped
                && wrapped.getCause() instanceof Error e) {
            exchange.setException(broken(e));
        }
        try {
            settle(work, exchange);
            releaseExchange(exchange, false);
        } catch (LedgerUnavailableException e) {
            // A node that lives keeps its leases: nobody else would settle it.
            keepUnsettled(new Ended<>(work, exchange), e);
        } catch (RuntimeException e) {
            dropUnsettled(new Ended<>(work, exchange), e);
        } finally {
            room.release();
            bell.ring();
        }
    }

    private void keepUnsettled(Ended<W> ended, LedgerUnavailableException why) {
        if (!LedgerAbsence.explains(why)) {
            LOG.error("{} cannot settle what has ended, that is tried again: {}", getEndpoint(), why.getMessage());
        }
        unsettled.add(ended);
    }

    private void dropUnsettled(Ended<W> ended, RuntimeException why) {
        getExceptionHandler()
                .handleException("Cannot settle " + ended.work().getClass().getSimpleName(), why);
        releaseExchange(ended.exchange(), false);
    }

    /** @throws LedgerUnavailableException if the ledger is still away; what could not be settled is kept */
    private void settleAgain() {
        for (int left = unsettled.size(); left > 0; left--) {
            Ended<W> next = unsettled.remove();
            try {
                settle(next.work(), next.exchange());
                releaseExchange(next.exchange(), false);
            } catch (LedgerUnavailableException e) {
                keepUnsettled(next, e);
                if (LedgerAbsence.explains(e)) {
                    throw e;
                }
            } catch (RuntimeException e) {
                dropUnsettled(next, e);
            }
        }
    }
}

package io.camelray.component;

import io.camelray.intake.AdHocRequest;
import io.camelray.intake.AdHocResult;
import io.camelray.ledger.AdHocLedger.Progress;
import io.camelray.model.RenderId;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Predicate;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.ThreadPoolProfileBuilder;
import org.apache.camel.spi.ExecutorServiceManager;

/**
 * The requests that messages wait for. Started and closed by the component; the threads on which routes go on are its own,
 * so that neither the poller nor the ledger ever waits for a route.
 */
final class AdHocRequests implements AutoCloseable {

    private static final int POSTING = 4;
    private static final int DOWNLOADING = 4;
    private static final int ROUTES = 8;
    private static final long LAST_WORDS = 5_000;

    private final RayWorks works;
    private final ExecutorServiceManager manager;
    private final Waiters waiters = new Waiters();
    private final ExecutorService submitters;
    private final ExecutorService couriers;
    private final ExecutorService routes;
    private final ExecutorService dispatcher;
    private final AdHocDriver driver;
    private volatile boolean leaving;

    AdHocRequests(RayWorks works, CamelContext context) {
        this.works = works;
        this.manager = context.getExecutorServiceManager();
        this.submitters = pool("ray-ad-hoc-submit", POSTING);
        this.couriers = pool("ray-ad-hoc-deliver", DOWNLOADING);
        this.routes = pool("ray-ad-hoc-answer", ROUTES);
        this.dispatcher = manager.newSingleThreadExecutor(this, "ray-ad-hoc");
        this.driver = new AdHocDriver(works, submitters, couriers, this::settled, this::leaveLate);
    }

    /** Camel's own pools refuse the 1,001st task; here a message waits already, and its answer must not be lost. */
    private ExecutorService pool(String name, int threads) {
        return manager.newThreadPool(
                this,
                name,
                new ThreadPoolProfileBuilder(name)
                        .poolSize(threads)
                        .maxPoolSize(threads)
                        .maxQueueSize(Integer.MAX_VALUE)
                        .build());
    }

    void start() {
        dispatcher.execute(driver);
    }

    /** Whether Camel is being stopped, so that nothing new begins. */
    boolean isLeaving() {
        return leaving;
    }

    AdHocResult plan(AdHocRequest request) {
        return works.adHoc().plan(request);
    }

    /** The waiter is answered when the render has ended or waits for a person, always upon another thread. */
    void await(RenderId render, Waiter waiter) {
        waiters.add(render, waiter);
        driver.follow(render);
        if (leaving) {
            detach(candidate -> candidate == waiter);
        }
    }

    private void settled(Progress progress) {
        waiters.takeAll(progress.id()).forEach(waiter -> hand(waiter, new RenderAnswer(works.ledger(), progress.id())));
    }

    private void leaveLate() {
        long now = System.nanoTime();
        release(waiter -> waiter.isOver(now), "The render takes longer than the message was to wait.");
    }

    /** Lets these waiters go at once. */
    void detach(Predicate<Waiter> which) {
        release(which, "Camel is being stopped.");
    }

    private void release(Predicate<Waiter> which, String why) {
        for (Waiters.Leaving left : waiters.take(which)) {
            hand(left.waiter(), (exchange, key) -> {
                throw new RayDetachedException(key, Optional.of(left.render()), why);
            });
        }
    }

    private void hand(Waiter waiter, Waiter.Answer answer) {
        try {
            routes.execute(() -> waiter.answer(answer));
        } catch (RejectedExecutionException e) {
            waiter.answer(answer);
        }
    }

    /** Runs something that lets a route go on, upon a thread that may wait for it. */
    void goOn(Runnable route) {
        try {
            routes.execute(route);
        } catch (RejectedExecutionException e) {
            route.run();
        }
    }

    /** Lets all waiters go, and takes no more. Renders go on. */
    void leave() {
        leaving = true;
        detach(waiter -> true);
    }

    @Override
    public void close() {
        leave();
        driver.stop();
        manager.shutdownNow(dispatcher);
        manager.shutdownGraceful(submitters, LAST_WORDS);
        manager.shutdownNow(couriers);
        manager.shutdownGraceful(routes, LAST_WORDS);
    }
}

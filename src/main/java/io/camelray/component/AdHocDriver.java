package io.camelray.component;

import io.camelray.assets.FolderStore;
import io.camelray.delivery.Proof;
import io.camelray.delivery.SecuredOutput;
import io.camelray.engine.Account;
import io.camelray.ledger.AdHocLedger.Progress;
import io.camelray.ledger.DeliveryLedger.PendingOutput;
import io.camelray.ledger.LedgerAbsence;
import io.camelray.ledger.LedgerUnavailableException;
import io.camelray.model.Destination;
import io.camelray.model.RenderId;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves ad-hoc renders from planned to delivered, whether or not the application has routes on {@code ray:due} and
 * {@code ray:rendered}: binding and leases decide who does it. It is woken by the ledger's changes and also looks from time
 * to time, with one query for all that it follows.
 */
final class AdHocDriver implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(AdHocDriver.class);

    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final Duration LEDGER_TROUBLE = Duration.ofSeconds(5);
    /** Changes come in bursts: one look serves all that happen within this. */
    private static final Duration PACE = Duration.ofMillis(20);

    private static final Duration LEASE = Duration.ofHours(2);
    /** How long nothing must have happened to a render that somebody else follows, before it is followed here as well. */
    private static final Duration FORSAKEN = Duration.ofMinutes(2);

    private final RayWorks works;
    private final FreshSecuring securing;
    private final OutputSettlement settlement;
    private final Executor submitters;
    private final Executor couriers;
    private final Consumer<Progress> settled;
    private final Runnable everyLook;
    private final Bell bell = new Bell();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Set<RenderId> followed = ConcurrentHashMap.newKeySet();
    private final Map<RenderId, String> atWork = new ConcurrentHashMap<>();
    private final Map<RenderId, Long> restUntil = new ConcurrentHashMap<>();
    /** What the ledger could not be told of. */
    private final Map<RenderId, Undelivered> undelivered = new ConcurrentHashMap<>();

    private long nextSearch = System.nanoTime() + FORSAKEN.toNanos();

    /**
     * @param submitters as many threads as may post at once
     * @param couriers as many threads as may download at once
     * @param settled told of each render to which nothing happens without a person, at each look
     * @param everyLook called at least every second
     */
    AdHocDriver(
            RayWorks works, Executor submitters, Executor couriers, Consumer<Progress> settled, Runnable everyLook) {
        this.works = works;
        this.securing = new FreshSecuring(works);
        this.settlement = new OutputSettlement(works);
        this.submitters = submitters;
        this.couriers = couriers;
        this.settled = settled;
        this.everyLook = everyLook;
        works.ledger().onChange(change -> bell.ring());
    }

    private record Undelivered(PendingOutput output, Exception why) {}

    /** Sees to it that this render goes on until it has ended. */
    void follow(RenderId render) {
        followed.add(render);
        bell.ring();
    }

    void stop() {
        stopped.countDown();
        bell.ring();
    }

    @Override
    public void run() {
        try {
            search(Duration.ZERO);
            while (stopped.getCount() > 0) {
                lookOnce();
                if (!stopped.await(PACE.toMillis(), TimeUnit.MILLISECONDS)) {
                    bell.await(PATIENCE);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void lookOnce() throws InterruptedException {
        try {
            everyLook.run();
            if (System.nanoTime() - nextSearch >= 0) {
                search(FORSAKEN);
            }
            if (!followed.isEmpty()) {
                look();
            }
        } catch (LedgerUnavailableException e) {
            if (!LedgerAbsence.explains(e)) {
                LOG.error("Ad-hoc renders cannot go on, the ledger is not available: {}", e.getMessage());
            }
            stopped.await(LEDGER_TROUBLE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RuntimeException e) {
            LOG.error("Looking after ad-hoc renders ended with a failure, it is tried again", e);
            stopped.await(LEDGER_TROUBLE.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Takes up what an earlier program, or another node, left. */
    private void search(Duration untouchedFor) {
        nextSearch = System.nanoTime() + FORSAKEN.toNanos();
        try {
            followed.addAll(works.ledger().openAdHoc(untouchedFor));
        } catch (LedgerUnavailableException e) {
            if (!LedgerAbsence.explains(e)) {
                LOG.warn("Ad-hoc renders cannot be looked for now: {}", e.getMessage());
            }
        }
    }

    private void look() {
        Map<String, Integer> room = new HashMap<>();
        for (Progress progress : works.ledger().progress(List.copyOf(followed))) {
            if (progress.state().isTerminal()) {
                followed.remove(progress.id());
                restUntil.remove(progress.id());
                undelivered.remove(progress.id());
            }
            if (progress.state().isSettled()) {
                settled.accept(progress);
            } else if (progress.due() && isIdle(progress.id())) {
                begin(progress, room);
            }
        }
    }

    private boolean isIdle(RenderId render) {
        Long until = restUntil.get(render);
        return !atWork.containsKey(render) && (until == null || System.nanoTime() - until >= 0);
    }

    private void begin(Progress progress, Map<String, Integer> room) {
        switch (progress.state()) {
            case PLANNED -> {
                int left = works.spoolGate().isFull() ? 0 : room.computeIfAbsent(progress.account(), this::room);
                if (left > 0) {
                    room.put(progress.account(), left - 1);
                    hand(progress, submitters, () -> submit(progress.id()));
                }
            }
            case RENDERED -> hand(progress, couriers, () -> deliver(progress.id()));
            case HELD, SUBMITTING, UNKNOWN, RENDERING, DELIVERED, FAILED, CANCELLED -> {}
        }
    }

    /** What the account looks free for, less what is on its way to be submitted. */
    private int room(String name) {
        Optional<Account> account = works.engine().accounts().find(name);
        int underway = (int) atWork.values().stream().filter(name::equals).count();
        return account.map(found -> works.engine().outlook(found).room() - underway)
                .orElse(0);
    }

    private void hand(Progress progress, Executor threads, Work work) {
        RenderId render = progress.id();
        atWork.put(render, progress.account());
        try {
            threads.execute(() -> {
                try {
                    work.run();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                } catch (RuntimeException e) {
                    restUntil.put(render, System.nanoTime() + LEDGER_TROUBLE.toNanos());
                    LOG.error("Render {} could not go on, it keeps its place", render, e);
                } finally {
                    atWork.remove(render);
                    bell.ring();
                }
            });
        } catch (RejectedExecutionException e) {
            atWork.remove(render); // being stopped; the next start goes on
        }
    }

    private interface Work {
        void run() throws InterruptedException;
    }

    private void submit(RenderId render) {
        works.ledger()
                .due(render)
                .ifPresent(
                        due -> LOG.debug("Render {}: {}", render, works.engine().submit(due)));
    }

    private void deliver(RenderId render) throws InterruptedException {
        Undelivered unsettled = undelivered.remove(render);
        if (unsettled != null) {
            settle(unsettled);
            return;
        }
        Optional<PendingOutput> pending = works.ledger().claimRendered(render, LEASE);
        if (pending.isPresent()) {
            deliver(pending.get());
        }
    }

    private void settle(Undelivered left) {
        try {
            settlement.failed(left.output(), left.why());
        } catch (LedgerUnavailableException e) {
            undelivered.put(left.output().render().id(), left);
            throw e;
        }
    }

    private void deliver(PendingOutput pending) throws InterruptedException {
        try {
            SecuredOutput output = securing.secure(pending);
            Destination.Folder folder = (Destination.Folder) output.destination();
            new FolderStore(folder.path()).write(output.key(), out -> Files.copy(output.file(), out));
            Proof proof = works.proving().prove(pending, output, Optional.empty());
            LOG.debug("{} is delivered", proof.location());
        } catch (InterruptedException e) {
            settle(new Undelivered(pending, e));
            throw e;
        } catch (Exception e) {
            settle(new Undelivered(pending, e));
        }
    }
}

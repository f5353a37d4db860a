package io.camelray.engine;

import io.camelray.ledger.LedgerAbsence;
import io.camelray.ledger.NodeLedger;
import io.camelray.ledger.NodeLedger.TakenOver;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the other nodes know that this one lives, and takes over what dead ones leave. Looking after others has a thread of
 * its own: what a large draft takes to be removed must not silence this node.
 */
final class LeaseKeeper implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LeaseKeeper.class);

    private final NodeLedger ledger;
    private final List<String> accounts;
    private final Runnable taken;
    private final ScheduledExecutorService threads;

    /** @param accounts whose renders this node can poll @param taken called when there are renders more to poll */
    LeaseKeeper(NodeLedger ledger, List<String> accounts, Runnable taken) {
        this.ledger = ledger;
        this.accounts = accounts;
        this.taken = taken;
        this.threads = Executors.newScheduledThreadPool(2, task -> {
            Thread thread = new Thread(task, "ray-lease-keeper");
            thread.setDaemon(true);
            return thread;
        });
    }

    void start() {
        every(this::beat);
        every(this::takeOver);
    }

    private void every(Runnable duty) {
        long period = NodeLedger.HEARTBEAT.toMillis();
        threads.scheduleWithFixedDelay(
                () -> {
                    try {
                        duty.run();
                    } catch (RuntimeException e) {
                        if (!LedgerAbsence.explains(e)) {
                            LOG.error("The other nodes cannot be told or looked after now: {}", Causes.describe(e));
                        }
                    }
                },
                0,
                period,
                TimeUnit.MILLISECONDS);
    }

    private void beat() {
        if (!ledger.beat()) {
            LOG.warn("This node was silent for so long that others took over its work; it goes on as a new one");
        }
    }

    private void takeOver() {
        TakenOver found = ledger.takeOver(accounts);
        found.nodes()
                .forEach(node -> LOG.warn(
                        "Node {} was not heard of for {} s and is taken for dead",
                        node,
                        NodeLedger.SILENCE.toSeconds()));
        if (found.unknown() > 0) {
            LOG.warn("{} renders that a dead node was submitting are unknown now", found.unknown());
        }
        if (found.rendering() > 0) {
            LOG.info("{} renders that nobody polled are polled here now", found.rendering());
            taken.run();
        }
    }

    /** What this node owns is free for others from now on. */
    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(5, TimeUnit.SECONDS)) {
                threads.shutdownNow();
            }
            ledger.leave();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.warn("The other nodes cannot be told that this one stops, they will notice: {}", Causes.describe(e));
        }
    }
}

package io.camelray.engine;

import io.camelray.ledger.Ledger;
import io.camelray.ledger.Ledger.Change;
import io.camelray.ledger.LedgerAbsence;
import io.camelray.ledger.LedgerUnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the {@link Reconciliation} look, on a thread of its own: soon after a render became unknown, since lists lag behind,
 * and as long as one is. Accounts whose provider lists nothing are left alone.
 */
final class Reconciler implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Reconciler.class);
    private static final Duration FIRST = Duration.ofSeconds(2);
    private static final Duration AGAIN = Duration.ofSeconds(30);

    private final Ledger ledger;
    private final List<Account> accounts;
    private final Reconciliation reconciliation;
    private final Poller poller;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread created = new Thread(task, "ray-reconcile");
        created.setDaemon(true);
        return created;
    });
    private final AtomicBoolean planned = new AtomicBoolean();

    Reconciler(Ledger ledger, Accounts accounts, Reconciliation reconciliation, Poller poller) {
        this.ledger = ledger;
        this.accounts = accounts.all().stream()
                .filter(account -> account.provider().listing().isPresent())
                .toList();
        this.reconciliation = reconciliation;
        this.poller = poller;
    }

    void start() {
        if (accounts.isEmpty()) {
            return;
        }
        thread.scheduleWithFixedDelay(this::look, FIRST.toMillis(), AGAIN.toMillis(), TimeUnit.MILLISECONDS);
        ledger.onChange(change -> {
            if (change == Change.SETTLED && planned.compareAndSet(false, true)) {
                lookSoon();
            }
        });
    }

    private void lookSoon() {
        try {
            thread.schedule(this::look, FIRST.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("Stopping: unknown submissions are looked for after the next start");
        }
    }

    private void look() {
        planned.set(false);
        try {
            int found = 0;
            for (Account account : accounts) {
                found += reconciliation.reconcile(account);
            }
            if (found > 0) {
                poller.sweep();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (LedgerUnavailableException e) {
            if (!LedgerAbsence.explains(e)) {
                LOG.error("Unknown submissions cannot be looked for, the ledger is not available: {}", e.getMessage());
            }
        } catch (RuntimeException e) {
            LOG.error("Looking for unknown submissions met a failure that it did not expect", e);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}

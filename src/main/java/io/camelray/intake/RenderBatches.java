package io.camelray.intake;

import io.camelray.ledger.PlanningLedger.PlannedRender;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * Hands a plan's renders on in batches, in order: while one is being written the next one is made. At most two are in
 * memory, and a batch of long prompts holds fewer renders. Not thread-safe.
 */
final class RenderBatches implements AutoCloseable {

    /** How many renders are handed on at a time. */
    static final int SIZE = 5000;

    private static final long LONGEST = 4_000_000;

    private final Consumer<List<PlannedRender>> writer;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(RenderBatches::newThread);
    private List<PlannedRender> batch = new ArrayList<>(SIZE);
    private long characters;
    private Future<?> writing;

    /** @param writer is called on one other thread, with one batch at a time */
    RenderBatches(Consumer<List<PlannedRender>> writer) {
        this.writer = writer;
    }

    private static Thread newThread(Runnable work) {
        Thread thread = new Thread(work, "camel-ray-plan");
        thread.setDaemon(true);
        return thread;
    }

    /** @throws RuntimeException what the writer threw at an earlier batch: nothing more is of any use */
    void add(PlannedRender render) {
        batch.add(render);
        characters += render.request().prompt().length();
        if (batch.size() == SIZE || characters > LONGEST) {
            hand();
        }
    }

    /** Hands on what is left, and returns when all is written. */
    void finish() {
        if (!batch.isEmpty()) {
            hand();
        }
        await();
    }

    private void hand() {
        await();
        List<PlannedRender> full = batch;
        batch = new ArrayList<>(SIZE);
        characters = 0;
        writing = thread.submit(() -> writer.accept(full));
    }

    /** What is being written is waited for in any case: the plan must not be given up under its writer. */
    private void await() {
        Future<?> last = writing;
        writing = null;
        boolean interrupted = false;
        try {
            while (last != null) {
                try {
                    last.get();
                    last = null;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) e.getCause();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void close() {
        try {
            await();
        } finally {
            thread.shutdown();
        }
    }
}

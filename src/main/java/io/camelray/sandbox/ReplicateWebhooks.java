package io.camelray.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls the webhooks of predictions as these start and end. It looks at the clock often, whoever moves it. */
final class ReplicateWebhooks implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ReplicateWebhooks.class);
    private static final Duration EVERY = Duration.ofMillis(25);
    private static final Duration STALE = Duration.ofHours(1);
    private static final int TRIES = 5;

    private final Clock clock;
    private final JobBook jobs;
    private final ReplicateView view;
    private final FailureInjector failures;
    private final WebhookSender sender;
    private final Map<String, Watched> watched = new LinkedHashMap<>();
    private final Deque<Event> outbox = new ArrayDeque<>();
    private final AtomicLong number = new AtomicLong();
    private final ScheduledExecutorService worker = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "sandbox-webhooks");
        thread.setDaemon(true);
        return thread;
    });

    ReplicateWebhooks(Clock clock, JobBook jobs, ReplicateView view, FailureInjector failures, WebhookSender sender) {
        this.clock = clock;
        this.jobs = jobs;
        this.view = view;
        this.failures = failures;
        this.sender = sender;
        worker.scheduleWithFixedDelay(this::lookAround, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    String secret() {
        return sender.secret();
    }

    /** Calls the job's webhook, if it has one, from now on. */
    void watch(Job job) {
        if (job.body().hasNonNull("webhook")) {
            synchronized (watched) {
                watched.put(job.id(), new Watched());
            }
        }
    }

    private void lookAround() {
        try {
            synchronized (watched) {
                watched.entrySet().removeIf(entry -> isDone(entry.getKey(), entry.getValue()));
            }
            for (int waiting = outbox.size(); waiting > 0; waiting--) {
                deliver(outbox.remove());
            }
        } catch (RuntimeException e) {
            LOG.warn("The sandbox failed to call a webhook", e);
        }
    }

    /** Notes what has happened to a job since the last look. */
    private boolean isDone(String id, Watched seen) {
        Instant now = clock.instant();
        Job job = jobs.find(id).orElseThrow();
        JobState state = job.state(now);
        if (!seen.started && state != JobState.QUEUED && state != JobState.ABORTED) {
            seen.started = true;
            // Its description at that moment, though the clock may have leapt over it.
            note(seen, job, "start", Instant.ofEpochMilli(Math.min(job.startsAt(), now.toEpochMilli())));
        }
        if (!state.isTerminal()) {
            return false;
        }
        if (state == JobState.COMPLETED) {
            note(seen, job, "output", now);
        }
        note(seen, job, "completed", now);
        seen.heldBack.forEach(outbox::add);
        return true;
    }

    private void note(Watched seen, Job job, String name, Instant then) {
        JsonNode filter = job.body().path("webhook_events_filter");
        if (filter.isArray() && !filter.isEmpty() && !contains(filter, name)) {
            return;
        }
        Optional<FailureAction> failure =
                failures.next(FailureStage.WEBHOOK, job.subject()).map(FailureRule::action);
        if (failure.filter(FailureAction.LOST::equals).isPresent()) {
            return;
        }
        Event event = new Event(
                "msg_" + number.incrementAndGet(),
                URI.create(job.body().get("webhook").asText()),
                view.describe(job, then).toString(),
                failure,
                TRIES);
        if (failure.filter(FailureAction.OUT_OF_ORDER::equals).isPresent()) {
            seen.heldBack.add(event);
            return;
        }
        outbox.add(event);
        outbox.addAll(seen.heldBack);
        seen.heldBack.clear();
    }

    private static boolean contains(JsonNode filter, String name) {
        for (JsonNode event : filter) {
            if (event.asText().equals(name)) {
                return true;
            }
        }
        return false;
    }

    private void deliver(Event event) {
        Instant stamp = clock.instant();
        if (event.isOdd(FailureAction.STALE_TIMESTAMP)) {
            stamp = stamp.minus(STALE);
        }
        boolean arrived = true;
        for (int copy = event.isOdd(FailureAction.DUPLICATE) ? 2 : 1; copy > 0; copy--) {
            arrived &= sender.send(
                    event.address(), event.id(), stamp, event.body(), !event.isOdd(FailureAction.WRONG_SIGNATURE));
        }
        if (!arrived && event.triesLeft() > 1) {
            outbox.add(event.again());
        }
    }

    @Override
    public void close() {
        worker.shutdownNow();
    }

    private record Event(String id, URI address, String body, Optional<FailureAction> failure, int triesLeft) {

        boolean isOdd(FailureAction action) {
            return failure.filter(action::equals).isPresent();
        }

        Event again() {
            return new Event(id, address, body, failure, triesLeft - 1);
        }
    }

    private static final class Watched {
        private final List<Event> heldBack = new ArrayList<>();
        private boolean started;
    }
}

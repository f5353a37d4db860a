package io.camelray.engine;

import io.camelray.ledger.AccountLimits;
import io.camelray.ledger.AccountUse;
import io.camelray.ledger.SubmissionLedger.Permit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * One account at a provider that counts as Luma does, with the real governor before it, on a clock that jumps from event
 * to event: the same jobs give the same figures every time.
 */
final class AccountSimulation {

    private static final Instant BEGIN = Instant.parse("2026-07-01T08:00:00Z");
    private static final long MINUTE = 60_000;
    private static final long POLL = 60;

    private final AccountGovernor governor = new AccountGovernor();
    private final AccountLimits limits;
    private final Node[] nodes;
    private final Deque<Job> waiting = new ArrayDeque<>();
    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private final Deque<Long> counted = new ArrayDeque<>();
    private final Deque<Long> countedByProvider = new ArrayDeque<>();
    private final int jobs;
    private long now;
    private long order;
    private int posting;
    private int active;
    private int activeAtProvider;
    private long refused;
    private long polls;
    private long latency;
    private long busy;
    private long lastChange;
    private long lastSubmit;

    private record Event(long at, long order, Runnable what) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            return at != other.at ? Long.compare(at, other.at) : Long.compare(order, other.order);
        }
    }

    /** @param reply how long its submission takes to be answered @param takes how long it takes from its acceptance */
    record Job(Duration reply, Duration takes) {}

    /** A program that submits for the account, and asks for what it submitted. */
    private static final class Node {
        private final PollHabit habit;
        private long wakesAt = Long.MAX_VALUE;

        Node(PollHabit habit) {
            this.habit = habit;
        }
    }

    /**
     * What came of it.
     *
     * @param utilisation of what the provider allows, while jobs waited: slots, or the window if that is what binds
     * @param latency mean seconds from completion until it was seen
     */
    record Outcome(double utilisation, double refusalsPerJob, double pollsPerJob, double latency, double seconds) {}

    /**
     * @param reply how long a submission takes to be answered
     * @param median of the log-normal job times, with {@code sigma}
     */
    AccountSimulation(
            AccountLimits limits,
            int jobs,
            Duration reply,
            Duration median,
            double sigma,
            int nodes,
            Supplier<PollHabit> habits) {
        this(limits, drawn(jobs, reply, median, sigma), nodes, habits);
    }

    /** @param jobs in the order in which they are submitted */
    AccountSimulation(AccountLimits limits, List<Job> jobs, int nodes, Supplier<PollHabit> habits) {
        this.limits = limits;
        this.jobs = jobs.size();
        waiting.addAll(jobs);
        this.nodes = new Node[nodes];
        for (int i = 0; i < nodes; i++) {
            this.nodes[i] = new Node(habits.get());
        }
    }

    private static List<Job> drawn(int jobs, Duration reply, Duration median, double sigma) {
        Random random = new Random(42);
        return IntStream.range(0, jobs)
                .mapToLong(job -> (long) (median.toMillis() * Math.exp(sigma * random.nextGaussian())))
                .mapToObj(takes -> new Job(reply, Duration.ofMillis(takes)))
                .toList();
    }

    Outcome run() {
        // All of them begin at the same moment, in turn.
        for (int turn = 0; turn < limits.maxPosting(); turn++) {
            post(nodes[turn % nodes.length], waiting.poll());
        }
        while (!events.isEmpty()) {
            Event event = events.poll();
            now = event.at();
            event.what().run();
        }
        double slots = busy / (double) (limits.maxConcurrent() * Math.max(1, lastSubmit));
        double window = jobs / (limits.requestsPerMinute() * Math.max(1, lastSubmit / (double) MINUTE));
        return new Outcome(
                Math.min(1, Math.max(slots, window)),
                refused / (double) jobs,
                polls / (double) jobs,
                latency / 1000.0 / jobs,
                now / 1000.0);
    }

    private void after(long millis, Runnable what) {
        events.add(new Event(now + millis, order++, what));
    }

    private AccountUse use() {
        counted.removeIf(at -> at <= now - MINUTE);
        Optional<Instant> frees = Optional.ofNullable(counted.peekFirst()).map(at -> BEGIN.plusMillis(at + MINUTE));
        return new AccountUse(
                "luma",
                limits,
                BEGIN.plusMillis(now),
                active + posting,
                posting,
                counted.size() + posting,
                frees,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private void submit(Node node) {
        while (!waiting.isEmpty()) {
            AccountUse use = use();
            if (governor.decide(use) instanceof Permit.Wait wait) {
                long until =
                        Math.max(now + 1, Duration.between(BEGIN, wait.until()).toMillis());
                if (until < node.wakesAt || node.wakesAt <= now) {
                    node.wakesAt = until;
                    after(until - now, () -> submit(node));
                }
                return;
            }
            post(node, waiting.poll());
        }
    }

    private void post(Node node, Job job) {
        posting++;
        lastSubmit = now;
        long reply = job.reply().toMillis();
        long takes = job.takes().toMillis();
        after(reply / 2, () -> {
            boolean taken = takenByProvider();
            if (taken) {
                activeAtProvider(1);
                after(takes, () -> activeAtProvider(-1));
            }
            long done = now + takes;
            after(reply - reply / 2, () -> answered(node, job, taken, done));
        });
    }

    private boolean takenByProvider() {
        countedByProvider.removeIf(at -> at <= now - MINUTE);
        if (activeAtProvider >= limits.maxConcurrent() || countedByProvider.size() >= limits.requestsPerMinute()) {
            return false;
        }
        countedByProvider.add(now);
        return true;
    }

    private void activeAtProvider(int change) {
        if (!waiting.isEmpty() || now <= lastSubmit) {
            busy += activeAtProvider * (now - lastChange);
        } else {
            busy += activeAtProvider * Math.max(0, lastSubmit - lastChange);
        }
        lastChange = now;
        activeAtProvider += change;
    }

    private void answered(Node node, Job job, boolean taken, long done) {
        posting--;
        counted.add(now);
        if (taken) {
            active++;
            long accepted = now;
            after(node.habit.next(Duration.ZERO, 0).toMillis(), () -> ask(node, accepted, done, 1));
        } else {
            refused++;
            waiting.addFirst(job);
        }
        submit(node);
    }

    private void ask(Node node, long accepted, long done, int asked) {
        polls++;
        if (now >= done) {
            after(POLL, () -> seen(node, accepted, done));
        } else {
            Duration gap = node.habit.next(Duration.ofMillis(now - accepted), asked);
            after(POLL + gap.toMillis(), () -> ask(node, accepted, done, asked + 1));
        }
    }

    private void seen(Node node, long accepted, long done) {
        active--;
        latency += now - done;
        node.habit.learn(Duration.ofMillis(now - accepted));
        submit(node);
    }
}

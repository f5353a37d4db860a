package io.camelray.sandbox;

import com.sun.net.httpserver.HttpExchange;
import io.camelray.model.Money;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/** Counts and keeps what happened: the paid generations, all calls, the last requests, and leaked keys. */
final class GroundTruth {

    private static final int KEPT_REQUESTS = 1000;
    private static final int KEPT_BODY = 16 * 1024;

    private final JobBook jobs;
    private final Clock clock;
    private final AtomicLong posts = new AtomicLong();
    private final AtomicLong polls = new AtomicLong();
    private final AtomicLong leaked = new AtomicLong();
    private final Deque<WireEntry> wire = new ArrayDeque<>();

    GroundTruth(JobBook jobs, Clock clock) {
        this.jobs = jobs;
        this.clock = clock;
    }

    void called(String method) {
        if (method.equals("POST")) {
            posts.incrementAndGet();
        } else if (method.equals("GET")) {
            polls.incrementAndGet();
        }
    }

    void authorizationLeaked() {
        leaked.incrementAndGet();
    }

    void log(String origin, HttpExchange exchange, byte[] body) {
        Map<String, List<String>> headers = new TreeMap<>(exchange.getRequestHeaders());
        headers.computeIfPresent("Authorization", (name, values) -> List.of("***"));
        WireEntry entry = new WireEntry(
                clock.instant(),
                origin,
                exchange.getRequestMethod(),
                exchange.getRequestURI().toString(),
                headers,
                new String(body, 0, Math.min(body.length, KEPT_BODY), StandardCharsets.UTF_8));
        synchronized (wire) {
            wire.add(entry);
            if (wire.size() > KEPT_REQUESTS) {
                wire.remove();
            }
        }
    }

    List<WireEntry> requests() {
        synchronized (wire) {
            return List.copyOf(wire);
        }
    }

    SandboxLedger ledger() {
        Instant now = clock.instant();
        return new SandboxLedger(
                jobs.all().stream().map(job -> entry(job, now)).toList(), posts.get(), polls.get(), leaked.get());
    }

    private static SandboxLedger.Generation entry(Job job, Instant now) {
        return new SandboxLedger.Generation(
                job.id(),
                job.account(),
                job.provider(),
                job.prompt(),
                job.requestHash(),
                Instant.ofEpochMilli(job.acceptedAt()),
                job.state(now).wireName(),
                new Money(job.priceMicros()),
                new Money(job.chargedMicros(now)),
                job.requestId(),
                job.body());
    }
}

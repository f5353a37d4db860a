package io.camelray.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** Luma's API: submit and poll. There is nothing else, and nothing is ever taken for a repetition. */
final class LumaRoutes implements ProviderRoutes {

    static final String API_VERSION = "2026-04-01";

    private static final String GENERATIONS = "/v1/generations";
    private static final String KEY_PREFIX = "luma-api-";
    private static final Duration MINUTE = Duration.ofSeconds(60);

    private final ObjectMapper mapper = new ObjectMapper();
    private final Clock clock;
    private final Accounts accounts;
    private final JobBook jobs;
    private final LumaJobs drafter;
    private final JobMaker maker;
    private final LumaMediaCheck media;
    private final LumaView view;
    private final FailureReplies failures;
    private final Consumer<Job> onAccepted;

    LumaRoutes(
            SandboxOptions options,
            JobBook jobs,
            JobMaker maker,
            FailureReplies failures,
            MediaInspector inspector,
            OutputUrls urls,
            Consumer<Job> onAccepted) {
        this.clock = options.clock();
        this.accounts = new Accounts(options, KEY_PREFIX, options.requestsPerMinute(), MINUTE);
        this.jobs = jobs;
        this.failures = failures;
        this.drafter = new LumaJobs(jobs);
        this.maker = maker;
        this.media = new LumaMediaCheck(jobs, inspector);
        this.view = new LumaView(urls);
        this.onAccepted = onAccepted;
    }

    @Override
    public String mount() {
        return "/v1";
    }

    @Override
    public Answer answer(ApiRequest request) {
        String requestId = Optional.ofNullable(request.header("X-Request-Id"))
                .orElseGet(() -> UUID.randomUUID().toString());
        return route(request, requestId).map(reply -> signed(reply, requestId));
    }

    private static Reply signed(Reply reply, String requestId) {
        return reply.with("X-Request-Id", requestId).with("X-API-Version", API_VERSION);
    }

    private Answer route(ApiRequest request, String requestId) {
        boolean collection = request.path().equals(GENERATIONS);
        if (!collection && !request.path().startsWith(GENERATIONS + "/")) {
            return new Answer.Send(Reply.detail(404, "Not Found"));
        }
        String allowed = collection ? "POST" : "GET";
        if (!request.method().equals(allowed)) {
            return new Answer.Send(Reply.detail(405, "Method Not Allowed").with("Allow", allowed));
        }
        Accounts.Verdict caller = accounts.identify(request.header("Authorization"));
        if (caller instanceof Accounts.Verdict.Refused refused) {
            return new Answer.Send(Reply.detail(refused.status(), refused.detail()));
        }
        Accounts.Account account = ((Accounts.Verdict.Known) caller).account();
        return collection
                ? submit(request, account, requestId)
                : poll(request.path().substring(GENERATIONS.length() + 1), account);
    }

    private Answer submit(ApiRequest request, Accounts.Account account, String requestId) {
        JsonNode body = request.json(mapper);
        LumaRequest asked = new LumaRequest(body);
        FailureInjector.Subject subject =
                new FailureInjector.Subject(asked.prompt(), asked.resolution(), asked.type(), Provider.LUMA.wireName());
        return failures.insteadOfSubmit(subject).orElseGet(() -> {
            Reply reply = admit(body, asked, account, requestId);
            Answer real = new Answer.Send(reply);
            return reply.status() == 201 ? failures.accepted(subject, real, reply) : real;
        });
    }

    private Reply admit(JsonNode body, LumaRequest asked, Accounts.Account account, String requestId) {
        Instant now = clock.instant();
        RateWindow.Verdict window = account.window().enter(now);
        if (!window.open()) {
            return limits(Reply.detail(429, "Rate limit exceeded"), window).with("Retry-After", window.retryAfter());
        }
        if (isBusy(account, now)) {
            return busy();
        }
        ArrayNode problems = LumaShape.problems(body);
        if (!problems.isEmpty()) {
            return Reply.detail(422, problems);
        }
        Optional<Refusal> refusal = LumaRequestCheck.check(asked).or(() -> entitlement(asked, account));
        Inspection source = refusal.isPresent() ? Inspection.NOTHING : media.check(asked, account.name(), now);
        Optional<Refusal> first = refusal.or(source::refusal);
        if (first.isPresent()) {
            return Reply.detail(first.get().status(), first.get().detail());
        }
        // One at a time per account: slots, balance and the new job must be seen together.
        synchronized (account) {
            return create(drafter.draft(asked, account.name(), source, now), account, requestId, window);
        }
    }

    private Reply create(Draft draft, Accounts.Account account, String requestId, RateWindow.Verdict window) {
        // Fetching the media may have taken a while.
        Instant now = clock.instant();
        if (isBusy(account, now)) {
            return busy();
        }
        if (!account.affords(draft, jobs, now)) {
            return Reply.detail(402, "Insufficient credits");
        }
        Job job = maker.make(draft, requestId, now);
        onAccepted.accept(job);
        return limits(Reply.json(201, view.describe(job, Instant.ofEpochMilli(job.acceptedAt()))), window);
    }

    private boolean isBusy(Accounts.Account account, Instant now) {
        return jobs.slotsHeld(Provider.LUMA, account.name(), now) >= account.maxConcurrent();
    }

    private static Reply busy() {
        return Reply.detail(429, "Too many concurrent jobs").with("Retry-After", 60);
    }

    private static Optional<Refusal> entitlement(LumaRequest asked, Accounts.Account account) {
        return asked.hdr() && !account.settings().hdrAccess()
                ? Optional.of(new Refusal(400, "video.hdr: not enabled for this account"))
                : Optional.empty();
    }

    private static Reply limits(Reply reply, RateWindow.Verdict window) {
        return reply.with("X-RateLimit-Limit", window.limit())
                .with("X-RateLimit-Remaining", window.remaining())
                .with("X-RateLimit-Reset", window.reset());
    }

    private Answer poll(String id, Accounts.Account account) {
        Optional<Job> job = jobs.find(Provider.LUMA, account.name(), id);
        if (job.isEmpty()) {
            return new Answer.Send(Reply.detail(404, "Generation not found"));
        }
        return failures.polled(job.get().subject(), Reply.json(200, view.describe(job.get(), clock.instant())));
    }
}

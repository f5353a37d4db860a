package io.camelray.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** Luma's API: submit and poll. There is nothing else, and nothing is ever taken for a repetition. */
final class LumaRoutes implements ProviderRoutes {

    static final String API_VERSION = "2026-04-01";

    private static final String GENERATIONS = "/v1/generations";

    private final ObjectMapper mapper = new ObjectMapper();
    private final Clock clock;
    private final Accounts accounts;
    private final JobBook jobs;
    private final LumaJobs maker;
    private final LumaMediaCheck media;
    private final LumaView view;
    private final FailureInjector failures;
    private final Consumer<Job> onAccepted;
    private final URI elsewhere;

    /** @param elsewhere where an injected redirect leads */
    LumaRoutes(
            SandboxOptions options,
            JobBook jobs,
            FailureInjector failures,
            UrlSigner signer,
            Consumer<Job> onAccepted,
            URI elsewhere) {
        this.clock = options.clock();
        this.accounts = new Accounts(options);
        this.jobs = jobs;
        this.failures = failures;
        this.maker = new LumaJobs(jobs, failures, new JobTimer(options.speed()), options.seed());
        this.media = new LumaMediaCheck(jobs, options.publicMediaOnly());
        this.view = new LumaView(signer);
        this.onAccepted = onAccepted;
        this.elsewhere = elsewhere;
    }

    @Override
    public String mount() {
        return "/v1";
    }

    @Override
    public Answer answer(ApiRequest request) {
        String requestId = Optional.ofNullable(request.header("X-Request-Id"))
                .orElseGet(() -> UUID.randomUUID().toString());
        Answer answer = route(request, requestId);
        if (answer instanceof Answer.Send send) {
            return new Answer.Send(signed(send.reply(), requestId));
        }
        if (answer instanceof Answer.SendLate late) {
            return new Answer.SendLate(signed(late.reply(), requestId), late.delay());
        }
        return answer;
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
        JsonNode body = parse(request.body());
        LumaRequest asked = new LumaRequest(body);
        FailureInjector.Subject subject = new FailureInjector.Subject(asked.prompt(), asked.resolution(), asked.type());
        Optional<FailureRule> instead = failures.next(FailureStage.SUBMIT, subject, action -> !action.spoilsTheReply());
        if (instead.isPresent()) {
            return FailureReplies.inPlace(instead.get().action(), elsewhere);
        }
        Reply reply;
        // One at a time per account: slots, balance and the new job must be seen together.
        synchronized (account) {
            reply = admit(body, asked, account, requestId);
        }
        if (reply.status() != 201) {
            return new Answer.Send(reply);
        }
        return failures.next(FailureStage.SUBMIT, subject, FailureAction::spoilsTheReply)
                .map(rule -> FailureReplies.spoilt(rule, reply))
                .orElseGet(() -> new Answer.Send(reply));
    }

    private Reply admit(JsonNode body, LumaRequest asked, Accounts.Account account, String requestId) {
        Instant now = clock.instant();
        RateWindow.Verdict window = account.window().enter(now);
        if (!window.open()) {
            return limits(Reply.detail(429, "Rate limit exceeded"), window).with("Retry-After", window.retryAfter());
        }
        if (jobs.slotsHeld(account.name(), now) >= account.maxConcurrent()) {
            return Reply.detail(429, "Too many concurrent jobs").with("Retry-After", 60);
        }
        ArrayNode problems = LumaShape.problems(body);
        if (!problems.isEmpty()) {
            return Reply.detail(422, problems);
        }
        Optional<Refusal> refusal = LumaRequestCheck.check(asked)
                .or(() -> entitlement(asked, account))
                .or(() -> media.check(asked, account.name(), now));
        if (refusal.isPresent()) {
            return Reply.detail(refusal.get().status(), refusal.get().detail());
        }
        if (!affordable(asked, account, now)) {
            return Reply.detail(402, "Insufficient credits");
        }
        Job job = maker.create(asked, account.name(), requestId, now);
        jobs.add(job);
        onAccepted.accept(job);
        return limits(Reply.json(201, view.describe(job, Instant.ofEpochMilli(job.acceptedAt()))), window);
    }

    private static Optional<Refusal> entitlement(LumaRequest asked, Accounts.Account account) {
        return asked.hdr() && !account.settings().hdrAccess()
                ? Optional.of(new Refusal(400, "video.hdr: not enabled for this account"))
                : Optional.empty();
    }

    private boolean affordable(LumaRequest asked, Accounts.Account account, Instant now) {
        long price = SandboxPrices.micros(asked.type(), maker.clip(asked));
        return account.settings()
                .balance()
                .map(balance -> jobs.chargedMicros(account.name(), now) + price <= balance.micros())
                .orElse(true);
    }

    private static Reply limits(Reply reply, RateWindow.Verdict window) {
        return reply.with("X-RateLimit-Limit", window.limit())
                .with("X-RateLimit-Remaining", window.remaining())
                .with("X-RateLimit-Reset", window.reset());
    }

    private Answer poll(String id, Accounts.Account account) {
        Optional<Job> job = jobs.find(id).filter(found -> found.account().equals(account.name()));
        if (job.isEmpty()) {
            return new Answer.Send(Reply.detail(404, "Generation not found"));
        }
        Reply reply = Reply.json(200, view.describe(job.get(), clock.instant()));
        return failures.next(FailureStage.POLL, job.get().subject())
                .map(rule -> rule.action().spoilsTheReply()
                        ? FailureReplies.spoilt(rule, reply)
                        : FailureReplies.inPlace(rule.action(), elsewhere))
                .orElseGet(() -> new Answer.Send(reply));
    }

    /** The body, or a missing node, which no request's shape allows. */
    private JsonNode parse(byte[] body) {
        try {
            return mapper.readTree(body);
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }
}

package io.camelray.sandbox;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** GMI's request queue: submit, poll and list. There is no way to cancel. */
final class GmiRoutes implements ProviderRoutes {

    private static final String MOUNT = "/api/v1/ie/requestqueue/apikey";
    private static final String REQUESTS = MOUNT + "/requests";
    private static final String MODELS = MOUNT + "/models";
    private static final int PAGE = 20;
    private static final int MAX_PAGE = 1000;

    private final ObjectMapper mapper = new ObjectMapper();
    private final Clock clock;
    private final Accounts accounts;
    private final boolean failsLater;
    private final JobBook jobs;
    private final JobMaker maker;
    private final GmiMediaCheck media;
    private final GmiView view;
    private final FailureReplies failures;
    private final Consumer<Job> onAccepted;

    GmiRoutes(
            SandboxOptions options,
            JobBook jobs,
            JobMaker maker,
            FailureReplies failures,
            MediaInspector inspector,
            OutputUrls urls,
            Consumer<Job> onAccepted) {
        int quota = options.gmi().requestsPerHour();
        this.clock = options.clock();
        this.accounts = new Accounts(options, "", quota == 0 ? Integer.MAX_VALUE : quota, Duration.ofHours(1));
        this.failsLater = options.gmi().failsLater();
        this.jobs = jobs;
        this.maker = maker;
        this.failures = failures;
        this.media = new GmiMediaCheck(jobs, inspector);
        this.view = new GmiView(urls, options.gmi().allStates());
        this.onAccepted = onAccepted;
    }

    @Override
    public String mount() {
        return MOUNT;
    }

    @Override
    public Answer answer(ApiRequest request) {
        Accounts.Verdict caller = accounts.identify(request.header("Authorization"));
        if (caller instanceof Accounts.Verdict.Refused refused) {
            return error(refused.status(), refused.detail());
        }
        Accounts.Account account = ((Accounts.Verdict.Known) caller).account();
        String path = request.path();
        boolean get = request.method().equals("GET");
        if (path.equals(REQUESTS)) {
            return switch (request.method()) {
                case "POST" -> submit(request, account);
                case "GET" -> list(request.query(), account);
                default -> error(405, "method not allowed");
            };
        }
        if (path.startsWith(REQUESTS + "/")) {
            return get ? poll(path.substring(REQUESTS.length() + 1), account) : error(405, "method not allowed");
        }
        if (path.equals(MODELS) && get) {
            ObjectNode body = JsonNodeFactory.instance.objectNode();
            GmiRequest.MODELS.forEach(body.putArray("model_ids")::add);
            return new Answer.Send(Reply.json(200, body));
        }
        return error(404, "not found");
    }

    private Answer submit(ApiRequest request, Accounts.Account account) {
        GmiRequest asked = new GmiRequest(request.json(mapper));
        FailureInjector.Subject subject =
                new FailureInjector.Subject(asked.prompt(), asked.resolution(), asked.type(), Provider.GMI.wireName());
        return failures.insteadOfSubmit(subject).orElseGet(() -> {
            Reply reply = admit(asked, account, request);
            Answer real = new Answer.Send(reply);
            return reply.status() == 200 ? failures.accepted(subject, real, reply) : real;
        });
    }

    private Reply admit(GmiRequest asked, Accounts.Account account, ApiRequest request) {
        Instant now = clock.instant();
        if (!account.window().enter(now).open()) {
            return ErrorStyle.GMI.error(429, "rate limit exceeded");
        }
        Optional<String> envelope = GmiRequestCheck.envelope(asked);
        if (envelope.isPresent()) {
            return ErrorStyle.GMI.error(400, envelope.get());
        }
        Optional<String> broken = GmiRequestCheck.payload(asked);
        Inspection source = broken.isPresent() ? Inspection.NOTHING : media.check(asked, account.name(), now);
        Optional<Refusal> refusal = broken.map(text -> new Refusal(400, text))
                .or(() -> entitlement(asked, account))
                .or(source::refusal);
        if (refusal.isPresent() && !failsLater) {
            return ErrorStyle.GMI.error(refusal.get().status(), refusal.get().detail());
        }
        Draft draft = GmiJobs.draft(asked, account.name(), source, refusal.map(Refusal::detail));
        // One at a time per account: its balance and the new job must be seen together.
        synchronized (account) {
            if (!account.affords(draft, jobs, clock.instant())) {
                return ErrorStyle.GMI.error(402, "insufficient balance");
            }
            String requestId = Optional.ofNullable(request.header("X-Request-Id"))
                    .orElseGet(() -> UUID.randomUUID().toString());
            Job job = maker.make(draft, requestId, clock.instant());
            onAccepted.accept(job);
            return Reply.json(200, view.submitted(job, Instant.ofEpochMilli(job.acceptedAt())));
        }
    }

    private static Optional<Refusal> entitlement(GmiRequest asked, Accounts.Account account) {
        return asked.hdr() && !account.settings().hdrAccess()
                ? Optional.of(new Refusal(400, "hdr is not enabled for this account"))
                : Optional.empty();
    }

    private Answer poll(String id, Accounts.Account account) {
        Optional<Job> job = jobs.find(Provider.GMI, account.name(), id);
        return job.isEmpty()
                ? error(404, "request not found")
                : failures.polled(job.get().subject(), Reply.json(200, view.describe(job.get(), clock.instant())));
    }

    private Answer list(Map<String, String> query, Accounts.Account account) {
        int size;
        try {
            size = Integer.parseInt(query.getOrDefault("page_size", String.valueOf(PAGE)));
        } catch (NumberFormatException e) {
            return error(400, "page_size must be a number");
        }
        List<Job> found = jobs.newestFirst(Provider.GMI, account.name()).stream()
                .filter(job -> !query.containsKey("model_id") || job.model().equals(query.get("model_id")))
                .toList();
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode requests = body.putArray("requests");
        Instant now = clock.instant();
        found.stream()
                .limit(Math.max(1, Math.min(size, MAX_PAGE)))
                .forEach(job -> requests.add(view.describe(job, now)));
        body.put("total", found.size());
        return new Answer.Send(Reply.json(200, body));
    }

    private static Answer error(int status, String message) {
        return new Answer.Send(ErrorStyle.GMI.error(status, message));
    }
}

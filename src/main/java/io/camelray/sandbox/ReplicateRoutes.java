package io.camelray.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.net.URI;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Replicate's API as far as one model needs it: create, get, list and cancel predictions. */
final class ReplicateRoutes implements ProviderRoutes {

    private static final String PREDICTIONS = "/v1/predictions";
    private static final Pattern CREATE = Pattern.compile("/v1/models/([^/]+/[^/]+)/predictions");
    private static final Pattern ONE = Pattern.compile(PREDICTIONS + "/([^/]+)(/cancel)?");
    private static final Duration MINUTE = Duration.ofSeconds(60);

    private final ObjectMapper mapper = new ObjectMapper();
    private final Clock clock;
    private final Accounts accounts;
    private final JobBook jobs;
    private final JobMaker maker;
    private final ReplicateRequestCheck check;
    private final ReplicateJobs drafter;
    private final ReplicateView view;
    private final ReplicateList list;
    private final ReplicateWebhooks webhooks;
    private final FailureReplies failures;
    private final Consumer<Job> onAccepted;

    ReplicateRoutes(
            SandboxOptions options,
            JobBook jobs,
            JobMaker maker,
            FailureReplies failures,
            MediaInspector inspector,
            ReplicateView view,
            URI origin,
            ReplicateWebhooks webhooks,
            Consumer<Job> onAccepted) {
        this.clock = options.clock();
        this.accounts = new Accounts(options, "", options.replicate().createsPerMinute(), MINUTE);
        this.jobs = jobs;
        this.maker = maker;
        this.check = new ReplicateRequestCheck(inspector);
        this.drafter = new ReplicateJobs(inspector);
        this.view = view;
        this.list = new ReplicateList(view, origin);
        this.webhooks = webhooks;
        this.failures = failures;
        this.onAccepted = onAccepted;
    }

    @Override
    public String mount() {
        return "/v1";
    }

    @Override
    public Answer answer(ApiRequest request) {
        Accounts.Verdict caller = accounts.identify(request.header("Authorization"));
        if (caller instanceof Accounts.Verdict.Refused refused) {
            return error(refused.status(), "You did not pass a valid authentication token: " + refused.detail());
        }
        Accounts.Account account = ((Accounts.Verdict.Known) caller).account();
        String call = request.method() + " " + request.path();
        Matcher create = CREATE.matcher(request.path());
        Matcher one = ONE.matcher(request.path());
        if (create.matches() && request.method().equals("POST")) {
            return create.group(1).equals(ReplicateJobs.MODEL)
                    ? create(request, account)
                    : error(404, "The requested resource could not be found.");
        }
        if (one.matches() && request.method().equals(one.group(2) == null ? "GET" : "POST")) {
            return one(one.group(1), one.group(2) != null, account);
        }
        return switch (call) {
            case "GET " + PREDICTIONS -> list(request, account);
            case "GET /v1/account" ->
                json(JsonNodeFactory.instance.objectNode().put("type", "user").put("username", account.name()));
            case "GET /v1/webhooks/default/secret" ->
                json(JsonNodeFactory.instance.objectNode().put("key", webhooks.secret()));
            default -> error(404, "The requested resource could not be found.");
        };
    }

    private Answer create(ApiRequest http, Accounts.Account account) {
        ReplicateRequest asked =
                new ReplicateRequest(http.json(mapper), http.header("Prefer"), http.header("Cancel-After"));
        FailureInjector.Subject subject =
                new FailureInjector.Subject(asked.prompt(), asked.resolution(), "video", Provider.REPLICATE.wireName());
        Optional<Answer> instead = failures.insteadOfSubmit(subject);
        if (instead.isPresent()) {
            return instead.get();
        }
        RateWindow.Verdict window = account.window().enter(clock.instant());
        if (!window.open()) {
            return new Answer.Send(FailureReplies.throttled(window.retryAfter()));
        }
        Optional<String> broken = check.check(asked);
        if (broken.isPresent()) {
            return error(422, broken.get());
        }
        Draft draft = drafter.draft(asked, account.name());
        Job job;
        // One at a time per account: its balance and the new job must be seen together.
        synchronized (account) {
            if (!account.affords(draft, jobs, clock.instant())) {
                return error(402, "You have insufficient credit to run this model.");
            }
            String requestId = Optional.ofNullable(http.header("X-Request-Id"))
                    .orElseGet(() -> UUID.randomUUID().toString());
            job = maker.make(draft, requestId, clock.instant());
        }
        onAccepted.accept(job);
        webhooks.watch(job);
        Reply reply = Reply.json(201, view.unfinished(job));
        return failures.accepted(subject, created(job, asked, reply), reply);
    }

    private Answer created(Job job, ReplicateRequest asked, Reply reply) {
        return asked.patience()
                .<Answer>map(wait -> new Answer.SendWhenReady(
                        () -> finished(job), wait, () -> Reply.json(202, view.unfinished(job))))
                .orElseGet(() -> new Answer.Send(reply));
    }

    private Optional<Reply> finished(Job job) {
        Instant now = clock.instant();
        return jobs.find(job.id())
                .filter(current -> current.state(now).isTerminal())
                .map(current -> Reply.json(201, view.describe(current, now)));
    }

    private Answer one(String id, boolean cancel, Accounts.Account account) {
        Optional<Job> job = jobs.find(Provider.REPLICATE, account.name(), id);
        if (job.isEmpty()) {
            return error(404, "The requested resource could not be found.");
        }
        Instant now = clock.instant();
        if (cancel) {
            return json(view.describe(jobs.stop(job.get(), now), now));
        }
        return failures.polled(job.get().subject(), Reply.json(200, view.describe(job.get(), now)));
    }

    private Answer list(ApiRequest request, Accounts.Account account) {
        try {
            return json(
                    list.page(jobs.newestFirst(Provider.REPLICATE, account.name()), request.query(), clock.instant()));
        } catch (DateTimeException e) {
            return error(400, "created_after and created_before must be date-times");
        }
    }

    private static Answer json(JsonNode body) {
        return new Answer.Send(Reply.json(200, body));
    }

    private static Answer error(int status, String message) {
        return new Answer.Send(ErrorStyle.REPLICATE.error(status, message));
    }
}

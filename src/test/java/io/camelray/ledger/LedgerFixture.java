package io.camelray.ledger;

import io.camelray.ledger.LedgerViews.CampaignStatus;
import io.camelray.ledger.PlanningLedger.NewRevision;
import io.camelray.ledger.PlanningLedger.PlannedOutput;
import io.camelray.ledger.PlanningLedger.PlannedRender;
import io.camelray.ledger.PlanningLedger.RevisionDraft;
import io.camelray.ledger.PollingLedger.FoundOutput;
import io.camelray.ledger.SubmissionLedger.AccountRegistration;
import io.camelray.ledger.SubmissionLedger.AttemptIntent;
import io.camelray.ledger.SubmissionLedger.BindResult;
import io.camelray.ledger.SubmissionLedger.Permit;
import io.camelray.ledger.SubmissionLedger.PermitRule;
import io.camelray.model.AttemptToken;
import io.camelray.model.Destination;
import io.camelray.model.Failure;
import io.camelray.model.FailureClass;
import io.camelray.model.Money;
import io.camelray.model.OutputKind;
import io.camelray.model.Price;
import io.camelray.model.Priority;
import io.camelray.model.ProviderJobId;
import io.camelray.model.ProviderName;
import io.camelray.model.RenderId;
import io.camelray.model.RenderRequest;
import io.camelray.model.RenderState;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;

/** A ledger with a clock that stands still until told, and short words for what tests do with it. */
final class LedgerFixture {
    static final String ACCOUNT = "studio";
    static final Instant START = Instant.parse("2026-11-21T09:00:00Z");
    static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
    static final Duration LIMIT = Duration.ofSeconds(30);
    static final PermitRule ALWAYS = use -> new Permit.Granted();
    static final PermitRule WITHIN_LIMITS = use -> use.posting() < use.limits().maxPosting()
                    && use.active() < use.limits().maxConcurrent()
                    && use.inWindow() < use.limits().requestsPerMinute()
            ? new Permit.Granted()
            : new Permit.Wait(use.windowFrees().orElse(use.now()), "no room");

    final DataSource dataSource;
    final AtomicLong nanos;
    final Ledger ledger;

    LedgerFixture(DataSource dataSource, Money dailyCap) {
        this(dataSource, dailyCap, Clock.fixed(START, ZoneOffset.UTC));
    }

    /** @param wall shows {@link #START} now */
    LedgerFixture(DataSource dataSource, Money dailyCap, Clock wall) {
        this(dataSource, dailyCap, new AtomicLong(), wall);
    }

    /** Beside another one, whose time passes here as well. */
    LedgerFixture(LedgerFixture other, Money dailyCap) {
        this(other.dataSource, dailyCap, other.nanos, Clock.fixed(other.now(), ZoneOffset.UTC));
    }

    private LedgerFixture(DataSource dataSource, Money dailyCap, AtomicLong nanos, Clock wall) {
        this.dataSource = dataSource;
        this.nanos = nanos;
        this.ledger = new JdbcLedger(dataSource, new LedgerClock(wall, nanos::get), new DailyBudget(dailyCap, ZONE));
        ledger.registerAccount(account("https://api.example.test", AccountLimits.DEFAULT));
    }

    static AccountRegistration account(String baseUrl, AccountLimits limits) {
        return new AccountRegistration(ACCOUNT, ProviderName.LUMA, baseUrl, limits);
    }

    void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    Instant now() {
        return START.plusNanos(nanos.get());
    }

    static NewRevision revision(String campaign, String budget) {
        return revision(campaign, budget, Priority.NORMAL, 0);
    }

    static NewRevision revision(String campaign, String budget, Priority priority, int stopAfter) {
        return new NewRevision(
                campaign,
                ProviderName.LUMA,
                ACCOUNT,
                Money.dollars(budget),
                priority,
                stopAfter,
                "digest-of-" + budget,
                campaign + ".yaml",
                "campaign: " + campaign);
    }

    /** Expected $1.00, at most $1.50. */
    static PlannedRender render(int ordinal) {
        return render(ordinal, "fingerprint-" + ordinal, List.of(OutputKind.VIDEO));
    }

    static PlannedRender render(int ordinal, String fingerprint, List<OutputKind> kinds) {
        return new PlannedRender(
                "generate",
                "{\"sku\":\"mug-" + ordinal + "\"}",
                "mug-" + ordinal,
                ordinal,
                fingerprint,
                1,
                RenderRequest.textToVideo("A mug, number " + ordinal),
                new Price(Money.dollars("1.00"), Money.dollars("1.50"), ""),
                kinds.stream()
                        .map(kind -> new PlannedOutput(
                                kind,
                                Destination.parse("s3://videos/spring/"),
                                "mug-" + ordinal + "." + kind.label(),
                                ""))
                        .toList(),
                ordinal + 10,
                List.of());
    }

    static List<PlannedRender> renders(int count) {
        List<PlannedRender> renders = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            renders.add(render(i));
        }
        return renders;
    }

    PlanningLedger.Acceptance plan(NewRevision revision, List<PlannedRender> renders) {
        try (RevisionDraft draft = ledger.draft(revision)) {
            draft.add(renders);
            return draft.accept();
        }
    }

    /** Plans {@code count} renders and returns their ids in plan order. */
    List<RenderId> planned(String campaign, String budget, int count) {
        plan(revision(campaign, budget), renders(count));
        return ids(campaign);
    }

    List<RenderId> ids(String campaign) {
        List<RenderId> ids = new ArrayList<>();
        ledger.renders(campaign, render -> ids.add(render.id()));
        return ids;
    }

    static AttemptToken token() {
        return new AttemptToken(UUID.randomUUID());
    }

    static AttemptIntent intent(RenderId render, AttemptToken token) {
        return new AttemptIntent(render, token, "wire-hash", new byte[] {1, 2, 3}, LIMIT);
    }

    BindResult tryBind(RenderId render, PermitRule rule) {
        return ledger.bind(intent(render, token()), rule);
    }

    AttemptToken bound(RenderId render) {
        AttemptToken token = token();
        BindResult result = ledger.bind(intent(render, token), ALWAYS);
        if (!(result instanceof BindResult.Bound)) {
            throw new AssertionError("Not bound: " + result);
        }
        return token;
    }

    static ProviderJobId job(RenderId render) {
        return new ProviderJobId("job-of-" + render);
    }

    AttemptToken rendering(RenderId render) {
        AttemptToken token = bound(render);
        ledger.recordAccepted(token, job(render));
        return token;
    }

    void rendered(RenderId render, Duration urlLife) {
        rendering(render);
        complete(render, urlLife);
    }

    void complete(RenderId render, Duration urlLife) {
        ledger.recordRendered(render, job(render), Optional.empty(), List.of(found(OutputKind.VIDEO, urlLife)));
    }

    FoundOutput found(OutputKind kind, Duration urlLife) {
        return new FoundOutput(
                kind, "https://cdn.example.test/" + kind.label() + "?signature=secret", now().plus(urlLife));
    }

    RenderRecord record(RenderId render) {
        return ledger.render(render).orElseThrow();
    }

    RenderState state(RenderId render) {
        return record(render).state();
    }

    CampaignStatus status(String campaign) {
        return ledger.campaign(campaign).orElseThrow();
    }

    static Failure failure(FailureClass kind) {
        return new Failure(kind, "It did not work", "Try something else");
    }
}

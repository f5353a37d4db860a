package io.camelray.ledger;

import static io.camelray.ledger.LedgerFixture.ACCOUNT;
import static io.camelray.ledger.LedgerFixture.ALWAYS;
import static io.camelray.ledger.LedgerFixture.failure;
import static io.camelray.ledger.LedgerFixture.job;
import static io.camelray.ledger.LedgerFixture.render;
import static io.camelray.ledger.LedgerFixture.renders;
import static io.camelray.ledger.LedgerFixture.revision;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.camelray.ledger.DeliveryLedger.PendingOutput;
import io.camelray.ledger.DeliveryLedger.SecuredFile;
import io.camelray.ledger.Ledger.Change;
import io.camelray.ledger.OperatorLedger.Cancellation;
import io.camelray.ledger.OperatorLedger.Regeneration;
import io.camelray.ledger.OperatorLedger.Resumption;
import io.camelray.ledger.OperatorLedger.Retry;
import io.camelray.ledger.PlanningLedger.Parent;
import io.camelray.ledger.PlanningLedger.PlannedRender;
import io.camelray.ledger.PollingLedger.RenderingRender;
import io.camelray.ledger.SubmissionLedger.Acceptance;
import io.camelray.ledger.SubmissionLedger.BindResult;
import io.camelray.ledger.SubmissionLedger.DueRender;
import io.camelray.model.AttemptToken;
import io.camelray.model.FailureClass;
import io.camelray.model.HoldReason;
import io.camelray.model.Money;
import io.camelray.model.OutputKind;
import io.camelray.model.Priority;
import io.camelray.model.ProviderJobId;
import io.camelray.model.RenderId;
import io.camelray.model.RenderState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every form of the ledger does for operators. */
abstract class LedgerOperatorContractTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration LEASE = Duration.ofMinutes(5);

    private LedgerFixture fixture;
    private Ledger ledger;

    abstract DataSource open();

    abstract void close();

    @BeforeEach
    void openLedger() {
        fixture = new LedgerFixture(open(), Money.dollars("1000000"));
        ledger = fixture.ledger;
    }

    @AfterEach
    void closeLedger() {
        ledger.close();
        close();
    }

    /** A render of one step, whose parents are the renders of other steps. */
    private static PlannedRender step(int ordinal, String step, String... parents) {
        PlannedRender like = render(ordinal);
        return new PlannedRender(
                step,
                "{}",
                step,
                ordinal,
                "fingerprint of " + step,
                1,
                like.request(),
                like.price(),
                like.outputs(),
                ordinal + 1,
                List.of(parents).stream().map(name -> new Parent(name, "{}")).toList());
    }

    /** A chain of three. */
    private List<RenderId> chain() {
        fixture.plan(
                revision("spring", "100"), List.of(step(0, "hero"), step(1, "night", "hero"), step(2, "fit", "night")));
        return fixture.ids("spring");
    }

    private List<RenderId> due() {
        return ledger.due(ACCOUNT, 100).stream().map(DueRender::id).toList();
    }

    private void moderated(RenderId render) {
        fixture.rendering(render);
        ledger.recordJobFailed(render, job(render), failure(FailureClass.MODERATED), false, Optional.empty());
    }

    private void refuses(Runnable order, String... words) {
        assertThatThrownBy(order::run).isInstanceOf(OperatorException.class).hasMessageContainingAll(words);
    }

    private void isIn(RenderState state, RenderId... renders) {
        assertThat(renders).allSatisfy(id -> assertThat(fixture.state(id)).isEqualTo(state));
    }

    private long events(String where) {
        return Jdbi.create(fixture.dataSource)
                .withHandle(handle -> handle.createQuery("SELECT COUNT(*) FROM ray_event WHERE " + where)
                        .mapTo(Long.class)
                        .one());
    }

    // Cancel

    @Test
    void aPlannedRenderAndWhatStartsFromItAreCancelledForNothing() {
        List<RenderId> ids = chain();
        assertThat(ledger.cancel(ids.get(0))).isEqualTo(new Cancellation(3, 2, 0, Money.ZERO, 0));
        isIn(RenderState.CANCELLED, ids.get(0), ids.get(1), ids.get(2));
        assertThat(due()).isEmpty();
        assertThat(ledger.workLeft().isNone()).isTrue();
        assertThat(ledger.claimFailures(9, LEASE)).isEmpty();
        assertThat(events("to_state = 'cancelled'")).isEqualTo(3);
        refuses(() -> ledger.cancel(ids.get(0)), ids.get(0).toString(), "cancelled");
        refuses(() -> ledger.cancel(new RenderId(4711)), "no render R4711");
    }

    @Test
    void aHeldRenderIsCancelled() {
        fixture.plan(revision("spring", "1"), renders(2));
        RenderId held = fixture.ids("spring").get(0);
        ledger.cancel(held);
        assertThat(fixture.record(held).held()).isEmpty();
        isIn(RenderState.CANCELLED, held);
    }

    @Test
    void aRenderingRenderIsFlaggedAndDeliveredButNothingStartsFromItAnyMore() {
        List<RenderId> ids = chain();
        fixture.rendering(ids.get(0));
        List<Change> heard = new ArrayList<>();
        ledger.onChange(heard::add);

        assertThat(ledger.cancel(ids.get(0))).isEqualTo(new Cancellation(2, 2, 1, Money.dollars("1.00"), 0));

        assertThat(heard).contains(Change.CANCEL_REQUESTED);
        assertThat(ledger.cancelRequested(9)).extracting(RenderingRender::id).containsExactly(ids.get(0));
        isIn(RenderState.CANCELLED, ids.get(1), ids.get(2));
        ledger.recordRendered(
                ids.get(0), job(ids.get(0)), Optional.of("chain"), List.of(fixture.found(OutputKind.VIDEO, HOUR)));
        assertThat(due()).isEmpty();
        PendingOutput output = ledger.claimRendered(1, LEASE).get(0);
        assertThat(output.render().cancelRequested()).contains(fixture.now());
        assertThat(ledger.recordStored(output, output.key(), "")).isTrue();
        assertThat(fixture.status("spring").confirmed()).isEqualTo(Money.dollars("1.00"));
        refuses(() -> ledger.cancel(ids.get(0)), "delivered");
    }

    @Test
    void whatStartsFromARenderedRenderIsCancelledWithIt() {
        List<RenderId> ids = chain();
        fixture.rendering(ids.get(0));
        ledger.recordRendered(
                ids.get(0), job(ids.get(0)), Optional.of("chain"), List.of(fixture.found(OutputKind.VIDEO, HOUR)));
        assertThat(due()).containsExactly(ids.get(1));
        assertThat(ledger.cancel(ids.get(0)).cancelled()).isEqualTo(2);
        isIn(RenderState.CANCELLED, ids.get(1), ids.get(2));
        isIn(RenderState.RENDERED, ids.get(0));
    }

    @Test
    void aJobThatTheProviderCancelsEndsAsItWasWanted() {
        List<RenderId> ids = fixture.planned("spring", "100", 3);
        ids.forEach(fixture::rendering);
        ledger.cancel(ids.get(0));
        ledger.cancel(ids.get(1));
        ids.subList(0, 2).forEach(id -> assertThat(
                        ledger.recordJobCancelled(id, job(id), failure(FailureClass.OTHER), id.equals(ids.get(0))))
                .isTrue());
        isIn(RenderState.CANCELLED, ids.get(0), ids.get(1));
        assertThat(fixture.status("spring").confirmed()).isEqualTo(Money.dollars("1.00"));
        assertThat(ledger.use(ACCOUNT).active()).isEqualTo(1);
        assertThat(ledger.recordJobCancelled(ids.get(0), job(ids.get(0)), failure(FailureClass.OTHER), true))
                .isFalse();

        ledger.recordJobCancelled(ids.get(2), job(ids.get(2)), failure(FailureClass.OTHER), false);
        isIn(RenderState.FAILED, ids.get(2));
        assertThat(fixture.status("spring").reserved()).isEqualTo(Money.ZERO);
    }

    @Test
    void whatIsFlaggedIsNeverSubmittedAgain() {
        List<RenderId> ids = fixture.planned("spring", "100", 3);
        AttemptToken technical = fixture.bound(ids.get(0));
        fixture.rendering(ids.get(1));
        AttemptToken accepted = fixture.bound(ids.get(2));
        ids.forEach(ledger::cancel);
        ledger.recordNotAccepted(technical, Duration.ZERO, true, "503");
        ledger.recordJobFailed(
                ids.get(1),
                job(ids.get(1)),
                failure(FailureClass.GENERATION_FAILED),
                false,
                Optional.of(Duration.ZERO));
        isIn(RenderState.CANCELLED, ids.get(0), ids.get(1));
        List<Change> heard = new ArrayList<>();
        ledger.onChange(heard::add);
        ledger.recordAccepted(accepted, job(ids.get(2)));
        assertThat(heard).contains(Change.CANCEL_REQUESTED);
        isIn(RenderState.RENDERING, ids.get(2));
    }

    @Test
    void anUnknownRenderIsNotCancelledBeforeItIsResolved() {
        RenderId id = fixture.planned("spring", "100", 1).get(0);
        ledger.recordUnknown(fixture.bound(id), "reset");
        refuses(() -> ledger.cancel(id), "unknown", "resolve");
        isIn(RenderState.UNKNOWN, id);
    }

    @Test
    void aCampaignIsCancelledWithWhatOlderRevisionsHaveInFlight() {
        List<RenderId> ids = fixture.planned("spring", "100", 4);
        fixture.rendering(ids.get(0));
        fixture.plan(revision("spring", "101"), List.of(render(1), render(2), render(3)));
        ledger.recordUnknown(fixture.bound(ids.get(1)), "reset");
        RenderId other = fixture.planned("autumn", "100", 1).get(0);

        assertThat(ledger.cancelCampaign("spring")).isEqualTo(new Cancellation(2, 0, 1, Money.dollars("1.00"), 1));

        isIn(RenderState.CANCELLED, ids.get(2), ids.get(3));
        isIn(RenderState.PLANNED, other);
        assertThat(fixture.record(ids.get(0)).cancelRequested()).isPresent();
        assertThat(fixture.record(ids.get(1)).cancelRequested()).isPresent();
        assertThat(events("kind = 'cancelled'")).isEqualTo(1);
        fixture.pass(HOUR);
        assertThat(ledger.overdueUnknown(9, 9)).isEmpty();
        refuses(() -> ledger.resubmit(ids.get(1)), "cancelled", "abandon");
        refuses(() -> ledger.cancelCampaign("winter"), "no campaign 'winter'");
    }

    @Test
    void theSameManifestAgainBringsBackWhatWasCancelled() {
        List<RenderId> ids = fixture.planned("spring", "100", 2);
        assertThat(ledger.findRevision("spring", "digest-of-100")).isPresent();
        ledger.cancel(ids.get(0));
        assertThat(ledger.findRevision("spring", "digest-of-100")).isEmpty();
        assertThat(fixture.plan(revision("spring", "100"), renders(2)).added()).isEqualTo(1);
        assertThat(ledger.findRevision("spring", "digest-of-100").orElseThrow().number())
                .isEqualTo(2);
    }

    // Pause and resume

    @Test
    void aPausedRenderWaitsUntilItIsResumed() {
        List<RenderId> ids = fixture.planned("spring", "100", 2);
        ledger.pause(ids.get(0));
        assertThat(fixture.record(ids.get(0)).held()).contains(HoldReason.PAUSED);
        assertThat(due()).containsExactly(ids.get(1));
        refuses(() -> ledger.pause(ids.get(0)), "held", "planned");
        ledger.resume(ids.get(0));
        assertThat(due()).containsExactly(ids.get(0), ids.get(1));
        refuses(() -> ledger.resume(ids.get(0)), "planned", "held");
    }

    @Test
    void aPausedCampaignHoldsWhatIsPlannedAndWhatBecomesPlanned() {
        List<RenderId> ids = fixture.planned("spring", "100", 3);
        AttemptToken flying = fixture.bound(ids.get(0));
        fixture.rendering(ids.get(1));

        assertThat(ledger.pauseCampaign("spring")).isEqualTo(1);
        ledger.recordNotAccepted(flying, Duration.ZERO, false, "429");
        fixture.plan(revision("spring", "101"), renders(4));
        fixture.complete(ids.get(1), HOUR);

        isIn(RenderState.RENDERED, ids.get(1));
        assertThat(due()).isEmpty();
        assertThat(fixture.status("spring").count(RenderState.HELD)).isEqualTo(3);
        refuses(() -> ledger.resume(ids.get(0)), "spring", "paused", "resume the campaign");
        assertThat(ledger.resumeCampaign("spring", Optional.empty()))
                .isEqualTo(new Resumption(3, 0, Money.dollars("101")));
        assertThat(due()).hasSize(3);
        assertThat(events("kind = 'paused'") + events("kind = 'resumed'")).isEqualTo(2);
    }

    @Test
    void resumingAStoppedCampaignCountsItsFailuresAnew() {
        fixture.plan(revision("spring", "100", Priority.NORMAL, 2), renders(5));
        List<RenderId> ids = fixture.ids("spring");
        moderated(ids.get(0));
        moderated(ids.get(1));
        assertThat(fixture.record(ids.get(2)).held()).contains(HoldReason.STOP_LOSS);
        refuses(() -> ledger.resume(ids.get(2)), "failed", "resume the campaign");

        assertThat(ledger.resumeCampaign("spring", Optional.empty()).released()).isEqualTo(3);

        moderated(ids.get(2));
        isIn(RenderState.PLANNED, ids.get(3), ids.get(4));
        moderated(ids.get(3));
        isIn(RenderState.HELD, ids.get(4));
    }

    @Test
    void aRaisedBudgetLetsGoOnAsMuchAsFits() {
        fixture.plan(revision("spring", "3"), renders(5));
        List<RenderId> ids = fixture.ids("spring");
        assertThat(ledger.resumeCampaign("spring", Optional.empty()))
                .as("held whole, and nobody named money for a part of it")
                .isEqualTo(new Resumption(0, 5, Money.dollars("3")));

        assertThat(ledger.resumeCampaign("spring", Optional.of(Money.dollars("4"))))
                .isEqualTo(new Resumption(4, 1, Money.dollars("4")));
        isIn(RenderState.HELD, ids.get(4));
        fixture.rendered(ids.get(0), HOUR);
        refuses(() -> ledger.resumeCampaign("spring", Optional.of(Money.dollars("0.99"))), "$1.00", "$0.99");
        assertThat(ledger.resumeCampaign("spring", Optional.of(Money.dollars("5.00"))))
                .isEqualTo(new Resumption(1, 0, Money.dollars("5")));
        assertThat(fixture.status("spring").budget()).isEqualTo(Money.dollars("5"));
    }

    @Test
    void whatRanIntoItsBudgetGoesOnWithMoreOfIt() {
        List<RenderId> ids = fixture.planned("spring", "2", 2);
        fixture.rendering(ids.get(0));
        assertThat(fixture.tryBind(ids.get(1), ALWAYS)).isEqualTo(new BindResult.Held(HoldReason.BUDGET));
        refuses(() -> ledger.resume(ids.get(1)), "$1.50", "$0.50");
        ledger.resumeCampaign("spring", Optional.of(Money.dollars("3")));
        fixture.bound(ids.get(1));
    }

    @Test
    void aManifestWithALargerBudgetLetsGoOnWhatRanIntoTheSmallerOne() {
        List<RenderId> ids = fixture.planned("spring", "2", 2);
        fixture.rendering(ids.get(0));
        fixture.tryBind(ids.get(1), ALWAYS);
        isIn(RenderState.HELD, ids.get(1));
        fixture.plan(revision("spring", "3"), renders(2));
        fixture.bound(ids.get(1));
    }

    @Test
    void anAccountThatAnOperatorPausedStaysPausedUntilAnOperatorResumesIt() {
        ledger.pauseAccount(ACCOUNT);
        ledger.recordAccountFault(ACCOUNT, "402");
        ledger.recordAccountMended(ACCOUNT);
        assertThat(ledger.use(ACCOUNT).pausedFor()).contains("an operator paused it");
        ledger.resumeAccount(ACCOUNT);
        assertThat(ledger.use(ACCOUNT).pausedFor()).isEmpty();
        refuses(() -> ledger.pauseAccount("nobody"), "nobody", ACCOUNT);
        refuses(() -> ledger.resumeAccount("nobody"), "nobody", ACCOUNT);
    }

    @Test
    void anAccountThatMayHaveBeenMendedGoesOn() {
        ledger.recordAccountFault(ACCOUNT, "402");
        List<Change> heard = new ArrayList<>();
        ledger.onChange(heard::add);
        ledger.recordAccountMended(ACCOUNT);
        assertThat(ledger.use(ACCOUNT).pausedFor()).isEmpty();
        assertThat(heard).containsExactly(Change.DUE);
        ledger.recordAccountMended(ACCOUNT);
        assertThat(events("kind = 'resumed'")).isEqualTo(1);
    }

    @Test
    void anAccountWithoutCreditTriesAgainEverMoreRarelyAndGoesOnWhenAnAttemptIsAccepted() {
        List<RenderId> ids = fixture.planned("spring", "100", 3);
        AttemptToken early = fixture.bound(ids.get(2));
        Duration gap = Duration.ofMinutes(5);
        assertThat(ledger.recordLackOfCredit(fixture.bound(ids.get(0)), "402", gap))
                .isTrue();
        for (int minutes : List.of(5, 10, 20, 40, 60, 60)) {
            assertThat(ledger.use(ACCOUNT).recheckAt()).contains(fixture.now().plus(Duration.ofMinutes(minutes)));
            fixture.pass(Duration.ofMinutes(minutes));
            assertThat(ledger.recordLackOfCredit(fixture.bound(ids.get(0)), "402 again", gap))
                    .isFalse();
        }
        ledger.recordAccepted(early, job(ids.get(2)));
        assertThat(ledger.use(ACCOUNT).pausedFor()).contains("402");

        fixture.pass(HOUR);
        ledger.recordAccepted(fixture.bound(ids.get(0)), job(ids.get(0)));

        assertThat(ledger.use(ACCOUNT).pausedFor()).isEmpty();
        assertThat(ledger.use(ACCOUNT).recheckAt()).isEmpty();
        assertThat(events("kind = 'paused'")).isEqualTo(1);
        assertThat(events("kind = 'resumed'")).isEqualTo(1);
        assertThat(fixture.status("spring").count(RenderState.FAILED)).isZero();
    }

    @Test
    void whatOnlyAPersonCanMendIsNewsOnceAndEndsTheTries() {
        List<RenderId> ids = fixture.planned("spring", "100", 2);
        ledger.recordLackOfCredit(fixture.bound(ids.get(0)), "402", Duration.ofMinutes(5));
        assertThat(ledger.recordAccountFault(ACCOUNT, "401")).isTrue();
        assertThat(ledger.recordAccountFault(fixture.bound(ids.get(0)), "401 in other words"))
                .isFalse();
        assertThat(ledger.recordLackOfCredit(fixture.bound(ids.get(1)), "402", Duration.ofMinutes(5)))
                .isFalse();
        assertThat(ledger.use(ACCOUNT).pausedFor()).contains("401");
        assertThat(ledger.use(ACCOUNT).recheckAt()).isEmpty();
        assertThat(events("kind = 'paused'")).isEqualTo(2);
        ledger.pauseAccount(ACCOUNT);
        ledger.pauseAccount(ACCOUNT, "its bill is disputed");
        assertThat(ledger.use(ACCOUNT).pausedFor()).contains("its bill is disputed");
    }

    // Again

    @Test
    void aWholeCampaignIsPlannedOnceMoreWhenAllOfItHasEndedAndIsHeldIfItsBudgetDoesNotAllowIt() {
        PlannedRender both = render(0, "fingerprint", List.of(OutputKind.VIDEO, OutputKind.EXR));
        fixture.plan(revision("spring", "3"), List.of(both, render(1)));
        List<RenderId> ids = fixture.ids("spring");
        refuses(() -> ledger.again("spring"), "2 renders of campaign spring have not ended");
        refuses(() -> ledger.again("summer"), "no campaign 'summer'");
        ledger.cancel(ids.get(0));
        ledger.recordRefused(fixture.bound(ids.get(1)), failure(FailureClass.REJECTED));

        Regeneration second = ledger.again("spring");

        assertThat(second)
                .isEqualTo(new Regeneration(
                        2, 2, 2, Money.dollars("2.00"), Money.dollars("3.00"), Money.dollars("3"), false));
        List<RenderId> now = fixture.ids("spring");
        assertThat(now).hasSize(2).doesNotContainAnyElementsOf(ids);
        assertThat(fixture.record(now.get(0)).request())
                .isEqualTo(fixture.record(ids.get(0)).request());
        assertThat(fixture.record(now.get(0)).outputs())
                .extracting(output -> output.kind() + " " + output.location())
                .containsExactlyElementsOf(fixture.record(ids.get(0)).outputs().stream()
                        .map(output -> output.kind() + " " + output.location())
                        .toList());
        assertThat(ledger.findRevision("spring", revision("spring", "3").digest()))
                .as("the same manifest asks for nothing new")
                .hasValueSatisfying(known -> assertThat(known.number()).isEqualTo(2));
        for (RenderId id : now) {
            ledger.recordRefused(fixture.bound(id), failure(FailureClass.REJECTED));
        }
        ledger.resumeCampaign("spring", Optional.of(Money.dollars("1.99")));

        Regeneration third = ledger.again("spring");

        assertThat(third.generation()).isEqualTo(3);
        assertThat(third.held()).isTrue();
        assertThat(fixture.status("spring").count(RenderState.HELD)).isEqualTo(2);
    }

    // Retry

    @Test
    void aFailedRenderIsPlannedAgainWithFreshLimitsAndAllOfItsFilesAreDeliveredAnew() {
        PlannedRender both = render(0, "fingerprint", List.of(OutputKind.VIDEO, OutputKind.EXR));
        fixture.plan(revision("spring", "100"), List.of(both));
        RenderId id = fixture.ids("spring").get(0);
        ledger.recordNotAccepted(fixture.bound(id), Duration.ZERO, true, "503");
        fixture.rendering(id);
        ledger.recordRendered(
                id,
                job(id),
                Optional.empty(),
                List.of(fixture.found(OutputKind.VIDEO, HOUR), fixture.found(OutputKind.EXR, HOUR)));
        PendingOutput first = ledger.claimRendered(1, LEASE).get(0);
        ledger.recordStored(first, first.key(), "tag");
        PendingOutput second = ledger.claimRendered(1, LEASE).get(0);
        ledger.recordSecured(second.outputId(), new SecuredFile(Path.of("spool"), 5, "abc", "image/x-exr", "{}"));
        ledger.releaseOutput(second.outputId(), Duration.ZERO, "down");
        ledger.failOutput(second.outputId(), failure(FailureClass.DELIVERY));

        assertThat(ledger.retry(id)).isEqualTo(new Retry(1, 0, Optional.empty(), Money.dollars("1.00")));

        DueRender due = ledger.due(ACCOUNT, 1).get(0);
        assertThat(due.technicalRetries()).isZero();
        assertThat(due.attempts()).isZero();
        assertThat(fixture.record(id).failure()).isEmpty();
        assertThat(ledger.claimFailures(1, LEASE))
                .as("what was not handed over yet")
                .isEmpty();
        ledger.recordAccepted(fixture.bound(id), new ProviderJobId("another"));
        ledger.recordRendered(
                id,
                new ProviderJobId("another"),
                Optional.empty(),
                List.of(fixture.found(OutputKind.VIDEO, HOUR), fixture.found(OutputKind.EXR, HOUR)));
        assertThat(ledger.claimRendered(1, LEASE)).singleElement().satisfies(output -> {
            assertThat(output.attempt()).isZero();
            assertThat(output.secured()).isEmpty();
            assertThat(output.lastOfRender()).isFalse();
        });
        assertThat(fixture.status("spring").confirmed()).isEqualTo(Money.dollars("2.00"));
    }

    @Test
    void retryingAParentRevivesWhatFailedBecauseOfItToTheLastGeneration() {
        List<RenderId> ids = chain();
        moderated(ids.get(0));
        isIn(RenderState.FAILED, ids.get(0), ids.get(1), ids.get(2));
        refuses(() -> ledger.retry(ids.get(2)), ids.get(1).toString(), "failed");

        assertThat(ledger.retry(ids.get(0))).isEqualTo(new Retry(1, 2, Optional.empty(), Money.ZERO));

        isIn(RenderState.PLANNED, ids.get(0), ids.get(1), ids.get(2));
        assertThat(due()).containsExactly(ids.get(0));
        ledger.recordAccepted(fixture.bound(ids.get(0)), new ProviderJobId("again"));
        ledger.recordRendered(ids.get(0), new ProviderJobId("again"), Optional.of("chain"), List.of());
        assertThat(due()).containsExactly(ids.get(1));
    }

    @Test
    void aChildOfTwoFailedParentsIsRevivedWithTheSecondOfThem() {
        fixture.plan(revision("spring", "100"), List.of(step(0, "one"), step(1, "two"), step(2, "both", "one", "two")));
        List<RenderId> ids = fixture.ids("spring");
        moderated(ids.get(0));
        moderated(ids.get(1));
        assertThat(ledger.retry(ids.get(0)).revived()).isZero();
        assertThat(ledger.retry(ids.get(1)).revived()).isEqualTo(1);
        assertThat(due()).containsExactly(ids.get(0), ids.get(1));
    }

    @Test
    void aCampaignIsRetriedWholeAndDeadLettersThatWereHandedOverStay() {
        List<RenderId> ids = chain();
        moderated(ids.get(0));
        ledger.claimFailures(9, LEASE).forEach(ledger::settleFailures);
        assertThat(ledger.retryCampaign("spring")).isEqualTo(new Retry(1, 2, Optional.empty(), Money.ZERO));
        moderated2(ids.get(0));
        assertThat(ledger.claimFailures(9, LEASE))
                .as("it failed again")
                .singleElement()
                .satisfies(failed -> assertThat(failed.claimed()).hasSize(3));
        ledger.retry(ids.get(0));
        refuses(() -> ledger.retryCampaign("spring"), "nothing to retry");
        refuses(() -> ledger.retryCampaign("winter"), "no campaign 'winter'");
    }

    private void moderated2(RenderId render) {
        ProviderJobId second = new ProviderJobId("second");
        ledger.recordAccepted(fixture.bound(render), second);
        ledger.recordJobFailed(render, second, failure(FailureClass.MODERATED), false, Optional.empty());
    }

    @Test
    void onlyWhatFailedAndIsStillAskedForCanBeRetried() {
        List<RenderId> ids = fixture.planned("spring", "100", 2);
        moderated(ids.get(0));
        refuses(() -> ledger.retry(ids.get(1)), "planned");
        refuses(() -> ledger.retry(new RenderId(4711)), "no render");
        fixture.plan(revision("spring", "101"), List.of(render(1)));
        refuses(() -> ledger.retry(ids.get(0)), "no longer in the manifest");
    }

    @Test
    void aRetryIsHeldWithTheCampaignThatIsPausedOrStopped() {
        fixture.plan(revision("spring", "100", Priority.NORMAL, 1), renders(1));
        RenderId id = fixture.ids("spring").get(0);
        moderated(id);
        assertThat(ledger.retry(id).held()).contains(HoldReason.STOP_LOSS);
        ledger.resumeCampaign("spring", Optional.empty());
        assertThat(due()).containsExactly(id);
        moderated2(id);
        ledger.pauseCampaign("spring");
        assertThat(ledger.retryCampaign("spring").held()).contains(HoldReason.PAUSED);
        assertThat(fixture.record(id).held()).contains(HoldReason.PAUSED);
    }

    @Test
    void manyThatFailedAreRetriedAtOnce() {
        int many = 1200;
        List<PlannedRender> plan = new ArrayList<>();
        plan.add(step(0, "hero"));
        for (int i = 1; i < many; i++) {
            plan.add(step(i, "fit-" + i, "hero"));
        }
        fixture.plan(revision("spring", "100000"), plan);
        moderated(fixture.ids("spring").get(0));
        assertThat(fixture.status("spring").count(RenderState.FAILED)).isEqualTo(many);
        assertThat(ledger.retryCampaign("spring").revived()).isEqualTo(many - 1);
        assertThat(fixture.status("spring").count(RenderState.PLANNED)).isEqualTo(many);
        assertThat(ledger.cancel(fixture.ids("spring").get(0)).dependent()).isEqualTo(many - 1);
    }

    // Resubmit

    @Test
    void aResubmittedRenderTakesAFreshReserveAndTheOldOneStaysAtRisk() {
        RenderId id = fixture.planned("spring", "100", 1).get(0);
        AttemptToken lost = fixture.bound(id);
        ledger.recordUnknown(lost, "reset");
        refuses(() -> ledger.resubmit(id), "may still be on the wire");
        fixture.pass(Duration.ofMinutes(3));
        ledger.resubmit(id);

        assertThat(due()).containsExactly(id);
        assertThat(ledger.use(ACCOUNT).active()).as("its slot, for the hour").isEqualTo(1);
        AttemptToken second = fixture.bound(id);
        assertThat(fixture.status("spring").atRisk()).isEqualTo(Money.dollars("1.50"));
        assertThat(fixture.status("spring").reserved()).isEqualTo(Money.dollars("1.50"));
        ledger.recordAccepted(second, job(id));
        assertThat(ledger.recordAccepted(lost, new ProviderJobId("lost"))).isEqualTo(Acceptance.SECOND_PAID);
        assertThat(fixture.status("spring").atRisk()).isEqualTo(Money.ZERO);
        assertThat(fixture.status("spring").confirmed()).isEqualTo(Money.dollars("1.00"));
        isIn(RenderState.RENDERING, id);
        refuses(() -> ledger.resubmit(id), "rendering");
    }

    @Test
    void anUnknownRenderIsOverdueWhenItsHourIsOverAsOftenAsIsAllowed() {
        RenderId id = fixture.planned("spring", "100", 1).get(0);
        ledger.recordUnknown(fixture.bound(id), "reset");
        fixture.pass(HOUR.minusNanos(1_000));
        assertThat(ledger.overdueUnknown(1, 9)).isEmpty();
        fixture.pass(Duration.ofNanos(1_000));
        assertThat(ledger.overdueUnknown(0, 9)).isEmpty();
        assertThat(ledger.overdueUnknown(1, 9)).containsExactly(id);
        ledger.resubmit(id);
        ledger.recordUnknown(fixture.bound(id), "reset");
        fixture.pass(HOUR);
        assertThat(ledger.overdueUnknown(1, 9)).isEmpty();
        assertThat(ledger.overdueUnknown(2, 9)).containsExactly(id);
    }

    @Test
    void anUnknownRenderThatIsNoLongerAskedForIsNotResubmitted() {
        List<RenderId> ids = fixture.planned("spring", "100", 2);
        ledger.recordUnknown(fixture.bound(ids.get(0)), "reset");
        fixture.plan(revision("spring", "101"), List.of(render(1)));
        fixture.pass(HOUR);
        assertThat(ledger.overdueUnknown(9, 9)).isEmpty();
        refuses(() -> ledger.resubmit(ids.get(0)), "no longer in the manifest");
    }
}

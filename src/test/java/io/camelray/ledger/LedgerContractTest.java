package io.camelray.ledger;

import static io.camelray.ledger.LedgerFixture.ACCOUNT;
import static io.camelray.ledger.LedgerFixture.ALWAYS;
import static io.camelray.ledger.LedgerFixture.START;
import static io.camelray.ledger.LedgerFixture.WITHIN_LIMITS;
import static io.camelray.ledger.LedgerFixture.failure;
import static io.camelray.ledger.LedgerFixture.intent;
import static io.camelray.ledger.LedgerFixture.job;
import static io.camelray.ledger.LedgerFixture.render;
import static io.camelray.ledger.LedgerFixture.renders;
import static io.camelray.ledger.LedgerFixture.revision;
import static io.camelray.ledger.LedgerFixture.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.camelray.ledger.DeliveryLedger.FailedRevision;
import io.camelray.ledger.DeliveryLedger.PendingOutput;
import io.camelray.ledger.DeliveryLedger.SecuredFile;
import io.camelray.ledger.Ledger.Change;
import io.camelray.ledger.LedgerViews.CampaignStatus;
import io.camelray.ledger.PlanningLedger.PlannedRender;
import io.camelray.ledger.PlanningLedger.RevisionDraft;
import io.camelray.ledger.PollingLedger.RenderingRender;
import io.camelray.ledger.SubmissionLedger.Acceptance;
import io.camelray.ledger.SubmissionLedger.BindResult;
import io.camelray.ledger.SubmissionLedger.DueRender;
import io.camelray.ledger.SubmissionLedger.Permit;
import io.camelray.ledger.SubmissionLedger.PermitRule;
import io.camelray.model.AttemptToken;
import io.camelray.model.FailureClass;
import io.camelray.model.HoldReason;
import io.camelray.model.Money;
import io.camelray.model.OutputKind;
import io.camelray.model.Priority;
import io.camelray.model.ProviderJobId;
import io.camelray.model.ProviderName;
import io.camelray.model.RenderId;
import io.camelray.model.RenderState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every form of the ledger does, one database below it or another. */
abstract class LedgerContractTest {
    private static final Duration LEASE = Duration.ofMinutes(5);
    private static final Duration HOUR = Duration.ofHours(1);

    private LedgerFixture fixture;
    private Ledger ledger;

    abstract DataSource open();

    abstract void close();

    @BeforeEach
    void openLedger() {
        fixture = new LedgerFixture(open(), Money.dollars("1000"));
        ledger = fixture.ledger;
    }

    @AfterEach
    void closeLedger() {
        ledger.close();
        close();
    }

    // Planning

    @Test
    void nothingOfADraftIsSeenUntilItIsAccepted() {
        try (RevisionDraft draft = ledger.draft(revision("spring", "100"))) {
            draft.add(renders(3));
            assertThat(ledger.campaigns()).isEmpty();
            assertThat(ledger.due(ACCOUNT, 10)).isEmpty();
            assertThat(ledger.workLeft().isNone()).isTrue();
            assertThat(ledger.findRevision("spring", "digest-of-100")).isEmpty();

            assertThat(draft.accept()).satisfies(accepted -> {
                assertThat(accepted.added()).isEqualTo(3);
                assertThat(accepted.revision().number()).isEqualTo(1);
                assertThat(accepted.held()).isFalse();
            });
        }
        assertThat(fixture.status("spring").count(RenderState.PLANNED)).isEqualTo(3);
        assertThat(fixture.status("spring").expected()).isEqualTo(Money.dollars("3"));
        assertThat(ledger.workLeft().due()).isEqualTo(3);
        assertThat(ledger.findRevision("spring", "digest-of-100")).isPresent();
    }

    @Test
    void aGenerationOfOursIsKnownByWhatItIsChainedWith() {
        List<RenderId> ids = fixture.planned("spring", "100", 3);
        fixture.rendering(ids.get(0));
        fixture.rendering(ids.get(1));
        ledger.recordRendered(
                ids.get(1), job(ids.get(1)), Optional.of("chain-1"), List.of(fixture.found(OutputKind.VIDEO, HOUR)));

        assertThat(ledger.findGeneration(ProviderName.LUMA, "chain-1")).hasValueSatisfying(generation -> {
            assertThat(generation.account()).isEqualTo(ACCOUNT);
            assertThat(generation.complete()).isTrue();
            assertThat(generation.request().prompt()).isEqualTo("A mug, number 1");
        });
        assertThat(ledger.findGeneration(ProviderName.LUMA, job(ids.get(0)).value()))
                .hasValueSatisfying(generation -> {
                    assertThat(generation.complete()).isFalse();
                    assertThat(generation.state()).isEqualTo(RenderState.RENDERING);
                });
        assertThat(ledger.findGeneration(ProviderName.GMI, "chain-1")).isEmpty();
        assertThat(ledger.findGeneration(ProviderName.LUMA, "someone's")).isEmpty();
    }

    @Test
    void aDraftThatIsClosedLeavesNothing() {
        try (RevisionDraft draft = ledger.draft(revision("spring", "100"))) {
            draft.add(renders(3));
        }
        assertThat(ledger.sweepDrafts()).isZero();
        assertThat(fixture.planned("spring", "100", 2)).hasSize(2);
        assertThat(fixture.status("spring").revision()).isEqualTo(1);
    }

    @Test
    @SuppressWarnings("resource")
    void whatACrashLeavesOfADraftIsSwept() {
        fixture.planned("autumn", "100", 2);
        ledger.draft(revision("spring", "100")).add(renders(2500));
        assertThat(ledger.sweepDrafts()).isEqualTo(2500);
        assertThat(ledger.sweepDrafts()).isZero();
        assertThat(ledger.campaigns()).extracting(CampaignStatus::campaign).containsExactly("autumn");
        assertThat(fixture.ids("autumn")).hasSize(2);
    }

    @Test
    void aRevisionKeepsWhatItSharesAndCancelsWhatItNoLongerAsksFor() {
        List<RenderId> first = fixture.planned("spring", "100", 4);
        fixture.rendering(first.get(0));
        fixture.rendering(first.get(3));

        List<PlannedRender> second = new ArrayList<>();
        second.add(render(7));
        second.add(new PlannedRender(
                render(0).step(),
                render(0).cell(),
                render(0).label(),
                9,
                render(0).fingerprint(),
                1,
                render(0).request(),
                render(0).price(),
                render(0).outputs(),
                1,
                List.of()));
        second.add(render(1));
        var accepted = fixture.plan(revision("spring", "90"), second);

        assertThat(accepted.added()).isEqualTo(1);
        assertThat(accepted.kept()).isEqualTo(2);
        assertThat(accepted.cancelled()).isEqualTo(1);
        assertThat(fixture.state(first.get(0))).isEqualTo(RenderState.RENDERING);
        assertThat(fixture.state(first.get(1))).isEqualTo(RenderState.PLANNED);
        assertThat(fixture.state(first.get(2))).isEqualTo(RenderState.CANCELLED);
        assertThat(fixture.state(first.get(3))).isEqualTo(RenderState.RENDERING);
        assertThat(fixture.ids("spring"))
                .as("in the order of the new plan")
                .hasSize(3)
                .startsWith(first.get(1))
                .endsWith(first.get(0));
        assertThat(fixture.record(first.get(0)).outputs()).hasSize(1);
        assertThat(ledger.rendering(Optional.empty(), 10))
                .extracting(RenderingRender::id)
                .containsExactly(first.get(0), first.get(3));
    }

    @Test
    void aCancelledRenderThatIsAskedForAgainIsNewWork() {
        fixture.plan(revision("spring", "100"), List.of(render(0), render(1)));
        fixture.plan(revision("spring", "101"), List.of(render(0)));
        var third = fixture.plan(revision("spring", "102"), List.of(render(0), render(1)));
        assertThat(third.added()).isEqualTo(1);
        assertThat(third.kept()).isEqualTo(1);
        assertThat(ledger.due(ACCOUNT, 10)).hasSize(2);
    }

    @Test
    void aRetryOfARenderThatIsNoLongerAskedForEndsCancelled() {
        List<RenderId> first = fixture.planned("spring", "100", 2);
        AttemptToken token = fixture.bound(first.get(0));
        fixture.plan(revision("spring", "90"), List.of(render(1)));
        ledger.recordNotAccepted(token, Duration.ZERO, false, "429");
        assertThat(fixture.state(first.get(0))).isEqualTo(RenderState.CANCELLED);
        assertThat(fixture.status("spring").reserved()).isEqualTo(Money.ZERO);
    }

    @Test
    void aManifestThatNamesARenderTwiceIsRefused() {
        assertThatThrownBy(() -> fixture.plan(revision("spring", "100"), List.of(render(0), render(1), render(0))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("step 'generate' for {\"sku\":\"mug-0\"}")
                .hasMessageContaining("twice");
        assertThat(ledger.campaigns()).isEmpty();
    }

    @Test
    void anOlderDraftCannotReplaceANewerRevision() {
        try (RevisionDraft older = ledger.draft(revision("spring", "100"));
                RevisionDraft newer = ledger.draft(revision("spring", "90"))) {
            older.add(renders(1));
            newer.add(renders(2));
            newer.accept();
            assertThatThrownBy(older::accept)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("revision 2");
        }
        assertThat(fixture.ids("spring")).hasSize(2);
    }

    @Test
    void aCampaignThatExceedsItsBudgetIsHeldWholeAndReleasedByABiggerOne() {
        var accepted = fixture.plan(revision("spring", "2.99"), renders(3));
        assertThat(accepted.held()).isTrue();
        assertThat(fixture.status("spring").count(RenderState.HELD)).isEqualTo(3);
        assertThat(fixture.record(fixture.ids("spring").get(0)).held()).contains(HoldReason.BUDGET);
        assertThat(ledger.due(ACCOUNT, 10)).isEmpty();

        assertThat(fixture.plan(revision("spring", "3.00"), renders(3)).kept()).isEqualTo(3);
        assertThat(ledger.due(ACCOUNT, 10)).hasSize(3);
    }

    @Test
    void whatWasPaidCountsAgainstTheBudgetOfTheNextRevision() {
        RenderId first = fixture.planned("spring", "2", 1).get(0);
        fixture.rendered(first, HOUR);
        assertThat(fixture.plan(revision("spring", "1.99"), List.of(render(0), render(1)))
                        .held())
                .isTrue();
        assertThat(fixture.plan(revision("spring", "2.00"), List.of(render(0), render(1)))
                        .held())
                .isFalse();
    }

    // Accounts

    @Test
    void anAccountBelongsToOneBaseUrl() {
        assertThatThrownBy(() -> ledger.registerAccount(
                        LedgerFixture.account("https://sandbox.example.test", AccountLimits.DEFAULT)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("https://api.example.test")
                .hasMessageContaining("https://sandbox.example.test");
    }

    @Test
    void aLedgerThatANewerProgramHasWorkedWithIsRefusedByItsVersion() {
        Jdbi jdbi = Jdbi.create(fixture.dataSource);
        jdbi.useHandle(
                handle -> handle.execute(
                        """
                INSERT INTO "ray_schema_history" ("installed_rank", "version", "description", "type", "script",
                                                  "installed_by", "execution_time", "success")
                VALUES (999, '99', 'later', 'SQL', 'V99__later.sql', 'somebody', 1, TRUE)"""));
        try {
            assertThatThrownBy(() ->
                            new JdbcLedger(fixture.dataSource, new DailyBudget(Money.dollars("1"), LedgerFixture.ZONE)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("version 99")
                    .hasMessageContaining("ray.ledger.url");
        } finally {
            jdbi.useHandle(
                    handle -> handle.execute("DELETE FROM \"ray_schema_history\" WHERE \"installed_rank\" = 999"));
        }
    }

    @Test
    void learnedLimitsAndAPauseSurviveRegistration() {
        ledger.learnRequestsPerMinute(ACCOUNT, 12, Optional.empty());
        ledger.recordAccountFault(ACCOUNT, "402");
        ledger.registerAccount(LedgerFixture.account("https://api.example.test", new AccountLimits(99, 7, 3)));
        assertThat(ledger.use(ACCOUNT).limits()).isEqualTo(new AccountLimits(12, 7, 3));
        assertThat(ledger.use(ACCOUNT).pausedFor()).contains("402");
        ledger.resumeAccount(ACCOUNT);
        assertThat(ledger.use(ACCOUNT).pausedFor()).isEmpty();
    }

    @Test
    void aRateThatARefusalTaughtIsBelievedForAWhileAndOneFromAHeaderUntilTheNext() {
        ledger.learnRequestsPerMinute(ACCOUNT, 6, Optional.of(Duration.ofMinutes(10)));
        assertThat(ledger.use(ACCOUNT).limits().requestsPerMinute()).isEqualTo(6);
        fixture.pass(Duration.ofMinutes(9));
        ledger.learnRequestsPerMinute(ACCOUNT, 6, Optional.of(Duration.ofMinutes(10)));
        fixture.pass(Duration.ofMinutes(9));
        assertThat(ledger.use(ACCOUNT).limits().requestsPerMinute()).isEqualTo(6);
        fixture.pass(Duration.ofMinutes(1));
        assertThat(ledger.use(ACCOUNT).limits()).isEqualTo(AccountLimits.DEFAULT);

        ledger.learnRequestsPerMinute(ACCOUNT, 12, Optional.empty());
        ledger.learnRequestsPerMinute(ACCOUNT, 12, Optional.of(Duration.ofMinutes(10)));
        fixture.pass(Duration.ofDays(1));
        assertThat(ledger.use(ACCOUNT).limits().requestsPerMinute()).isEqualTo(12);
    }

    @Test
    void asManyJobsAsRanBesideARefusedOneAreBelievedToBeTheLimitForAWhile() {
        List<RenderId> ids = fixture.planned("spring", "100", 4);
        fixture.rendering(ids.get(0));
        fixture.rendering(ids.get(1));
        AttemptToken third = fixture.bound(ids.get(2));
        ledger.learnConcurrency(ACCOUNT, Duration.ofMinutes(10));
        ledger.recordNotAccepted(third, Duration.ZERO, false, "too many");

        assertThat(ledger.use(ACCOUNT).limits().maxConcurrent()).isEqualTo(2);
        assertThat(ledger.accountStates()).singleElement().satisfies(state -> {
            assertThat(state.registered().limits()).isEqualTo(AccountLimits.DEFAULT);
            assertThat(state.learned().maxConcurrent().orElseThrow().until())
                    .contains(START.plus(Duration.ofMinutes(10)));
        });
        fixture.pass(Duration.ofMinutes(10));
        assertThat(ledger.use(ACCOUNT).limits()).isEqualTo(AccountLimits.DEFAULT);
        assertThat(ledger.accountStates().get(0).learned()).isEqualTo(LearnedLimits.NONE);
    }

    @Test
    void aLearnedConcurrencyLeavesRoomForOneJobAtLeast() {
        AttemptToken only = fixture.bound(fixture.planned("spring", "100", 1).get(0));
        ledger.learnConcurrency(ACCOUNT, Duration.ofMinutes(10));
        ledger.recordNotAccepted(only, Duration.ZERO, false, "too many");
        assertThat(ledger.use(ACCOUNT).limits().maxConcurrent()).isEqualTo(1);
    }

    @Test
    void aJobThatEndedForWantOfBalanceAndCostNothingIsPlannedAgainAndPausesItsAccount() {
        RenderId id = fixture.planned("spring", "100", 1).get(0);
        fixture.rendering(id);

        assertThat(ledger.recordJobReturned(id, job(id), "no balance")).isTrue();
        assertThat(ledger.recordJobReturned(id, job(id), "no balance")).isFalse();

        assertThat(fixture.record(id).state()).isEqualTo(RenderState.PLANNED);
        assertThat(ledger.use(ACCOUNT).pausedFor()).contains("no balance");
        assertThat(fixture.status("spring").reserved()).isEqualTo(Money.ZERO);
        assertThat(fixture.status("spring").confirmed()).isEqualTo(Money.ZERO);
    }

    @Test
    void aWarningStaysWithItsAttemptWhateverBecomesOfTheRender() {
        RenderId id = fixture.planned("spring", "100", 1).get(0);
        fixture.rendering(id);
        ledger.recordWarning(id, job(id), "another model");
        ledger.recordWarning(id, job(id), "another model");
        long changes = fixture.status("spring").changes();
        ledger.recordWarning(id, job(id), "another model");

        assertThat(fixture.status("spring").changes()).isEqualTo(changes);
        assertThat(fixture.record(id).warning()).contains("another model");
        ledger.recordJobReturned(id, job(id), "no balance");
        assertThat(fixture.record(id).warning()).contains("another model");
    }

    @Test
    void theLedgerKnowsWhomACampaignWasFor() {
        fixture.planned("spring", "100", 1);

        assertThat(ledger.accountsOf("spring")).containsExactly(ACCOUNT);
        assertThat(ledger.accountsOf("autumn")).isEmpty();
    }

    @Test
    void theLongerCoolDownWins() {
        ledger.coolDown(ACCOUNT, Duration.ofSeconds(30), "429");
        ledger.coolDown(ACCOUNT, Duration.ofSeconds(10), "429");
        assertThat(ledger.use(ACCOUNT).notBefore()).contains(START.plusSeconds(30));
    }

    @Test
    void theWindowCountsFromTheReplyForSixtySeconds() {
        List<RenderId> ids = fixture.planned("spring", "100", 3);
        AttemptToken first = fixture.bound(ids.get(0));
        assertThat(ledger.use(ACCOUNT)).satisfies(use -> {
            assertThat(use.posting()).isEqualTo(1);
            assertThat(use.inWindow()).isEqualTo(1);
            assertThat(use.active()).isEqualTo(1);
            assertThat(use.windowFrees()).isEmpty();
        });
        fixture.pass(Duration.ofSeconds(20));
        ledger.recordAccepted(first, job(ids.get(0)));
        fixture.pass(Duration.ofSeconds(10));
        fixture.rendering(ids.get(1));
        assertThat(ledger.use(ACCOUNT)).satisfies(use -> {
            assertThat(use.posting()).isZero();
            assertThat(use.inWindow()).isEqualTo(2);
            assertThat(use.windowFrees()).contains(START.plusSeconds(80));
        });
        fixture.pass(Duration.ofSeconds(50).minusNanos(1_000));
        assertThat(ledger.use(ACCOUNT).inWindow()).isEqualTo(2);
        fixture.pass(Duration.ofNanos(1_000));
        assertThat(ledger.use(ACCOUNT).inWindow()).isEqualTo(1);
        assertThat(ledger.use(ACCOUNT).active()).isEqualTo(2);
    }

    @Test
    void aRefusalByTheLimiterTakesNoPlaceInTheWindow() {
        RenderId id = fixture.planned("spring", "100", 1).get(0);
        ledger.recordNotAccepted(fixture.bound(id), Duration.ZERO, false, "429");
        assertThat(ledger.use(ACCOUNT).inWindow()).isZero();
        ledger.recordNotAccepted(fixture.bound(id), Duration.ZERO, true, "503");
        assertThat(ledger.use(ACCOUNT).inWindow()).isEqualTo(1);
        assertThat(ledger.due(ACCOUNT, 1).get(0).technicalRetries()).isEqualTo(1);
    }

    @Test
    void anUnknownAttemptKeepsItsSlotForAnHour() {
        RenderId id = fixture.planned("spring", "100", 1).get(0);
        ledger.recordUnknown(fixture.bound(id), "reset");
        fixture.pass(HOUR.minusNanos(1_000));
        assertThat(ledger.use(ACCOUNT).active()).isEqualTo(1);
        fixture.pass(Duration.ofNanos(1_000));
        assertThat(ledger.use(ACCOUNT).active()).isZero();
    }

    // What is due

    @Test
    void lanesGoFirstThenCampaignsTakeTurnsThenThePlansOrder() {
        fixture.plan(revision("later", "100", Priority.BACKGROUND, 0), renders(2));
        fixture.plan(revision("one", "100"), renders(3));
        fixture.plan(revision("two", "100"), renders(3));
        fixture.plan(revision("now", "100", Priority.RUSH, 0), renders(1));
        assertThat(ledger.due(ACCOUNT, 20))
                .extracting(DueRender::campaign)
                .containsExactly("now", "one", "two", "one", "two", "one", "two", "later", "later");
        assertThat(ledger.due(ACCOUNT, 20)).extracting(DueRender::label).startsWith("mug-0", "mug-0", "mug-0", "mug-1");
    }

    @Test
    void turnsAreRememberedAndANewcomerStartsLevel() {
        fixture.plan(revision("one", "100"), renders(9));
        for (int i = 0; i < 4; i++) {
            fixture.bound(ledger.due(ACCOUNT, 1).get(0).id());
        }
        fixture.plan(revision("two", "100"), renders(9));
        List<String> order = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            DueRender next = ledger.due(ACCOUNT, 1).get(0);
            order.add(next.campaign());
            fixture.bound(next.id());
        }
        assertThat(order).containsExactly("one", "two", "one", "two", "one", "two");
    }

    @Test
    void aRenderWaitsForItsRetryTimeAndKeepsItsPlaceInThePlan() {
        List<RenderId> ids = fixture.planned("spring", "100", 2);
        ledger.recordNotAccepted(fixture.bound(ids.get(0)), Duration.ofSeconds(30), true, "503");
        assertThat(ledger.due(ACCOUNT, 9)).extracting(DueRender::id).containsExactly(ids.get(1));
        assertThat(ledger.nextDue(ACCOUNT)).contains(START.plusSeconds(30));
        assertThat(fixture.tryBind(ids.get(0), ALWAYS)).isEqualTo(new BindResult.NotDue());
        assertThat(ledger.workLeft().dueLater()).isEqualTo(1);
        assertThat(ledger.workLeft().due()).isEqualTo(1);
        assertThat(ledger.workLeft().nextDue()).contains(START.plusSeconds(30));
        fixture.pass(Duration.ofSeconds(30));
        assertThat(ledger.due(ACCOUNT, 9)).extracting(DueRender::id).containsExactlyElementsOf(ids);
        assertThat(ledger.nextDue(ACCOUNT)).isEmpty();
    }

    // Binding

    @Test
    void bindingIsWrittenWithItsDeadlineAndReserve() {
        RenderId id = fixture.planned("spring", "100", 1).get(0);
        AttemptToken token = token();
        assertThat(ledger.isBound(LedgerFixture.ACCOUNT, token)).isFalse();
        assertThat(ledger.bind(intent(id, token), ALWAYS)).isEqualTo(new BindResult.Bound(1, START.plusSeconds(30)));
        assertThat(ledger.isBound(LedgerFixture.ACCOUNT, token)).isTrue();
        assertThat(fixture.state(id)).isEqualTo(RenderState.SUBMITTING);
        assertThat(fixture.status("spring").reserved()).isEqualTo(Money.dollars("1.50"));
        assertThat(fixture.record(id).attempts()).singleElement().satisfies(attempt -> {
            assertThat(attempt.verdict()).isEqualTo("posting");
            assertThat(attempt.reserved()).isEqualTo(Money.dollars("1.50"));
        });
        assertThat(fixture.tryBind(id, ALWAYS)).isEqualTo(new BindResult.NotDue());
    }

    @Test
    void aRuleThatSaysWaitChangesNothing() {
        RenderId id = fixture.planned("spring", "100", 1).get(0);
        Permit.Wait wait = new Permit.Wait(START.plusSeconds(5), "cool-down");
        assertThat(fixture.tryBind(id, use -> wait)).isEqualTo(new BindResult.NoRoom(wait));
        assertThat(fixture.state(id)).isEqualTo(RenderState.PLANNED);
        assertThat(fixture.status("spring").reserved()).isEqualTo(Money.ZERO);
    }

    @Test
    void aCampaignThatRunsIntoItsBudgetHoldsTheRest() {
        List<RenderId> ids = fixture.planned("spring", "4", 4);
        fixture.rendering(ids.get(0));
        fixture.rendering(ids.get(1));
        assertThat(fixture.tryBind(ids.get(2), ALWAYS)).isEqualTo(new BindResult.Held(HoldReason.BUDGET));
        assertThat(fixture.status("spring").count(RenderState.HELD)).isEqualTo(2);
        assertThat(fixture.record(ids.get(2)).note()).contains("$1.00 left").contains("$1.50");
    }

    @Test
    void theDaysBudgetWaitsForTheNextDayInItsZone() {
        LedgerFixture tight = new LedgerFixture(fixture.dataSource, Money.dollars("2.00"));
        List<RenderId> ids = tight.planned("spring", "100", 2);
        tight.bound(ids.get(0));
        BindResult result = tight.tryBind(ids.get(1), ALWAYS);
        assertThat(result).isInstanceOfSatisfying(BindResult.DaySpent.class, room -> assertThat(
                        room.permit().until())
                .isEqualTo("2026-11-21T23:00:00Z"));
        assertThat(tight.state(ids.get(1))).isEqualTo(RenderState.PLANNED);
        tight.pass(Duration.ofHours(14));
        assertThat(tight.tryBind(ids.get(1), ALWAYS)).isInstanceOf(BindResult.Bound.class);
    }

    // Outcomes of an attempt

    @Test
    void anAcceptedAttemptIsRenderingAndRepeatingItChangesNothing() {
        RenderId id = fixture.planned("spring", "100", 1).get(0);
        AttemptToken token = fixture.bound(id);
        assertThat(ledger.recordAccepted(token, job(id))).isEqualTo(Acceptance.RENDERING);
        long changes = fixture.status("spring").changes();
        assertThat(ledger.recordAccepted(token, job(id))).isEqualTo(Acceptance.ALREADY_RECORDED);
        assertThat(fixture.status("spring").changes()).isEqualTo(changes);
        assertThat(ledger.rendering(Optional.empty(), 9)).singleElement().satisfies(render -> {
            assertThat(render.job()).isEqualTo(job(id));
            assertThat(render.paidAttempts()).isEqualTo(1);
            assertThat(render.acceptedAt()).isEqualTo(START);
        });
        assertThat(ledger.rendering(Optional.of(id), 9)).isEmpty();
    }

    @Test
    void anUnknownAttemptPutsItsReserveAtRiskAndALateAcceptanceTakesItBack() {
        RenderId id = fixture.planned("spring", "100", 1).get(0);
        AttemptToken token = fixture.bound(id);
        ledger.recordUnknown(token, "read timed out");
        assertThat(fixture.record(id).note()).isEqualTo("read timed out");
        assertThat(fixture.status("spring").atRisk()).isEqualTo(Money.dollars("1.50"));
        assertThat(fixture.status("spring").reserved()).isEqualTo(Money.ZERO);
        assertThat(ledger.recordAccepted(token, job(id))).isEqualTo(Acceptance.RENDERING);
        assertThat(fixture.status("spring").atRisk()).isEqualTo(Money.ZERO);
        assertThat(fixture.status("spring").reserved()).isEqualTo(Money.dollars("1.50"));
    }

    @Test
    void anAcceptanceAfterTheRenderWasPlannedAgainIsASecondPayment() {
        RenderId id = fixture.planned("spring", "100", 1).get(0);
        AttemptToken first = fixture.bound(id);
        ledger.recordNotAccepted(first, Duration.ZERO, true, "503");
        AttemptToken second = fixture.bound(id);
        assertThat(ledger.recordAccepted(first, new ProviderJobId("late"))).isEqualTo(Acceptance.SECOND_PAID);
        assertThat(fixture.state(id)).isEqualTo(RenderState.SUBMITTING);
        assertThat(ledger.recordAccepted(second, job(id))).isEqualTo(Acceptance.RENDERING);
        assertThat(fixture.record(id).confirmed()).isEqualTo(Money.dollars("1.00"));
        fixture.complete(id, HOUR);
        assertThat(fixture.record(id).confirmed()).isEqualTo(Money.dollars("2.00"));
        assertThat(fixture.status("spring").confirmed()).isEqualTo(Money.dollars("2.00"));
        assertThat(fixture.status("spring").reserved()).isEqualTo(Money.ZERO);
        assertThat(ledger.recordAccepted(first, new ProviderJobId("late"))).isEqualTo(Acceptance.ALREADY_RECORDED);
    }

    @Test
    void aSecondJobOfOneAttemptIsKeptToo() {
        RenderId id = fixture.planned("spring", "100", 1).get(0);
        AttemptToken token = fixture.rendering(id);
        assertThat(ledger.recordAccepted(token, new ProviderJobId("other"))).isEqualTo(Acceptance.SECOND_PAID);
        assertThat(ledger.recordAccepted(token, new ProviderJobId("other"))).isEqualTo(Acceptance.ALREADY_RECORDED);
        assertThat(fixture.record(id).attempts())
                .extracting(a -> a.job().orElseThrow().value())
                .containsExactly(job(id).value(), "other");
        assertThat(ledger.rendering(Optional.empty(), 9).get(0).job()).isEqualTo(job(id));
    }

    @Test
    void aJobThatBelongsToAnotherRenderIsDoubted() {
        List<RenderId> ids = fixture.planned("spring", "100", 2);
        fixture.rendering(ids.get(0));
        assertThat(ledger.recordAccepted(fixture.bound(ids.get(1)), job(ids.get(0))))
                .isEqualTo(Acceptance.ALREADY_RECORDED);
        assertThat(fixture.state(ids.get(1))).isEqualTo(RenderState.UNKNOWN);
        assertThat(fixture.record(ids.get(1)).note()).contains(ids.get(0).toString());
    }

    @Test
    void aRefusedAttemptFailsItsRenderAndCostsNothing() {
        RenderId id = fixture.planned("spring", "100", 1).get(0);
        ledger.recordRefused(fixture.bound(id), failure(FailureClass.REJECTED));
        assertThat(fixture.record(id).failure()).contains(failure(FailureClass.REJECTED));
        assertThat(fixture.status("spring").reserved()).isEqualTo(Money.ZERO);
        assertThat(ledger.workLeft().failuresToHandOver()).isEqualTo(1);
    }

    @Test
    void anAccountFaultPausesTheAccountAndFailsNothing() {
        RenderId id = fixture.planned("spring", "100", 1).get(0);
        ledger.recordAccountFault(fixture.bound(id), "402 balance");
        assertThat(fixture.state(id)).isEqualTo(RenderState.PLANNED);
        assertThat(ledger.use(ACCOUNT).pausedFor()).contains("402 balance");
        assertThat(ledger.due(ACCOUNT, 1).get(0).technicalRetries()).isZero();
    }

    @Test
    void aLaterReplyDoesNotUndoAnAcceptance() {
        RenderId id = fixture.planned("spring", "100", 1).get(0);
        AttemptToken token = fixture.rendering(id);
        ledger.recordUnknown(token, "reset");
        ledger.recordNotAccepted(token, Duration.ZERO, true, "503");
        ledger.recordRefused(token, failure(FailureClass.REJECTED));
        assertThat(fixture.state(id)).isEqualTo(RenderState.RENDERING);
        assertThat(fixture.status("spring").reserved()).isEqualTo(Money.dollars("1.50"));
    }

    @Test
    void onlyAPlannedRenderIsGivenUpOn() {
        List<RenderId> ids = fixture.planned("spring", "100", 2);
        ledger.fail(ids.get(0), failure(FailureClass.UNREACHABLE));
        assertThat(fixture.state(ids.get(0))).isEqualTo(RenderState.FAILED);
        fixture.bound(ids.get(1));
        ledger.fail(ids.get(1), failure(FailureClass.UNREACHABLE));
        assertThat(fixture.state(ids.get(1))).isEqualTo(RenderState.SUBMITTING);
    }

    @Test
    void whatADeadProgramLeftSubmittingBecomesUnknown() {
        List<RenderId> ids = fixture.planned("spring", "100", 3);
        fixture.bound(ids.get(0));
        fixture.rendering(ids.get(1));
        assertThat(ledger.abandonSubmissions("the program ended")).isEqualTo(1);
        assertThat(fixture.status("spring").counts())
                .containsEntry(RenderState.UNKNOWN, 1)
                .containsEntry(RenderState.RENDERING, 1)
                .containsEntry(RenderState.PLANNED, 1);
        assertThat(fixture.status("spring").atRisk()).isEqualTo(Money.dollars("1.50"));
    }

    @Test
    void anOperatorAdoptsAJobOnceTheAttemptIsSafelyOver() {
        List<RenderId> ids = fixture.planned("spring", "100", 2);
        fixture.rendering(ids.get(1));
        ledger.recordUnknown(fixture.bound(ids.get(0)), "reset");
        fixture.pass(Duration.ofSeconds(149));
        assertThatThrownBy(() -> ledger.adopt(ids.get(0), job(ids.get(0))))
                .isInstanceOf(OperatorException.class)
                .hasMessageContaining("2026-11-21T09:02:30Z");
        fixture.pass(Duration.ofSeconds(1));
        assertThatThrownBy(() -> ledger.adopt(ids.get(0), job(ids.get(1))))
                .isInstanceOf(OperatorException.class)
                .hasMessageContaining(ids.get(1).toString());
        ledger.adopt(ids.get(0), job(ids.get(0)));
        assertThat(fixture.state(ids.get(0))).isEqualTo(RenderState.RENDERING);
        assertThatThrownBy(() -> ledger.adopt(ids.get(0), job(ids.get(0))))
                .isInstanceOf(OperatorException.class)
                .hasMessageContaining("rendering");
        assertThatThrownBy(() -> ledger.abandon(new RenderId(4711), true)).isInstanceOf(OperatorException.class);
    }

    @Test
    void anAbandonedRenderIsPaidOrReleasedAsThePersonSays() {
        List<RenderId> ids = fixture.planned("spring", "100", 2);
        AttemptToken paid = fixture.bound(ids.get(0));
        ledger.recordUnknown(paid, "reset");
        ledger.recordUnknown(fixture.bound(ids.get(1)), "reset");
        assertThatThrownBy(() -> ledger.abandon(ids.get(0), true)).isInstanceOf(OperatorException.class);
        fixture.pass(Duration.ofMinutes(3));
        ledger.abandon(ids.get(0), true);
        ledger.abandon(ids.get(1), false);
        assertThat(fixture.status("spring").confirmed()).isEqualTo(Money.dollars("1.00"));
        assertThat(fixture.status("spring").atRisk()).isEqualTo(Money.ZERO);
        assertThat(fixture.record(ids.get(0)).failure().orElseThrow().kind()).isEqualTo(FailureClass.ABANDONED);
        assertThat(ledger.use(ACCOUNT).active()).isZero();
        assertThat(ledger.recordAccepted(paid, job(ids.get(0)))).isEqualTo(Acceptance.SECOND_PAID);
        assertThat(fixture.status("spring").confirmed())
                .as("it was counted already")
                .isEqualTo(Money.dollars("1.00"));
    }

    // Polling

    @Test
    void aCompletedJobConfirmsItsPriceAndWaitsForDelivery() {
        RenderId id = fixture.planned("spring", "100", 1).get(0);
        fixture.rendering(id);
        fixture.pass(Duration.ofSeconds(90));
        assertThat(ledger.recordRendered(id, new ProviderJobId("another"), Optional.empty(), List.of()))
                .isFalse();
        assertThat(ledger.recordRendered(id, job(id), Optional.empty(), List.of(fixture.found(OutputKind.VIDEO, HOUR))))
                .isTrue();
        assertThat(ledger.recordRendered(id, job(id), Optional.empty(), List.of()))
                .isFalse();
        assertThat(fixture.status("spring").confirmed()).isEqualTo(Money.dollars("1.00"));
        assertThat(fixture.status("spring").reserved()).isEqualTo(Money.ZERO);
        assertThat(ledger.workLeft().rendered()).isEqualTo(1);
        assertThat(ledger.pastRenderTimes(render(5).request(), 9)).containsExactly(Duration.ofSeconds(90));
    }

    @Test
    void aFailedJobIsRetriedOrEndsAndCostsWhatTheProviderKeeps() {
        List<RenderId> ids = fixture.planned("spring", "100", 2);
        fixture.rendering(ids.get(0));
        fixture.rendering(ids.get(1));
        assertThat(ledger.recordJobFailed(
                        ids.get(0),
                        job(ids.get(0)),
                        failure(FailureClass.GENERATION_FAILED),
                        false,
                        Optional.of(Duration.ofSeconds(5))))
                .isTrue();
        assertThat(ledger.recordJobFailed(
                        ids.get(1), job(ids.get(1)), failure(FailureClass.BUDGET_EXHAUSTED), true, Optional.empty()))
                .isTrue();
        assertThat(fixture.state(ids.get(0))).isEqualTo(RenderState.PLANNED);
        assertThat(fixture.state(ids.get(1))).isEqualTo(RenderState.FAILED);
        assertThat(fixture.status("spring").reserved()).isEqualTo(Money.ZERO);
        assertThat(fixture.status("spring").confirmed()).isEqualTo(Money.dollars("1.00"));
        fixture.pass(Duration.ofSeconds(5));
        assertThat(ledger.due(ACCOUNT, 1).get(0).attempts()).isEqualTo(1);
    }

    @Test
    void failuresInARowHoldTheCampaignAndASuccessStartsTheCountAnew() {
        fixture.plan(revision("spring", "100", Priority.NORMAL, 2), renders(8));
        List<RenderId> ids = fixture.ids("spring");
        fixture.rendering(ids.get(0));
        fail(ids.get(0));
        fixture.rendered(ids.get(1), HOUR);
        AttemptToken inFlight = fixture.bound(ids.get(4));
        fixture.rendering(ids.get(2));
        fail(ids.get(2));
        assertThat(fixture.state(ids.get(5))).isEqualTo(RenderState.PLANNED);
        fixture.rendering(ids.get(3));
        fail(ids.get(3));
        assertThat(fixture.record(ids.get(5)).held()).contains(HoldReason.STOP_LOSS);
        assertThat(fixture.status("spring").count(RenderState.HELD)).isEqualTo(3);
        ledger.recordNotAccepted(inFlight, Duration.ZERO, true, "503");
        assertThat(fixture.tryBind(ids.get(4), ALWAYS)).isEqualTo(new BindResult.Held(HoldReason.STOP_LOSS));

        var revision = fixture.plan(revision("spring", "101", Priority.NORMAL, 2), renders(8));
        assertThat(revision.held()).isFalse();
        assertThat(fixture.status("spring").count(RenderState.HELD))
                .as("a revision starts the count anew, and nothing else would release them")
                .isZero();
        fixture.bound(ids.get(4));
    }

    private void fail(RenderId id) {
        ledger.recordJobFailed(id, job(id), failure(FailureClass.MODERATED), false, Optional.empty());
    }

    // Delivery

    @Test
    void outputsAreClaimedByExpiryAndOnlyOnceAtATime() {
        List<RenderId> ids = fixture.planned("spring", "100", 3);
        fixture.rendered(ids.get(0), Duration.ofMinutes(50));
        fixture.rendered(ids.get(1), Duration.ofMinutes(20));
        fixture.rendered(ids.get(2), Duration.ofMinutes(40));
        assertThat(ledger.claimRendered(2, LEASE))
                .extracting(output -> output.render().id())
                .containsExactly(ids.get(1), ids.get(2));
        assertThat(ledger.claimRendered(9, LEASE))
                .extracting(output -> output.render().id())
                .containsExactly(ids.get(0));
        assertThat(ledger.claimRendered(9, LEASE)).isEmpty();
        assertThat(ledger.nextRendered()).contains(START.plus(LEASE));
        fixture.pass(LEASE);
        assertThat(ledger.claimRendered(9, LEASE)).hasSize(3);
        ledger.releaseAllLeases();
        assertThat(ledger.claimRendered(9, LEASE)).hasSize(3);
    }

    @Test
    void aReleasedOutputIsTriedAgainLaterWithWhatWasSecured() {
        RenderId id = fixture.planned("spring", "100", 1).get(0);
        fixture.rendered(id, HOUR);
        PendingOutput output = ledger.claimRendered(1, LEASE).get(0);
        assertThat(output.attempt()).isZero();
        assertThat(output.secured()).isEmpty();
        SecuredFile file = new SecuredFile(Path.of("/spool/1.mp4"), 4711, "abc", "video/mp4", "{\"width\":1280}");
        ledger.recordSecured(output.outputId(), file);
        ledger.releaseOutput(output.outputId(), Duration.ofSeconds(30), "the bucket is away");
        assertThat(ledger.claimRendered(1, LEASE)).isEmpty();
        fixture.pass(Duration.ofSeconds(30));
        assertThat(ledger.claimRendered(1, LEASE)).singleElement().satisfies(again -> {
            assertThat(again.attempt()).isEqualTo(1);
            assertThat(again.secured()).contains(file);
        });
    }

    @Test
    void aRenderWithTwoOutputsIsDeliveredWithItsLast() {
        fixture.plan(revision("spring", "100"), List.of(render(0, "f", List.of(OutputKind.VIDEO, OutputKind.EXR))));
        RenderId id = fixture.ids("spring").get(0);
        fixture.rendering(id);
        ledger.recordRendered(
                id,
                job(id),
                Optional.empty(),
                List.of(
                        fixture.found(OutputKind.VIDEO, HOUR),
                        fixture.found(OutputKind.EXR, Duration.ofMinutes(10)),
                        fixture.found(OutputKind.THUMBNAIL, HOUR)));
        PendingOutput first = ledger.claimRendered(9, LEASE).get(0);
        assertThat(first.kind()).isEqualTo(OutputKind.EXR);
        assertThat(first.lastOfRender()).isFalse();
        assertThat(ledger.recordStored(first, "mug-0.zip", "tag")).isFalse();
        PendingOutput second = ledger.claimRendered(9, LEASE).get(0);
        assertThat(second.kind()).isEqualTo(OutputKind.VIDEO);
        assertThat(second.lastOfRender()).isTrue();
        assertThat(ledger.recordStored(second, second.key(), "")).isTrue();
        assertThat(ledger.recordStored(second, second.key(), "")).isTrue();
        assertThat(fixture.state(id)).isEqualTo(RenderState.DELIVERED);
        assertThat(fixture.record(id).outputs())
                .extracting(RenderRecord.OutputRecord::location)
                .containsExactly("s3://videos/spring/mug-0.video", "s3://videos/spring/mug-0.zip");
        assertThat(ledger.workLeft().isNone()).isTrue();
    }

    @Test
    void aRenderCanBeDeliveredWithoutAnOutputThatNeverComes() {
        fixture.plan(
                revision("spring", "100"), List.of(render(0, "f", List.of(OutputKind.VIDEO, OutputKind.THUMBNAIL))));
        RenderId id = fixture.ids("spring").get(0);
        fixture.rendered(id, HOUR);
        PendingOutput video = ledger.claimRendered(9, LEASE).get(0);
        assertThat(video.kind()).as("what has an address comes first").isEqualTo(OutputKind.VIDEO);
        assertThat(video.lastOfRender()).isFalse();
        assertThat(ledger.recordStored(video, video.key(), "")).isFalse();
        PendingOutput thumbnail = ledger.claimRendered(9, LEASE).get(0);
        assertThat(thumbnail.url()).isEmpty();
        assertThat(thumbnail.lastOfRender()).isTrue();
        assertThat(ledger.awaitsDelivery(thumbnail.outputId())).isTrue();
        assertThat(ledger.recordMissing(thumbnail.outputId(), "nobody has one")).isTrue();
        assertThat(ledger.recordMissing(thumbnail.outputId(), "told twice")).isTrue();
        assertThat(fixture.state(id)).isEqualTo(RenderState.DELIVERED);
        assertThat(fixture.record(id).outputs())
                .extracting(RenderRecord.OutputRecord::missing)
                .containsExactly("", "nobody has one");
        assertThat(fixture.record(id).mainOutput())
                .hasValueSatisfying(output -> assertThat(output.kind()).isEqualTo(OutputKind.VIDEO));
        assertThat(ledger.workLeft().isNone()).isTrue();
    }

    @Test
    void anOutputThatNeverComesHoldsUpNoneThatIsLeft() {
        fixture.plan(
                revision("spring", "100"), List.of(render(0, "f", List.of(OutputKind.VIDEO, OutputKind.THUMBNAIL))));
        RenderId id = fixture.ids("spring").get(0);
        fixture.rendering(id);
        ledger.recordRendered(
                id,
                job(id),
                Optional.empty(),
                List.of(
                        fixture.found(OutputKind.VIDEO, HOUR),
                        fixture.found(OutputKind.THUMBNAIL, Duration.ofMinutes(10))));
        PendingOutput thumbnail = ledger.claimRendered(9, LEASE).get(0);
        assertThat(thumbnail.kind()).isEqualTo(OutputKind.THUMBNAIL);
        assertThat(ledger.recordMissing(thumbnail.outputId(), "it is broken")).isFalse();
        assertThat(ledger.awaitsDelivery(thumbnail.outputId())).isFalse();
        ledger.recordFreshUrls(id, List.of(fixture.found(OutputKind.THUMBNAIL, HOUR)));
        PendingOutput video = ledger.claimRendered(9, LEASE).get(0);
        assertThat(video.kind()).isEqualTo(OutputKind.VIDEO);
        assertThat(video.lastOfRender()).isTrue();
        assertThat(ledger.recordStored(video, video.key(), "")).isTrue();
    }

    @Test
    void freshUrlsReplaceTheOldOnesAndTheOrder() {
        List<RenderId> ids = fixture.planned("spring", "100", 2);
        fixture.rendered(ids.get(0), Duration.ofMinutes(10));
        fixture.rendered(ids.get(1), Duration.ofMinutes(20));
        ledger.recordFreshUrls(
                ids.get(0), List.of(new PollingLedger.FoundOutput(OutputKind.VIDEO, "fresh", START.plus(HOUR))));
        List<PendingOutput> claimed = ledger.claimRendered(2, LEASE);
        assertThat(claimed).extracting(output -> output.render().id()).containsExactly(ids.get(1), ids.get(0));
        assertThat(claimed.get(1).url()).isEqualTo("fresh");
        assertThat(claimed.get(1).expiresAt()).isEqualTo(START.plus(HOUR));
    }

    @Test
    void anOutputThatTheProviderDidNotOfferIsStillHandedOver() {
        RenderId id = fixture.planned("spring", "100", 1).get(0);
        fixture.rendering(id);
        ledger.recordRendered(id, job(id), Optional.empty(), List.of());
        assertThat(ledger.claimRendered(1, LEASE)).singleElement().satisfies(output -> {
            assertThat(output.url()).isEmpty();
            assertThat(output.expiresAt()).isEqualTo(START);
        });
    }

    @Test
    void anOutputThatIsMissingOrBrokenKeepsItsWholeSiblingFromNothing() {
        fixture.plan(
                revision("spring", "100"),
                List.of(
                        render(0, "f", List.of(OutputKind.EXR, OutputKind.VIDEO)),
                        render(1, "g", List.of(OutputKind.EXR, OutputKind.VIDEO))));
        RenderId missing = fixture.ids("spring").get(0);
        fixture.rendering(missing);
        ledger.recordRendered(missing, job(missing), Optional.empty(), List.of(fixture.found(OutputKind.VIDEO, HOUR)));
        assertThat(ledger.claimRendered(1, LEASE).get(0).kind()).isEqualTo(OutputKind.VIDEO);

        RenderId broken = fixture.ids("spring").get(1);
        fixture.rendering(broken);
        ledger.recordRendered(
                broken,
                job(broken),
                Optional.empty(),
                List.of(fixture.found(OutputKind.EXR, Duration.ofMinutes(10)), fixture.found(OutputKind.VIDEO, HOUR)));
        PendingOutput first = ledger.claimRendered(1, LEASE).get(0);
        assertThat(first.kind()).isEqualTo(OutputKind.EXR);
        ledger.releaseOutput(first.outputId(), Duration.ZERO, "broken");
        assertThat(ledger.claimRendered(1, LEASE).get(0).kind()).isEqualTo(OutputKind.VIDEO);
    }

    @Test
    void anOutputThatCanNeverBeDeliveredFailsItsRenderAndKeepsItsPrice() {
        RenderId id = fixture.planned("spring", "100", 1).get(0);
        fixture.rendered(id, HOUR);
        ledger.failOutput(ledger.claimRendered(1, LEASE).get(0).outputId(), failure(FailureClass.DELIVERY));
        assertThat(fixture.state(id)).isEqualTo(RenderState.FAILED);
        assertThat(fixture.status("spring").confirmed()).isEqualTo(Money.dollars("1.00"));
        assertThat(ledger.claimRendered(9, Duration.ofHours(9))).isEmpty();
    }

    @Test
    void aFailureIsHandedOverUntilItIsSettled() {
        RenderId id = fixture.planned("spring", "100", 1).get(0);
        ledger.recordRefused(fixture.bound(id), failure(FailureClass.REJECTED));
        FailedRevision failed = onlyFailure();
        assertThat(failed.claimed()).containsExactly(id);
        assertThat(failed.failed()).extracting(RenderRecord::id).containsExactly(id);
        assertThat(failed.manifest()).isEqualTo("campaign: spring");
        assertThat(ledger.claimFailures(9, LEASE)).isEmpty();
        ledger.releaseFailures(failed, Duration.ofSeconds(10));
        assertThat(ledger.claimFailures(9, LEASE)).isEmpty();
        fixture.pass(Duration.ofSeconds(10));
        ledger.settleFailures(onlyFailure());
        fixture.pass(LEASE);
        assertThat(ledger.claimFailures(9, LEASE)).isEmpty();
        assertThat(ledger.workLeft().isNone()).isTrue();
    }

    private FailedRevision onlyFailure() {
        List<FailedRevision> failed = ledger.claimFailures(9, LEASE);
        assertThat(failed).hasSize(1);
        return failed.get(0);
    }

    // Views and listeners

    @Test
    void aCampaignIsReportedOnceItIsSettledAndAgainWhenItChanges() {
        List<RenderId> ids = fixture.planned("spring", "100", 2);
        ledger.fail(ids.get(0), failure(FailureClass.UNREACHABLE));
        assertThat(ledger.unreported()).isEmpty();
        AttemptToken token = fixture.bound(ids.get(1));
        ledger.recordUnknown(token, "reset");
        CampaignStatus seen = ledger.unreported().get(0);
        ledger.recordReported(seen);
        assertThat(ledger.unreported()).isEmpty();
        ledger.recordAccepted(token, job(ids.get(1)));
        ledger.recordJobFailed(ids.get(1), job(ids.get(1)), failure(FailureClass.OTHER), false, Optional.empty());
        assertThat(ledger.unreported()).singleElement().satisfies(again -> {
            assertThat(again.changes()).isGreaterThan(seen.changes());
            assertThat(again.count(RenderState.FAILED)).isEqualTo(2);
        });
        ledger.recordReported(seen);
        assertThat(ledger.unreported()).as("an outdated report is no report").hasSize(1);
    }

    @Test
    void listenersHearOfChangesAfterTheirCommit() {
        List<Change> heard = new ArrayList<>();
        List<RenderState> seen = new ArrayList<>();
        RenderId id = fixture.planned("spring", "100", 1).get(0);
        ledger.onChange(change -> {
            throw new IllegalStateException("A listener that fails changes nothing");
        });
        ledger.onChange(change -> {
            heard.add(change);
            seen.add(fixture.state(id));
        });
        AttemptToken token = fixture.bound(id);
        assertThat(heard).isEmpty();
        ledger.recordAccepted(token, job(id));
        assertThat(heard).containsExactly(Change.RENDERING);
        assertThat(seen).containsExactly(RenderState.RENDERING);
        fixture.complete(id, HOUR);
        assertThat(heard).containsExactlyInAnyOrder(Change.RENDERING, Change.RENDERED, Change.DUE);
    }

    @Test
    void everythingPlannedIsReadBackAsItWas() {
        fixture.plan(revision("spring", "100"), List.of(render(0)));
        RenderRecord record = fixture.record(fixture.ids("spring").get(0));
        PlannedRender planned = render(0);
        assertThat(record.request()).isEqualTo(planned.request());
        assertThat(record.price()).isEqualTo(planned.price());
        assertThat(record.cell()).isEqualTo(planned.cell());
        assertThat(record.label()).isEqualTo(planned.label());
        assertThat(record.line()).isEqualTo(planned.line());
        assertThat(record.manifestDigest()).isEqualTo("digest-of-100");
        assertThat(record.plannedAt()).isEqualTo(START);
        assertThat(ledger.render(new RenderId(4711))).isEmpty();
        assertThat(ledger.campaign("nobody")).isEmpty();
    }

    @Test
    void aDatabaseErrorTellsNoSecret() {
        RenderId id = fixture.planned("spring", "100", 1).get(0);
        fixture.rendering(id);
        String url = "https://cdn.example.test/?signature=" + "s3cr3t".repeat(5000);
        assertThatThrownBy(() -> ledger.recordRendered(
                        id,
                        job(id),
                        Optional.empty(),
                        List.of(new PollingLedger.FoundOutput(OutputKind.VIDEO, url, START))))
                .isInstanceOf(LedgerUnavailableException.class)
                .satisfies(e -> {
                    for (Throwable t = e; t != null; t = t.getCause()) {
                        assertThat(t.toString()).doesNotContain("s3cr3t");
                    }
                });
        assertThat(fixture.state(id)).isEqualTo(RenderState.RENDERING);
    }

    @Test
    void anInterruptedThreadStillRecordsAnAcceptance() {
        RenderId id = fixture.planned("spring", "100", 1).get(0);
        AttemptToken token = fixture.bound(id);
        Thread.currentThread().interrupt();
        assertThat(ledger.recordAccepted(token, job(id))).isEqualTo(Acceptance.RENDERING);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(fixture.state(id)).isEqualTo(RenderState.RENDERING);
    }

    @Test
    void theRuleSeesTheAccountAsItIs() {
        fixture.ledger.registerAccount(LedgerFixture.account("https://api.example.test", new AccountLimits(3, 2, 1)));
        List<RenderId> ids = fixture.planned("spring", "100", 9);
        AttemptToken first = token();
        assertThat(ledger.bind(intent(ids.get(0), first), WITHIN_LIMITS)).isInstanceOf(BindResult.Bound.class);
        assertThat(fixture.tryBind(ids.get(1), WITHIN_LIMITS)).isInstanceOf(BindResult.NoRoom.class);
        ledger.recordAccepted(first, job(ids.get(0)));
        AttemptToken second = token();
        assertThat(ledger.bind(intent(ids.get(1), second), WITHIN_LIMITS)).isInstanceOf(BindResult.Bound.class);
        ledger.recordAccepted(second, job(ids.get(1)));
        assertThat(fixture.tryBind(ids.get(2), WITHIN_LIMITS)).isInstanceOf(BindResult.NoRoom.class);
        fixture.complete(ids.get(0), HOUR);
        assertThat(fixture.tryBind(ids.get(2), WITHIN_LIMITS)).isInstanceOf(BindResult.Bound.class);
    }

    // Many at once

    @Test
    void eightThreadsNeverBindARenderTwiceNorPassALimitOrABudget() throws Exception {
        ledger.registerAccount(LedgerFixture.account("https://api.example.test", new AccountLimits(25, 12, 4)));
        LedgerFixture daily = new LedgerFixture(fixture.dataSource, Money.dollars("28"));
        daily.ledger.registerAccount(LedgerFixture.account("https://api.example.test", new AccountLimits(25, 12, 4)));
        daily.plan(revision("one", "12"), renders(10));
        daily.plan(revision("two", "100"), renders(40));
        Map<RenderId, Integer> bound = new ConcurrentHashMap<>();
        AtomicInteger mostPosting = new AtomicInteger();
        PermitRule watching = use -> {
            Permit permit = WITHIN_LIMITS.decide(use);
            if (permit instanceof Permit.Granted) {
                mostPosting.accumulateAndGet(use.posting() + 1, Math::max);
            }
            return permit;
        };
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<?>> workers = new ArrayList<>();
            for (int worker = 0; worker < 8; worker++) {
                workers.add(threads.submit(() -> {
                    for (int round = 0; round < 25; round++) {
                        for (DueRender due : daily.ledger.due(ACCOUNT, 4)) {
                            AttemptToken token = token();
                            if (daily.ledger.bind(intent(due.id(), token), watching) instanceof BindResult.Bound) {
                                bound.merge(due.id(), 1, Integer::sum);
                                daily.ledger.recordAccepted(token, job(due.id()));
                            }
                        }
                    }
                }));
            }
            for (Future<?> worker : workers) {
                worker.get(2, TimeUnit.MINUTES);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(bound.values()).containsOnly(1);
        assertThat(bound).as("concurrent jobs").hasSize(12);
        assertThat(mostPosting.get()).isBetween(1, 4);
        assertThat(ledger.use(ACCOUNT).active()).isEqualTo(12);

        for (RenderId id : bound.keySet()) {
            daily.complete(id, HOUR);
        }
        daily.pass(Duration.ofMinutes(2));
        bindUntilNothingMoves(daily);
        CampaignStatus one = daily.status("one");
        CampaignStatus two = daily.status("two");
        assertThat(one.reserved().plus(one.confirmed())).isLessThanOrEqualTo(Money.dollars("12"));
        assertThat(one.reserved().plus(one.confirmed()).plus(two.reserved()).plus(two.confirmed()))
                .as("the day")
                .isLessThanOrEqualTo(Money.dollars("28"))
                .isGreaterThan(Money.dollars("26"));
    }

    private void bindUntilNothingMoves(LedgerFixture daily) {
        boolean moved = true;
        while (moved) {
            moved = false;
            for (DueRender due : daily.ledger.due(ACCOUNT, 50)) {
                if (daily.tryBind(due.id(), ALWAYS) instanceof BindResult.Bound) {
                    moved = true;
                }
            }
        }
    }

    @Test
    void theSumsAlwaysMatchTheAttemptsAndNeverPassTheCaps() {
        for (long seed = 1; seed <= 4; seed++) {
            LedgerFixture random = new LedgerFixture(fixture.dataSource, Money.dollars("1000"));
            new RandomWork(random, new Random(seed), "random-" + seed, Money.dollars("20")).run(150);
        }
    }

    @Test
    void leasesAreExclusiveAmongThreads() throws Exception {
        List<RenderId> ids = fixture.planned("spring", "1000", 60);
        ids.forEach(id -> fixture.rendered(id, HOUR));
        ExecutorService threads = Executors.newFixedThreadPool(8);
        Queue<RenderId> claimed = new ConcurrentLinkedQueue<>();
        try {
            List<Future<?>> workers = new ArrayList<>();
            for (int worker = 0; worker < 8; worker++) {
                workers.add(threads.submit(() -> {
                    for (int round = 0; round < 10; round++) {
                        ledger.claimRendered(3, LEASE)
                                .forEach(output -> claimed.add(output.render().id()));
                    }
                }));
            }
            for (Future<?> worker : workers) {
                worker.get(1, TimeUnit.MINUTES);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(claimed).containsExactlyInAnyOrderElementsOf(ids);
    }

    // Many renders

    @Test
    void twentyThousandRendersAreStreamedInPlanOrder() {
        List<PlannedRender> shuffled = new ArrayList<>(renders(20_000));
        Collections.shuffle(shuffled, new Random(42));
        fixture.plan(revision("spring", "100000"), shuffled);
        AtomicInteger next = new AtomicInteger();
        ledger.renders("spring", render -> {
            assertThat(render.label()).isEqualTo("mug-" + next.getAndIncrement());
            assertThat(render.outputs()).hasSize(1);
        });
        assertThat(next.get()).isEqualTo(20_000);
    }

    // What the tables promise each other

    @Test
    void aCampaignWithoutAnAcceptedRevisionHasNoCurrentOne() {
        try (RevisionDraft draft = ledger.draft(revision("spring", "100"))) {
            draft.add(renders(1));
            assertThat(row("spring").currentRevision()).isEmpty();
            draft.accept();
            assertThat(row("spring").currentRevision()).isPresent();
        }
    }

    @Test
    void aLedgerThatANewerProgramHasWorkedWithIsRefusedWithItsVersion() {
        Jdbi jdbi = Jdbi.create(fixture.dataSource);
        jdbi.useHandle(
                handle -> handle.execute(
                        """
                INSERT INTO "ray_schema_history" ("installed_rank", "version", "description", "type", "script",
                                                  "installed_by", "execution_time", "success")
                VALUES (99, '99.1', 'what is to come', 'SQL', 'V99_1__what_is_to_come.sql', 'ray', 1, TRUE)"""));
        try {
            assertThatThrownBy(() -> new LedgerFixture(fixture.dataSource, Money.dollars("1")))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("version 99.1")
                    .hasMessageContaining("ray.ledger.url");
        } finally {
            jdbi.useHandle(handle -> handle.execute("DELETE FROM \"ray_schema_history\" WHERE \"version\" = '99.1'"));
        }
    }

    @Test
    void aTextWithACharacterThatADatabaseCannotKeepIsKeptWithoutIt() {
        RenderId id = fixture.planned("spring", "100", 1).get(0);
        ledger.recordUnknown(fixture.bound(id), "the reply was \0 cut");
        assertThat(fixture.record(id).note()).isEqualTo("the reply was  cut");
    }

    private CampaignTable.CampaignRow row(String campaign) {
        return Jdbi.create(fixture.dataSource)
                .withHandle(handle -> new CampaignTable().find(handle, campaign).orElseThrow());
    }

    @Test
    void whatIsUnknownIsListedOldestFirstUntilItsJobTurnsUp() {
        List<RenderId> ids = fixture.planned("spring", "100", 3);
        AttemptToken first = fixture.bound(ids.get(0));
        AttemptToken second = fixture.bound(ids.get(1));
        fixture.rendering(ids.get(2));
        assertThat(ledger.unknownAttempts(ACCOUNT, 10)).isEmpty();
        assertThat(ledger.isPosting(ACCOUNT, "wire-hash")).isTrue();

        ledger.recordUnknown(second, "reset");
        fixture.pass(Duration.ofSeconds(5));
        ledger.recordUnknown(first, "reset");

        assertThat(ledger.isPosting(ACCOUNT, "wire-hash")).isFalse();
        assertThat(ledger.unknownAttempts(ACCOUNT, 10))
                .extracting(ReconciliationLedger.UnknownAttempt::token)
                .containsExactly(second, first);
        assertThat(ledger.unknownAttempts("another", 10)).isEmpty();
        assertThat(ledger.unknownAttempts(ACCOUNT, 1)).singleElement().satisfies(attempt -> {
            assertThat(attempt.wireBody()).containsExactly(1, 2, 3);
            assertThat(attempt.request().prompt()).contains("A mug, number 1");
            assertThat(attempt.boundAt()).isEqualTo(START);
            assertThat(attempt.over()).isAfter(START.plus(LedgerFixture.LIMIT));
        });
        ProviderJobId stranger = new ProviderJobId("nobody's");
        assertThat(ledger.unclaimed(ACCOUNT, List.of(job(ids.get(2)), stranger)))
                .containsExactly(stranger);

        ledger.recordAccepted(first, stranger);
        ledger.recordAccepted(second, job(ids.get(1)));
        assertThat(ledger.unknownAttempts(ACCOUNT, 10)).isEmpty();
    }

    @Test
    void onlyTheListedChangesOfStateAreMade() {
        RenderMoves moves = new RenderMoves(Tables.create());
        LedgerDatabase database = new LedgerDatabase(fixture.dataSource, Optional.empty());
        List<RenderId> ids = fixture.planned("spring", "1000", RenderState.values().length);
        Jdbi jdbi = Jdbi.create(fixture.dataSource);
        for (RenderState from : RenderState.values()) {
            RenderId id = ids.get(from.ordinal());
            jdbi.useHandle(
                    handle -> handle.execute("UPDATE ray_render SET state = ? WHERE id = ?", from.label(), id.value()));
            for (RenderState to : RenderState.values()) {
                if (!from.next().contains(to)) {
                    assertThatThrownBy(() -> database.change(tx -> {
                                moves.move(tx, moves.lock(tx, id).render(), to, Details.NONE, "a test");
                                return null;
                            }))
                            .as(from + " to " + to)
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessageContaining(from.label() + " to " + to.label());
                }
            }
            assertThat(fixture.state(id)).isEqualTo(from);
        }
        database.close();
    }
}

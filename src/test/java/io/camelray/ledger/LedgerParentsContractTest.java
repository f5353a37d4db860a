package io.camelray.ledger;

import static io.camelray.ledger.LedgerFixture.ACCOUNT;
import static io.camelray.ledger.LedgerFixture.ALWAYS;
import static io.camelray.ledger.LedgerFixture.failure;
import static io.camelray.ledger.LedgerFixture.job;
import static io.camelray.ledger.LedgerFixture.revision;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.camelray.ledger.DeliveryLedger.PendingOutput;
import io.camelray.ledger.Ledger.Change;
import io.camelray.ledger.LedgerViews.CampaignStatus;
import io.camelray.ledger.PlanningLedger.Parent;
import io.camelray.ledger.PlanningLedger.PlannedOutput;
import io.camelray.ledger.PlanningLedger.PlannedRender;
import io.camelray.ledger.PlanningLedger.RevisionDraft;
import io.camelray.ledger.SubmissionLedger.BindResult;
import io.camelray.ledger.SubmissionLedger.DueRender;
import io.camelray.model.AttemptToken;
import io.camelray.model.Destination;
import io.camelray.model.FailureClass;
import io.camelray.model.HoldReason;
import io.camelray.model.Money;
import io.camelray.model.OutputKind;
import io.camelray.model.Price;
import io.camelray.model.Priority;
import io.camelray.model.ProviderJobId;
import io.camelray.model.RenderId;
import io.camelray.model.RenderRequest;
import io.camelray.model.RenderState;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every form of the ledger does with renders that start from others. */
abstract class LedgerParentsContractTest {
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

    /** A render of one step for the cell {@code {}}, whose parents are the renders of other steps for that cell. */
    private static PlannedRender step(int ordinal, String step, String... parents) {
        return planned(
                ordinal,
                step,
                "{}",
                parents.length == 0 ? List.of() : List.of(output(step)),
                Arrays.stream(parents).map(parent -> new Parent(parent, "{}")).toList());
    }

    private static PlannedRender planned(
            int ordinal, String step, String cell, List<PlannedOutput> outputs, List<Parent> parents) {
        return new PlannedRender(
                step,
                cell,
                step,
                ordinal,
                "fingerprint of " + step,
                1,
                RenderRequest.textToVideo(step),
                new Price(Money.dollars("1.00"), Money.dollars("1.50"), ""),
                outputs,
                ordinal + 1,
                parents);
    }

    private static PlannedOutput output(String name) {
        return new PlannedOutput(OutputKind.VIDEO, Destination.parse("s3://videos/"), name + ".mp4", "");
    }

    /** Plans, and returns the ids in plan order. */
    private List<RenderId> plan(String budget, PlannedRender... renders) {
        fixture.plan(revision("spring", budget), List.of(renders));
        return fixture.ids("spring");
    }

    private List<RenderId> due() {
        return ledger.due(ACCOUNT, 100).stream().map(DueRender::id).toList();
    }

    private boolean complete(RenderId id) {
        return ledger.recordRendered(
                id, job(id), Optional.of("chain-of-" + id), List.of(fixture.found(OutputKind.VIDEO, HOUR)));
    }

    private void render(RenderId id) {
        fixture.rendering(id);
        assertThat(complete(id)).isTrue();
    }

    private void deliver(RenderId id) {
        for (PendingOutput output : ledger.claimRendered(100, LEASE)) {
            if (output.render().id().equals(id)) {
                ledger.recordStored(output, output.key(), "");
            }
        }
        assertThat(fixture.state(id)).isEqualTo(RenderState.DELIVERED);
        ledger.releaseAllLeases();
    }

    private void fail(RenderId id) {
        ledger.recordJobFailed(id, job(id), failure(FailureClass.MODERATED), false, Optional.empty());
    }

    private void assertFailedFor(RenderId child, RenderId parent) {
        assertThat(fixture.record(child)).satisfies(record -> {
            assertThat(record.state()).isEqualTo(RenderState.FAILED);
            assertThat(record.held()).isEmpty();
            assertThat(record.failure().orElseThrow().kind()).isEqualTo(FailureClass.PARENT);
            assertThat(record.failure().orElseThrow().reason()).contains("render " + parent + ",");
        });
    }

    // Release

    @Test
    void aChildIsDueWhenItsParentHasCompletedAndIsToldWhatToChainWith() {
        List<RenderId> ids = plan("100", step(0, "hero"), step(1, "fit", "hero"));
        assertThat(due()).containsExactly(ids.get(0));
        assertThat(fixture.tryBind(ids.get(1), ALWAYS)).isEqualTo(new BindResult.NotDue());
        fixture.rendering(ids.get(0));
        assertThat(due()).isEmpty();
        List<Change> heard = new ArrayList<>();
        ledger.onChange(heard::add);
        complete(ids.get(0));
        assertThat(heard).contains(Change.DUE);
        assertThat(ledger.due(ACCOUNT, 9)).singleElement().satisfies(due -> {
            assertThat(due.id()).isEqualTo(ids.get(1));
            assertThat(due.chainIds()).isEqualTo(Map.of("hero", "chain-of-" + ids.get(0)));
        });
        assertThat(fixture.tryBind(ids.get(1), ALWAYS)).isInstanceOf(BindResult.Bound.class);
    }

    @Test
    void aChildMayComeBeforeItsParentInThePlan() {
        List<RenderId> ids = plan("100", step(0, "fit", "hero"), step(1, "hero"));
        assertThat(due()).containsExactly(ids.get(1));
        render(ids.get(1));
        assertThat(due()).containsExactly(ids.get(0));
    }

    @Test
    void aChildOfTwoParentsWaitsForTheLaterOne() {
        List<RenderId> ids = plan("100", step(0, "start"), step(1, "end"), step(2, "between", "start", "end"));
        render(ids.get(1));
        assertThat(due()).containsExactly(ids.get(0));
        render(ids.get(0));
        assertThat(ledger.due(ACCOUNT, 9)).singleElement().satisfies(due -> assertThat(due.chainIds())
                .isEqualTo(Map.of("start", "chain-of-" + ids.get(0), "end", "chain-of-" + ids.get(1))));
    }

    @Test
    void aParentThatIsNamedTwiceIsWaitedForOnce() {
        List<RenderId> ids = plan("100", step(0, "hero"), step(1, "loop", "hero", "hero"));
        render(ids.get(0));
        assertThat(due()).containsExactly(ids.get(1));
    }

    @Test
    void aDiamondIsRenderedFromTheTopDown() {
        List<RenderId> ids = plan(
                "100",
                step(0, "hero"),
                step(1, "left", "hero"),
                step(2, "right", "hero"),
                step(3, "last", "left", "right"));
        render(ids.get(0));
        assertThat(due()).containsExactly(ids.get(1), ids.get(2));
        render(ids.get(2));
        assertThat(due()).containsExactly(ids.get(1));
        render(ids.get(1));
        assertThat(due()).containsExactly(ids.get(3));
    }

    @Test
    void eachChildStartsFromTheRenderOfItsOwnCell() {
        List<PlannedRender> renders = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            String cell = "{\"sku\":" + i + "}";
            renders.add(planned(i, "hero", cell, List.of(), List.of()));
            renders.add(planned(3 + i, "fit", cell, List.of(), List.of(new Parent("hero", cell))));
        }
        List<RenderId> ids = plan("100", renders.toArray(PlannedRender[]::new));
        render(ids.get(1));
        assertThat(due()).containsExactly(ids.get(0), ids.get(2), ids.get(4));
        render(ids.get(2));
        assertThat(ledger.due(ACCOUNT, 9))
                .filteredOn(due -> due.label().equals("fit"))
                .extracting(due -> due.chainIds().get("hero"))
                .containsExactly("chain-of-" + ids.get(1), "chain-of-" + ids.get(2));
    }

    @Test
    void completingARenderTwiceReleasesNothingTwice() {
        List<RenderId> ids = plan("100", step(0, "start"), step(1, "end"), step(2, "between", "start", "end"));
        render(ids.get(0));
        assertThat(complete(ids.get(0))).isFalse();
        assertThat(due()).containsExactly(ids.get(1));
        assertThat(fixture.status("spring").confirmed()).isEqualTo(Money.dollars("1.00"));
    }

    @Test
    void aParentThatIsPlannedAgainKeepsItsChildrenWaiting() {
        List<RenderId> ids = plan("100", step(0, "hero"), step(1, "fit", "hero"));
        fixture.rendering(ids.get(0));
        ledger.recordJobFailed(
                ids.get(0), job(ids.get(0)), failure(FailureClass.GENERATION_FAILED), false, Optional.of(HOUR));
        assertThat(fixture.state(ids.get(1))).isEqualTo(RenderState.PLANNED);
        assertThat(due()).isEmpty();
        fixture.pass(HOUR);
        assertThat(due()).containsExactly(ids.get(0));
        AttemptToken second = fixture.bound(ids.get(0));
        ledger.recordAccepted(second, new ProviderJobId("second"));
        ledger.recordRendered(ids.get(0), new ProviderJobId("second"), Optional.of("second"), List.of());
        assertThat(ledger.due(ACCOUNT, 9)).extracting(DueRender::chainIds).containsExactly(Map.of("hero", "second"));
    }

    @Test
    void aParentHasNotCompletedUnlessItsChildrenAreReleasedWithIt() {
        List<RenderId> ids = plan("100", step(0, "hero"), step(1, "fit", "hero"));
        fixture.rendering(ids.get(0));
        Jdbi jdbi = Jdbi.create(fixture.dataSource);
        jdbi.useHandle(handle -> handle.execute(
                "ALTER TABLE ray_render ADD CONSTRAINT no_release CHECK (step <> 'fit' OR pending_parents > 0)"));
        assertThatThrownBy(() -> complete(ids.get(0))).isInstanceOf(LedgerUnavailableException.class);
        assertThat(fixture.state(ids.get(0))).isEqualTo(RenderState.RENDERING);
        assertThat(fixture.status("spring").confirmed()).isEqualTo(Money.ZERO);
        jdbi.useHandle(handle -> handle.execute("ALTER TABLE ray_render DROP CONSTRAINT no_release"));
        assertThat(complete(ids.get(0))).isTrue();
        assertThat(due()).containsExactly(ids.get(1));
    }

    @Test
    void aRenderWithNothingToDeliverIsDeliveredWhenItCompletes() {
        List<RenderId> ids = plan("100", step(0, "hero"), step(1, "fit", "hero"));
        render(ids.get(0));
        assertThat(fixture.state(ids.get(0))).isEqualTo(RenderState.DELIVERED);
        assertThat(ledger.claimRendered(9, LEASE)).isEmpty();
        assertThat(ledger.workLeft().rendered()).isZero();
        assertThat(events(ids.get(0)))
                .endsWith(
                        "rendering > rendered: job " + job(ids.get(0)) + " completed",
                        "rendered > delivered: nothing of it is to be delivered");
    }

    // Parents that end

    @Test
    void aParentThatFailsTakesItsWaitingDescendantsWithIt() {
        List<RenderId> ids = plan(
                "100",
                step(0, "hero"),
                step(1, "fit", "hero"),
                step(2, "extend", "fit"),
                step(3, "other"),
                step(4, "both", "extend", "other"));
        fixture.rendering(ids.get(0));
        List<Change> heard = new ArrayList<>();
        ledger.onChange(heard::add);
        fail(ids.get(0));
        assertFailedFor(ids.get(1), ids.get(0));
        assertFailedFor(ids.get(2), ids.get(1));
        assertFailedFor(ids.get(4), ids.get(2));
        assertThat(heard).contains(Change.FAILED, Change.SETTLED);
        assertThat(due()).containsExactly(ids.get(3));
        assertThat(ledger.claimFailures(9, LEASE)).as("another render goes on").isEmpty();
        fixture.pass(DeliveryLedger.LONGEST_WAIT);
        assertThat(ledger.claimFailures(9, LEASE))
                .flatExtracting(DeliveryLedger.FailedRevision::claimed)
                .containsExactlyInAnyOrder(ids.get(0), ids.get(1), ids.get(2), ids.get(4));
        assertThat(events(ids.get(2))).singleElement().satisfies(event -> assertThat(event)
                .startsWith("planned > failed: parent")
                .contains("render " + ids.get(1)));
    }

    private List<String> events(RenderId id) {
        return Jdbi.create(fixture.dataSource).withHandle(handle -> handle.createQuery(
                        "SELECT from_state || ' > ' || to_state || ': ' || detail FROM ray_event"
                                + " WHERE render_id = :id ORDER BY id")
                .bind("id", id.value())
                .mapTo(String.class)
                .list());
    }

    @Test
    void everyWayInWhichAParentFailsFailsItsChildren() {
        List<PlannedRender> renders = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            String cell = "{\"sku\":" + i + "}";
            renders.add(planned(i, "hero", cell, List.of(), List.of()));
            renders.add(planned(3 + i, "fit", cell, List.of(), List.of(new Parent("hero", cell))));
        }
        List<RenderId> ids = plan("100", renders.toArray(PlannedRender[]::new));
        ledger.recordRefused(fixture.bound(ids.get(0)), failure(FailureClass.REJECTED));
        ledger.fail(ids.get(1), failure(FailureClass.UNREACHABLE));
        ledger.recordUnknown(fixture.bound(ids.get(2)), "reset");
        assertThat(fixture.state(ids.get(5))).isEqualTo(RenderState.PLANNED);
        fixture.pass(HOUR);
        ledger.abandon(ids.get(2), false);
        for (int i = 0; i < 3; i++) {
            assertFailedFor(ids.get(3 + i), ids.get(i));
        }
    }

    @Test
    void aCancelledParentCancelsItsChildren() {
        List<RenderId> ids = plan("100", step(0, "hero"), step(1, "fit", "hero"));
        Tables tables = Tables.create();
        LedgerDatabase database = new LedgerDatabase(
                fixture.dataSource,
                Optional.of(new LedgerClock(Clock.fixed(LedgerFixture.START, ZoneOffset.UTC), () -> 0)));
        database.change(tx -> {
            RenderMoves moves = new RenderMoves(tables);
            moves.move(
                    tx,
                    moves.lock(tx, ids.get(0)).render(),
                    RenderState.CANCELLED,
                    Details.noted("not wanted"),
                    "not wanted");
            return null;
        });
        database.close();
        assertThat(fixture.state(ids.get(1))).isEqualTo(RenderState.CANCELLED);
        assertThat(fixture.record(ids.get(1)).note()).contains("render " + ids.get(0) + ",");
    }

    @Test
    void aParentThatTheProviderCannotReferToFailsItsChildren() {
        List<RenderId> ids = plan("100", step(0, "hero"), step(1, "fit", "hero"), step(2, "last", "fit"));
        fixture.rendering(ids.get(0));
        ledger.recordRendered(ids.get(0), job(ids.get(0)), Optional.empty(), List.of());
        assertThat(fixture.state(ids.get(0))).isEqualTo(RenderState.DELIVERED);
        assertFailedFor(ids.get(1), ids.get(0));
        assertThat(fixture.record(ids.get(1)).failure().orElseThrow().reason()).contains("no id");
        assertFailedFor(ids.get(2), ids.get(1));
    }

    @Test
    void aParentThatCannotBeDeliveredStillHasAResultForItsChildren() {
        List<RenderId> ids = plan(
                "100",
                planned(0, "hero", "{}", List.of(output("hero")), List.of()),
                step(1, "other"),
                step(2, "fit", "hero"),
                step(3, "both", "hero", "other"));
        render(ids.get(0));
        ledger.failOutput(ledger.claimRendered(1, LEASE).get(0).outputId(), failure(FailureClass.DELIVERY));
        assertThat(fixture.state(ids.get(0))).isEqualTo(RenderState.FAILED);
        assertThat(fixture.state(ids.get(3))).isEqualTo(RenderState.PLANNED);
        assertThat(due()).containsExactly(ids.get(1), ids.get(2));
    }

    @Test
    void childrenAreHeldWithTheRestAndFailWhileHeld() {
        fixture.plan(
                revision("spring", "100", Priority.NORMAL, 1),
                List.of(step(0, "other"), step(1, "hero"), step(2, "fit", "hero")));
        List<RenderId> ids = fixture.ids("spring");
        fixture.rendering(ids.get(1));
        fixture.rendering(ids.get(0));
        fail(ids.get(0));
        assertThat(fixture.record(ids.get(2)).held()).contains(HoldReason.STOP_LOSS);
        fail(ids.get(1));
        assertFailedFor(ids.get(2), ids.get(1));
    }

    @Test
    void aHeldChildIsReleasedByItsParentAndWaitsOnForItsBudget() {
        List<RenderId> ids = plan("100", step(0, "hero"), step(1, "fit", "hero"));
        fixture.rendering(ids.get(0));
        plan("0.50", step(0, "hero"), step(1, "fit", "hero"));
        assertThat(fixture.record(ids.get(1)).held()).contains(HoldReason.BUDGET);
        complete(ids.get(0));
        assertThat(due()).isEmpty();
        plan("99", step(0, "hero"), step(1, "fit", "hero"));
        assertThat(due()).containsExactly(ids.get(1));
    }

    // Revisions

    @Test
    void aNewChildOfAParentThatIsDeliveredIsDueAtOnce() {
        RenderId hero = plan("100", planned(0, "hero", "{}", List.of(output("hero")), List.of()))
                .get(0);
        render(hero);
        deliver(hero);
        List<RenderId> ids =
                plan("101", planned(0, "hero", "{}", List.of(output("hero")), List.of()), step(1, "fit", "hero"));
        assertThat(ids.get(0)).isEqualTo(hero);
        assertThat(ledger.due(ACCOUNT, 9)).singleElement().satisfies(due -> {
            assertThat(due.id()).isEqualTo(ids.get(1));
            assertThat(due.chainIds()).isEqualTo(Map.of("hero", "chain-of-" + hero));
        });
    }

    @Test
    void aNewChildOfAParentInFlightWaitsForIt() {
        RenderId hero = plan("100", step(0, "hero")).get(0);
        fixture.rendering(hero);
        List<RenderId> ids = plan("101", step(0, "hero"), step(1, "fit", "hero"));
        assertThat(due()).isEmpty();
        complete(hero);
        assertThat(due()).containsExactly(ids.get(1));
    }

    @Test
    void aNewChildOfAFailedParentFailsAtOnceWithItsDescendants() {
        RenderId hero = plan("100", step(0, "hero")).get(0);
        fixture.rendering(hero);
        fail(hero);
        List<RenderId> ids = plan("101", step(0, "hero"), step(1, "fit", "hero"), step(2, "last", "fit"));
        assertFailedFor(ids.get(1), hero);
        assertFailedFor(ids.get(2), ids.get(1));
        assertThat(ledger.claimFailures(9, LEASE))
                .flatExtracting(DeliveryLedger.FailedRevision::claimed)
                .hasSize(3);
    }

    @Test
    void aNewChildOfAParentWithoutAChainIdFailsAtOnce() {
        RenderId hero = plan("100", step(0, "hero")).get(0);
        fixture.rendering(hero);
        ledger.recordRendered(hero, job(hero), Optional.empty(), List.of());
        List<RenderId> ids = plan("101", step(0, "hero"), step(1, "fit", "hero"));
        assertFailedFor(ids.get(1), hero);
    }

    @Test
    void aParentThatWasCancelledIsRenderedAnewForItsChild() {
        RenderId hero = plan("100", step(0, "hero"), step(1, "other")).get(0);
        plan("101", step(1, "other"));
        assertThat(fixture.state(hero)).isEqualTo(RenderState.CANCELLED);
        List<RenderId> ids = plan("102", step(0, "hero"), step(1, "other"), step(2, "fit", "hero"));
        assertThat(ids.get(0)).isNotEqualTo(hero);
        render(ids.get(0));
        assertThat(due()).contains(ids.get(2));
    }

    @Test
    void aKeptChildGoesOnWaitingForItsKeptParent() {
        List<RenderId> first = plan("100", step(0, "hero"), step(1, "fit", "hero"), step(2, "last", "fit"));
        fixture.rendering(first.get(0));
        List<RenderId> second = plan("101", step(0, "last", "fit"), step(1, "fit", "hero"), step(2, "hero"));
        assertThat(second).containsExactly(first.get(2), first.get(1), first.get(0));
        assertThat(due()).isEmpty();
        complete(first.get(0));
        assertThat(due()).containsExactly(first.get(1));
        assertThat(plan("102", step(0, "hero"), step(1, "fit", "hero"), step(2, "last", "fit")))
                .isEqualTo(first);
        assertThat(due()).containsExactly(first.get(1));
        render(first.get(1));
        assertThat(due()).containsExactly(first.get(2));
    }

    @Test
    void aKeptChildWaitsForTheParentThatItsNewPlanNames() {
        List<RenderId> first = plan("100", step(0, "hero"), step(1, "fit", "hero"));
        PlannedRender again = new PlannedRender(
                "hero",
                "{}",
                "hero",
                0,
                "another",
                1,
                step(0, "hero").request(),
                step(0, "hero").price(),
                List.of(),
                1,
                List.of());
        List<RenderId> second = plan("101", again, step(1, "fit", "hero"));
        assertThat(second.get(1)).isEqualTo(first.get(1));
        assertThat(fixture.state(first.get(0))).isEqualTo(RenderState.CANCELLED);
        assertThat(fixture.state(first.get(1))).isEqualTo(RenderState.PLANNED);
        render(second.get(0));
        assertThat(ledger.due(ACCOUNT, 9))
                .extracting(DueRender::chainIds)
                .containsExactly(Map.of("hero", "chain-of-" + second.get(0)));
    }

    @Test
    void aChildInFlightKeepsTheParentThatItStartedFrom() {
        List<RenderId> ids = plan("100", step(0, "hero"), step(1, "fit", "hero"));
        render(ids.get(0));
        AttemptToken token = fixture.bound(ids.get(1));
        plan("101", step(0, "hero"), step(1, "fit", "hero"));
        ledger.recordNotAccepted(token, Duration.ZERO, true, "503");
        assertThat(ledger.due(ACCOUNT, 9))
                .extracting(DueRender::chainIds)
                .containsExactly(Map.of("hero", "chain-of-" + ids.get(0)));
    }

    @Test
    void aPlanThatNamesAParentItDoesNotContainIsRefusedWhole() {
        assertThatThrownBy(() -> plan("100", step(0, "fit", "hero")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'fit'")
                .hasMessageContaining("'hero'");
        assertThat(ledger.campaigns()).isEmpty();
        assertThatThrownBy(() -> plan(
                        "100",
                        planned(0, "fit", "{}", List.of(), List.of(new Parent("hero", "1"), new Parent("hero", "2")))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("two parents of one step");
        assertThat(links()).as("what the drafts left").isZero();
    }

    private int links() {
        return Jdbi.create(fixture.dataSource)
                .withHandle(handle -> handle.createQuery("SELECT COUNT(*) FROM ray_parent")
                        .mapTo(Integer.class)
                        .one());
    }

    @Test
    @SuppressWarnings("resource")
    void linksAreSweptWithTheirDraftAndNotWrittenTwiceForWhatIsKept() {
        plan("100", step(0, "hero"), step(1, "fit", "hero"));
        ledger.draft(revision("spring", "101")).add(List.of(step(0, "hero"), step(1, "fit", "hero")));
        assertThat(links()).isEqualTo(2);
        ledger.sweepDrafts();
        assertThat(links()).isEqualTo(1);
        List<RenderId> ids = plan("102", step(0, "hero"), step(1, "fit", "hero"));
        assertThat(links()).isEqualTo(1);
        render(ids.get(0));
        fixture.rendering(ids.get(1));
        plan("103", step(0, "hero"), step(1, "fit", "hero"));
        assertThat(links()).isEqualTo(1);
    }

    // Views

    @Test
    void whatWaitsForParentsIsCountedApart() {
        List<RenderId> ids = plan("100", step(0, "hero"), step(1, "fit", "hero"), step(2, "last", "fit"));
        assertThat(ledger.workLeft()).satisfies(left -> {
            assertThat(left.due()).isEqualTo(1);
            assertThat(left.dueLater()).isZero();
            assertThat(left.waitingForParents()).isEqualTo(2);
        });
        fixture.rendering(ids.get(0));
        assertThat(ledger.workLeft().isNone()).isFalse();
        ledger.recordJobFailed(
                ids.get(0), job(ids.get(0)), failure(FailureClass.GENERATION_FAILED), false, Optional.of(HOUR));
        assertThat(ledger.workLeft().dueLater()).isEqualTo(1);
        fixture.pass(HOUR);
        AttemptToken token = fixture.bound(ids.get(0));
        ledger.recordUnknown(token, "reset");
        assertThat(ledger.workLeft().isNone()).as("all wait for a person").isTrue();
        assertThat(ledger.workLeft().waitingForParents()).isEqualTo(2);
    }

    @Test
    void aCampaignWhoseRestWaitsForAPersonsDecisionOnAParentIsReported() {
        List<RenderId> ids = plan("100", step(0, "hero"), step(1, "fit", "hero"));
        assertThat(ledger.unreported()).isEmpty();
        AttemptToken token = fixture.bound(ids.get(0));
        assertThat(ledger.unreported()).isEmpty();
        ledger.recordUnknown(token, "reset");
        assertThat(ledger.unreported()).extracting(CampaignStatus::campaign).containsExactly("spring");
        ledger.recordAccepted(token, job(ids.get(0)));
        complete(ids.get(0));
        assertThat(ledger.unreported()).as("the child is due").isEmpty();
    }

    @Test
    void anOutputAwaitsDeliveryFromItsRendersCompletionUntilItIsStored() {
        RenderId id = plan("100", planned(0, "hero", "{}", List.of(output("hero"), output("twin")), List.of()))
                .get(0);
        render(id);
        var rendered = ledger.claimRendered(1, LEASE).get(0);
        long first = rendered.outputId();
        assertThat(ledger.awaitsDelivery(first)).isTrue();
        assertThat(ledger.awaitsDelivery(4711)).isFalse();
        ledger.recordStored(rendered, "hero.mp4", "");
        assertThat(ledger.awaitsDelivery(first)).isFalse();
        long second = ledger.claimRendered(1, LEASE).get(0).outputId();
        assertThat(ledger.awaitsDelivery(second)).isTrue();
        ledger.failOutput(second, failure(FailureClass.DELIVERY));
        assertThat(ledger.awaitsDelivery(second)).isFalse();
    }

    // Many renders

    /** One render, {@code children} that start from it, and nothing of them kept in memory. */
    List<RenderId> planHeroWithChildren(int children) {
        try (RevisionDraft draft = ledger.draft(revision("spring", "1000000"))) {
            for (int from = 0; from < children; from += 1000) {
                List<PlannedRender> some = new ArrayList<>();
                for (int i = from; i < from + 1000; i++) {
                    some.add(planned(i, "fit", "{\"i\":" + i + "}", List.of(), List.of(new Parent("hero", "{}"))));
                }
                draft.add(some);
            }
            draft.add(List.of(step(children, "hero")));
            draft.accept();
        }
        return due();
    }

    @Test
    void twentyThousandChildrenAreReleasedTogether() {
        RenderId hero = planHeroWithChildren(20_000).get(0);
        assertThat(due()).containsExactly(hero);
        assertThat(ledger.workLeft().waitingForParents()).isEqualTo(20_000);
        render(hero);
        assertThat(ledger.workLeft().due()).isEqualTo(20_000);
        assertThat(ledger.workLeft().waitingForParents()).isZero();
        assertThat(ledger.due(ACCOUNT, 3))
                .extracting(DueRender::chainIds)
                .containsOnly(Map.of("hero", "chain-of-" + hero));
    }

    @Test
    void twentyThousandChildrenFailTogether() {
        RenderId hero = planHeroWithChildren(20_000).get(0);
        fixture.rendering(hero);
        fail(hero);
        assertThat(fixture.status("spring").counts()).containsOnly(Map.entry(RenderState.FAILED, 20_001));
        assertThat(ledger.workLeft().failuresToHandOver()).isEqualTo(20_001);
    }
}

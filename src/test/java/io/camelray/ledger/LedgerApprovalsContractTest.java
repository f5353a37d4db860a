package io.camelray.ledger;

import static io.camelray.ledger.LedgerFixture.ACCOUNT;
import static io.camelray.ledger.LedgerFixture.failure;
import static io.camelray.ledger.LedgerFixture.job;
import static io.camelray.ledger.LedgerFixture.render;
import static io.camelray.ledger.LedgerFixture.renders;
import static io.camelray.ledger.LedgerFixture.revision;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.camelray.ledger.LedgerViews.CampaignStatus;
import io.camelray.ledger.OperatorLedger.Approval;
import io.camelray.ledger.OperatorLedger.Rejection;
import io.camelray.ledger.PlanningLedger.NewRevision;
import io.camelray.ledger.PlanningLedger.Parent;
import io.camelray.ledger.PlanningLedger.PlannedRender;
import io.camelray.ledger.SubmissionLedger.BindResult;
import io.camelray.ledger.SubmissionLedger.DueRender;
import io.camelray.model.FailureClass;
import io.camelray.model.HoldReason;
import io.camelray.model.Money;
import io.camelray.model.RenderId;
import io.camelray.model.RenderState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every form of the ledger does about undo windows, drafts and approval. */
abstract class LedgerApprovalsContractTest {
    private static final Duration HOLD = Duration.ofMinutes(5);
    private static final Duration MICRO = Duration.ofNanos(1000);

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

    private static NewRevision saying(String campaign, String budget, Duration hold, boolean draft) {
        NewRevision like = revision(campaign, budget);
        return new NewRevision(
                like.campaign(),
                like.provider(),
                like.account(),
                like.budget(),
                like.priority(),
                like.stopAfterFailures(),
                like.digest(),
                like.source(),
                like.manifest(),
                hold,
                draft);
    }

    private static PlannedRender planned(int ordinal, String step, String cell, boolean draft, String... parents) {
        PlannedRender like = render(ordinal);
        return new PlannedRender(
                step,
                cell,
                cell,
                ordinal,
                "fingerprint of " + step + cell + draft,
                1,
                like.request(),
                like.price(),
                like.outputs(),
                1,
                List.of(parents).stream().map(name -> new Parent(name, cell)).toList(),
                draft);
    }

    /** For two cells a chain of two: four drafts, then four of full quality. */
    private static List<PlannedRender> drafted() {
        List<PlannedRender> renders = new ArrayList<>();
        for (boolean draft : new boolean[] {true, false}) {
            for (String cell : List.of("a", "b")) {
                renders.add(planned(renders.size(), "hero", cell, draft));
                renders.add(planned(renders.size(), "fit", cell, draft, "hero"));
            }
        }
        return renders;
    }

    private List<RenderId> draftedCampaign() {
        fixture.plan(saying("spring", "100", Duration.ZERO, true), drafted());
        return fixture.ids("spring");
    }

    private List<RenderId> due() {
        return ledger.due(ACCOUNT, 100).stream().map(DueRender::id).toList();
    }

    private void isHeld(HoldReason reason, List<RenderId> renders) {
        assertThat(renders)
                .allSatisfy(id -> assertThat(fixture.record(id).held()).contains(reason));
    }

    private void isIn(RenderState state, RenderId... renders) {
        assertThat(renders).allSatisfy(id -> assertThat(fixture.state(id)).isEqualTo(state));
    }

    // Undo windows

    @Test
    void nothing_of_a_campaign_with_a_hold_is_due_before_its_window_is_over_to_the_microsecond() {
        fixture.plan(saying("spring", "100", HOLD, false), renders(2));
        List<RenderId> ids = fixture.ids("spring");

        isHeld(HoldReason.UNDO_WINDOW, ids);
        assertThat(fixture.record(ids.get(0)).note())
                .contains(fixture.now().plus(HOLD).toString());
        assertThat(ledger.workLeft().dueLater()).isEqualTo(2);
        assertThat(ledger.workLeft().due()).isZero();
        assertThat(ledger.workLeft().nextDue()).contains(fixture.now().plus(HOLD));
        fixture.pass(HOLD.minus(MICRO));
        assertThat(ledger.closeUndoWindows()).isZero();
        assertThat(due()).isEmpty();
        fixture.pass(MICRO);
        assertThat(ledger.closeUndoWindows()).isEqualTo(2);
        assertThat(due()).isEqualTo(ids);
        assertThat(ledger.openWindows()).isEmpty();
    }

    @Test
    void no_way_round_leads_out_of_a_window_early() {
        fixture.plan(saying("spring", "1", HOLD, false), renders(2));
        List<RenderId> dear = fixture.ids("spring");
        isHeld(HoldReason.BUDGET, dear);
        ledger.resumeCampaign("spring", Optional.of(Money.dollars("100")));
        isIn(RenderState.PLANNED, dear.get(0), dear.get(1));
        assertThat(due()).isEmpty();
        assertThat(fixture.tryBind(dear.get(0), LedgerFixture.ALWAYS)).isInstanceOf(BindResult.NotDue.class);

        fixture.plan(saying("autumn", "100", HOLD, true), drafted());
        ledger.approveCampaign("autumn", Optional.empty());
        assertThat(due()).isEmpty();
        fixture.pass(HOLD);
        ledger.closeUndoWindows();
        assertThat(due()).hasSize(2 + 4);
    }

    @Test
    void a_window_that_ends_while_the_campaign_is_paused_leaves_it_paused() {
        fixture.plan(saying("spring", "100", HOLD, false), renders(2));
        ledger.pauseCampaign("spring");
        fixture.pass(HOLD);

        assertThat(ledger.closeUndoWindows()).isEqualTo(2);

        isHeld(HoldReason.PAUSED, fixture.ids("spring"));
        ledger.resumeCampaign("spring", Optional.empty());
        assertThat(due()).hasSize(2);
    }

    @Test
    void a_later_revision_opens_a_window_for_what_is_new_in_it_alone() {
        fixture.plan(saying("spring", "100", Duration.ZERO, false), renders(1));
        fixture.plan(saying("spring", "99", HOLD, false), renders(2));
        List<RenderId> ids = fixture.ids("spring");

        assertThat(due()).containsExactly(ids.get(0));
        isHeld(HoldReason.UNDO_WINDOW, ids.subList(1, 2));
        fixture.pass(Duration.ofMinutes(1));
        fixture.plan(saying("spring", "98", Duration.ZERO, false), renders(3));
        assertThat(due()).hasSize(2);
        fixture.pass(Duration.ofMinutes(4));
        assertThat(ledger.closeUndoWindows()).isEqualTo(1);
        assertThat(due()).hasSize(3);
    }

    @Test
    void what_is_taken_back_in_its_window_ends_and_nothing_else_does() {
        fixture.plan(saying("spring", "100", Duration.ZERO, false), renders(1));
        fixture.plan(saying("spring", "99", HOLD, false), renders(3));
        List<RenderId> ids = fixture.ids("spring");

        assertThat(ledger.undo("spring").cancelled()).isEqualTo(2);

        isIn(RenderState.PLANNED, ids.get(0));
        isIn(RenderState.CANCELLED, ids.get(1), ids.get(2));
        assertThatThrownBy(() -> ledger.undo("spring"))
                .isInstanceOf(OperatorException.class)
                .hasMessageContaining("undo window");
    }

    @Test
    void cancelling_a_campaign_in_its_window_costs_nothing() {
        fixture.plan(saying("spring", "100", HOLD, false), renders(2));

        assertThat(ledger.cancelCampaign("spring").cancelled()).isEqualTo(2);

        fixture.pass(HOLD);
        assertThat(ledger.closeUndoWindows()).isZero();
        assertThat(due()).isEmpty();
        CampaignStatus status = fixture.status("spring");
        assertThat(status.reserved().plus(status.confirmed())).isEqualTo(Money.ZERO);
    }

    // Drafts and approval

    @Test
    void drafts_go_first_and_are_counted_apart_while_the_rest_waits_for_approval() {
        List<RenderId> ids = draftedCampaign();

        assertThat(due()).containsExactly(ids.get(0), ids.get(2));
        isHeld(HoldReason.APPROVAL, ids.subList(4, 8));
        assertThat(fixture.status("spring").counts()).isEqualTo(Map.of(RenderState.HELD, 4));
        assertThat(fixture.status("spring").drafts()).isEqualTo(Map.of(RenderState.PLANNED, 4));
        assertThat(fixture.status("spring").expected()).isEqualTo(Money.dollars("8"));
    }

    @Test
    void a_draft_starts_from_a_draft_and_a_full_render_from_a_full_one() {
        List<RenderId> ids = draftedCampaign();
        fixture.rendering(ids.get(0));
        ledger.recordRendered(ids.get(0), job(ids.get(0)), Optional.of("draft-a"), List.of());
        ledger.approve(ids.get(5));

        assertThat(due()).containsExactly(ids.get(1), ids.get(2), ids.get(4));
        assertThat(ledger.due(ACCOUNT, 1).get(0).chainIds()).isEqualTo(Map.of("hero", "draft-a"));
    }

    @Test
    void approving_a_chained_render_approves_what_it_starts_from() {
        List<RenderId> ids = draftedCampaign();

        assertThat(ledger.approve(ids.get(5))).isEqualTo(new Approval(1, 1, Money.dollars("2"), Optional.empty(), 2));

        isIn(RenderState.PLANNED, ids.get(4), ids.get(5));
        isHeld(HoldReason.APPROVAL, ids.subList(6, 8));
    }

    @Test
    void the_id_of_a_draft_means_the_render_that_it_was_made_for() {
        List<RenderId> ids = draftedCampaign();

        ledger.approve(ids.get(0));

        isIn(RenderState.PLANNED, ids.get(0), ids.get(4));
        isHeld(HoldReason.APPROVAL, ids.subList(5, 8));
    }

    @Test
    void rejecting_ends_a_render_what_starts_from_it_and_drafts_that_are_not_on_their_way() {
        List<RenderId> ids = draftedCampaign();
        fixture.rendering(ids.get(2));

        assertThat(ledger.reject(ids.get(4))).isEqualTo(new Rejection(1, 1, 2));
        isIn(RenderState.CANCELLED, ids.get(0), ids.get(1), ids.get(4), ids.get(5));
        assertThat(ledger.reject(ids.get(6))).isEqualTo(new Rejection(1, 1, 0));
        isIn(RenderState.RENDERING, ids.get(2));
        isIn(RenderState.CANCELLED, ids.get(6), ids.get(7));
        assertThat(due()).isEmpty();
    }

    @Test
    void a_campaign_is_approved_and_rejected_variant_by_variant_or_whole() {
        List<RenderId> ids = draftedCampaign();

        assertThat(ledger.approveCampaign("spring", Optional.of("a")).waiting()).isEqualTo(2);
        isIn(RenderState.PLANNED, ids.get(4), ids.get(5));
        assertThat(ledger.rejectCampaign("spring", Optional.empty()).rejected()).isEqualTo(2);
        isIn(RenderState.CANCELLED, ids.get(6), ids.get(7), ids.get(2), ids.get(3));
        isIn(RenderState.PLANNED, ids.get(0), ids.get(1));
        for (String nothing : List.of("a", "c")) {
            assertThatThrownBy(() -> ledger.approveCampaign("spring", Optional.of(nothing)))
                    .isInstanceOf(OperatorException.class)
                    .hasMessageContaining(nothing);
        }
        assertThatThrownBy(() -> ledger.approve(ids.get(4)))
                .isInstanceOf(OperatorException.class)
                .hasMessageContaining("planned");
        assertThatThrownBy(() -> ledger.resume(ids.get(4))).isInstanceOf(OperatorException.class);
    }

    @Test
    void approval_is_not_lost_to_a_later_revision_and_not_asked_for_twice() {
        List<RenderId> ids = draftedCampaign();
        ledger.approve(ids.get(4));

        fixture.plan(saying("spring", "99", Duration.ZERO, true), drafted());
        isIn(RenderState.PLANNED, ids.get(4));
        isHeld(HoldReason.APPROVAL, ids.subList(5, 8));
        ledger.pauseCampaign("spring");
        assertThat(ledger.approve(ids.get(6)).held()).contains(HoldReason.PAUSED);
        ledger.resumeCampaign("spring", Optional.empty());
        isIn(RenderState.PLANNED, ids.get(4), ids.get(6));
        isHeld(HoldReason.APPROVAL, List.of(ids.get(5), ids.get(7)));
    }

    @Test
    void a_revision_without_drafts_says_that_nobody_has_to_look() {
        List<RenderId> ids = draftedCampaign();

        fixture.plan(saying("spring", "99", Duration.ZERO, false), drafted().subList(4, 8));

        isIn(RenderState.CANCELLED, ids.get(0), ids.get(1), ids.get(2), ids.get(3));
        isIn(RenderState.PLANNED, ids.get(4), ids.get(5), ids.get(6), ids.get(7));
        assertThat(fixture.status("spring").drafts()).isEmpty();
    }

    @Test
    void a_render_that_nobody_approved_still_waits_for_that_after_a_retry_revived_it() {
        List<RenderId> ids = draftedCampaign();
        ledger.approve(ids.get(4));
        fixture.rendering(ids.get(4));
        ledger.recordJobFailed(ids.get(4), job(ids.get(4)), failure(FailureClass.MODERATED), false, Optional.empty());
        isIn(RenderState.FAILED, ids.get(4), ids.get(5));

        assertThat(ledger.retry(ids.get(4)).held()).contains(HoldReason.APPROVAL);

        isIn(RenderState.PLANNED, ids.get(4));
        isHeld(HoldReason.APPROVAL, List.of(ids.get(5)));
    }

    @Test
    void a_full_render_says_where_its_delivered_draft_lies() {
        fixture.plan(
                saying("spring", "100", Duration.ZERO, true),
                List.of(planned(0, "hero", "a", true), planned(1, "hero", "a", false)));
        List<RenderId> ids = fixture.ids("spring");
        assertThat(fixture.record(ids.get(1)).draftObject()).isEmpty();
        fixture.rendered(ids.get(0), Duration.ofHours(1));
        var output = ledger.claimRendered(1, Duration.ofMinutes(1)).get(0);

        ledger.recordStored(output, "drafts/a.mp4", "tag");

        assertThat(fixture.record(ids.get(1)).draftObject()).contains("s3://videos/spring/drafts/a.mp4");
        assertThat(fixture.record(ids.get(0)).draftObject()).isEmpty();
        assertThat(fixture.status("spring").counts()).isEqualTo(Map.of(RenderState.HELD, 1));
    }
}

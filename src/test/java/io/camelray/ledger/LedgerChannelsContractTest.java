package io.camelray.ledger;

import static io.camelray.ledger.LedgerFixture.failure;
import static io.camelray.ledger.LedgerFixture.render;
import static io.camelray.ledger.LedgerFixture.revision;
import static org.assertj.core.api.Assertions.assertThat;

import io.camelray.ledger.DeliveryLedger.FailedRevision;
import io.camelray.ledger.EventLedger.LedgerEvent;
import io.camelray.ledger.PlanningLedger.Acceptance;
import io.camelray.ledger.PlanningLedger.PlannedRender;
import io.camelray.ledger.PlanningLedger.RevisionDraft;
import io.camelray.ledger.RetryLedger.FailedRender;
import io.camelray.model.FailureClass;
import io.camelray.model.Money;
import io.camelray.model.OutputKind;
import io.camelray.model.RenderId;
import io.camelray.model.RenderState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the channels take from the ledger and bring back to it. */
abstract class LedgerChannelsContractTest {
    private static final Duration LEASE = Duration.ofMinutes(5);

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

    // Events

    @Test
    void withoutAChannelNoEventWaitsAndWhatHappenedBeforeItIsHistory() {
        RenderId id = fixture.planned("spring", "100", 1).get(0);
        ledger.openEvents();
        assertThat(ledger.claimEvents(9, LEASE)).isEmpty();
        fixture.bound(id);
        assertThat(ledger.workLeft().eventsToHandOver()).isEqualTo(1);
        assertThat(ledger.closeEvents()).isEqualTo(1);
        ledger.pauseAccount(LedgerFixture.ACCOUNT);
        assertThat(ledger.workLeft().eventsToHandOver()).isZero();
    }

    @Test
    void theEventsOfOneRenderAreOfferedOneAfterTheOtherAndThoseOfAnotherBeside() {
        List<RenderId> ids = fixture.planned("spring", "100", 2);
        ledger.openEvents();
        fixture.rendering(ids.get(0));
        fixture.bound(ids.get(1));

        List<LedgerEvent> first = ledger.claimEvents(9, LEASE);
        assertThat(first)
                .extracting(event -> event.render().orElseThrow().id())
                .containsExactly(ids.get(0), ids.get(1));
        assertThat(first).extracting(event -> event.to().orElseThrow()).containsOnly(RenderState.SUBMITTING);
        assertThat(ledger.claimEvents(9, LEASE)).isEmpty();

        ledger.settleEvent(first.get(0).id());
        assertThat(ledger.claimEvents(9, LEASE)).singleElement().satisfies(next -> {
            assertThat(next.from()).contains(RenderState.SUBMITTING);
            assertThat(next.to()).contains(RenderState.RENDERING);
            assertThat(next.campaign()).contains("spring");
            assertThat(next.id()).isGreaterThan(first.get(0).id());
        });
    }

    @Test
    void anEventIsOfferedAgainUntilItIsSettled() {
        RenderId id = fixture.planned("spring", "100", 1).get(0);
        ledger.openEvents();
        fixture.bound(id);
        LedgerEvent event = ledger.claimEvents(9, LEASE).get(0);
        ledger.releaseEvent(event.id(), Duration.ofSeconds(10));
        assertThat(ledger.claimEvents(9, LEASE)).isEmpty();
        fixture.pass(Duration.ofSeconds(10));
        assertThat(ledger.claimEvents(9, LEASE)).extracting(LedgerEvent::id).containsExactly(event.id());
        ledger.releaseAllLeases();
        assertThat(ledger.claimEvents(9, LEASE)).extracting(LedgerEvent::id).containsExactly(event.id());
        ledger.settleEvent(event.id());
        fixture.pass(LEASE);
        assertThat(ledger.claimEvents(9, LEASE)).isEmpty();
        assertThat(ledger.workLeft().eventsToHandOver()).isZero();
    }

    @Test
    void planningIsOneEvent() {
        ledger.openEvents();
        fixture.planned("spring", "100", 50);
        assertThat(ledger.claimEvents(9, LEASE)).singleElement().satisfies(event -> {
            assertThat(event.kind()).isEqualTo("planned");
            assertThat(event.campaign()).contains("spring");
            assertThat(event.render()).isEmpty();
        });
    }

    // Dead letters

    @Test
    void theFailuresOfARevisionAreHandedOverTogetherWhenItHasSettled() {
        List<RenderId> ids = fixture.planned("spring", "100", 3);
        refused(ids.get(0));
        refused(ids.get(1));
        assertThat(ledger.claimFailures(9, LEASE)).isEmpty();
        refused(ids.get(2));
        assertThat(ledger.claimFailures(9, LEASE)).singleElement().satisfies(failed -> assertThat(failed.claimed())
                .hasSize(3));
    }

    @Test
    void aLaterFailureBringsThoseThatWereHandedOverBefore() {
        List<RenderId> ids = fixture.planned("spring", "100", 2);
        refused(ids.get(0));
        fixture.pass(DeliveryLedger.LONGEST_WAIT);
        FailedRevision first = ledger.claimFailures(9, LEASE).get(0);
        assertThat(first.failed()).hasSize(1);
        refused(ids.get(1));
        assertThat(ledger.claimFailures(9, LEASE)).as("the first is on its way").isEmpty();
        ledger.settleFailures(first);
        FailedRevision second = ledger.claimFailures(9, LEASE).get(0);
        assertThat(second.claimed()).containsExactly(ids.get(1));
        assertThat(second.failed()).extracting(RenderRecord::id).containsExactlyElementsOf(ids);
    }

    @Test
    void aRenderThatFailsAgainWhileItsFirstDeadLetterIsOnItsWayGetsASecondOne() {
        RenderId id = fixture.planned("spring", "100", 1).get(0);
        refused(id);
        FailedRevision first = ledger.claimFailures(9, LEASE).get(0);
        fixture.pass(Duration.ofSeconds(1));
        ledger.retry(id);
        refused(id);
        FailedRevision second = ledger.claimFailures(9, LEASE).get(0);
        ledger.settleFailures(first);
        ledger.releaseFailures(first, Duration.ofHours(1));
        assertThat(ledger.workLeft().failuresToHandOver())
                .as("the first says nothing of the second")
                .isEqualTo(1);
        ledger.releaseFailures(second, Duration.ZERO);
        FailedRevision again = ledger.claimFailures(9, LEASE).get(0);
        assertThat(again.claimed()).containsExactly(id);
        ledger.settleFailures(again);
        assertThat(ledger.workLeft().failuresToHandOver()).isZero();
    }

    @Test
    void whatGoesAgainBeforeItIsHandedOverIsNoDeadLetter() {
        RenderId id = fixture.planned("spring", "100", 1).get(0);
        refused(id);
        ledger.retry(id);
        assertThat(ledger.claimFailures(9, LEASE)).isEmpty();
    }

    // Amendments

    @Test
    void anAmendmentReplacesWhatItHoldsAndTouchesNothingElse() {
        List<RenderId> ids = fixture.planned("spring", "100", 3);
        refused(ids.get(0));
        fixture.rendered(ids.get(1), Duration.ofHours(1));
        List<FailedRender> failed = ledger.failedRenders("spring");
        assertThat(failed).extracting(FailedRender::id).containsExactly(ids.get(0));

        Acceptance acceptance = amend(render(0, "another", List.of(OutputKind.VIDEO)));

        assertThat(acceptance.added()).isEqualTo(1);
        assertThat(acceptance.kept()).isEqualTo(2);
        assertThat(acceptance.cancelled()).isZero();
        assertThat(acceptance.revision().number()).isEqualTo(2);
        List<RenderRecord> now = now();
        assertThat(now).hasSize(3);
        assertThat(now.get(0).fingerprint()).isEqualTo("another");
        assertThat(now.get(0).state()).isEqualTo(RenderState.PLANNED);
        assertThat(now.subList(1, 3)).extracting(RenderRecord::id).containsExactly(ids.get(1), ids.get(2));
        assertThat(fixture.state(ids.get(1))).isEqualTo(RenderState.RENDERED);
        assertThat(fixture.state(ids.get(2))).isEqualTo(RenderState.PLANNED);
        assertThat(fixture.state(ids.get(0))).isEqualTo(RenderState.FAILED);
    }

    @Test
    void anAmendmentThatAsksForWhatWasAskedForBeforeTakesThatBack() {
        List<RenderId> ids = fixture.planned("spring", "100", 1);
        refused(ids.get(0));
        amend(render(0, "another", List.of(OutputKind.VIDEO)));
        refused(now().get(0).id());

        Acceptance back = amend(render(0));

        assertThat(back.added()).isZero();
        assertThat(now()).extracting(RenderRecord::id).containsExactly(ids.get(0));
        assertThat(fixture.state(ids.get(0))).isEqualTo(RenderState.FAILED);
    }

    @Test
    void aRetryIsAskedForByARevisionThatThereIs() {
        fixture.planned("spring", "100", 1);
        assertThat(ledger.standing("spring", 1)).get().satisfies(standing -> {
            assertThat(standing.revision()).isEqualTo(1);
            assertThat(standing.budget()).isEqualTo(Money.dollars("100"));
        });
        assertThat(ledger.standing("spring", 2)).isEmpty();
        assertThat(ledger.standing("autumn", 1)).isEmpty();
    }

    private Acceptance amend(PlannedRender render) {
        try (RevisionDraft draft = ledger.amend(revision("spring", "100"))) {
            draft.add(List.of(render));
            return draft.accept();
        }
    }

    private List<RenderRecord> now() {
        List<RenderRecord> renders = new ArrayList<>();
        ledger.renders("spring", renders::add);
        return renders;
    }

    private void refused(RenderId id) {
        ledger.recordRefused(fixture.bound(id), failure(FailureClass.REJECTED));
    }
}

package io.camelray.ledger;

import static io.camelray.ledger.LedgerFixture.ACCOUNT;
import static io.camelray.ledger.LedgerFixture.ALWAYS;
import static io.camelray.ledger.LedgerFixture.failure;
import static io.camelray.ledger.LedgerFixture.job;
import static io.camelray.ledger.LedgerFixture.renders;
import static io.camelray.ledger.LedgerFixture.revision;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.camelray.ledger.DeliveryLedger.FailedRevision;
import io.camelray.ledger.DeliveryLedger.PendingOutput;
import io.camelray.ledger.DeliveryLedger.SecuredFile;
import io.camelray.ledger.DigestLedger.Digest;
import io.camelray.ledger.EventLedger.LedgerEvent;
import io.camelray.ledger.FiringLedger.DueFiring;
import io.camelray.ledger.FiringLedger.Firing;
import io.camelray.ledger.FiringLedger.FiringOutcome;
import io.camelray.ledger.PlanningLedger.Revision;
import io.camelray.ledger.PlanningLedger.RevisionDraft;
import io.camelray.ledger.PollingLedger.RenderingRender;
import io.camelray.ledger.SubmissionLedger.Acceptance;
import io.camelray.ledger.SubmissionLedger.BindResult;
import io.camelray.model.AttemptToken;
import io.camelray.model.FailureClass;
import io.camelray.model.Money;
import io.camelray.model.RenderId;
import io.camelray.model.RenderState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of the work of a node that is dead, or was only taken for dead, on every form of the ledger. */
abstract class NodesContractTest {
    static final Money CAP = Money.dollars("1000");
    static final Duration LEASE = Duration.ofHours(2);
    static final Duration HOUR = Duration.ofHours(1);

    /** The node that is not heard of any more. */
    LedgerFixture frozen;
    /** The node that goes on. */
    LedgerFixture heir;

    abstract DataSource open();

    abstract void close();

    /** Has the one node be dead, and the other take over. */
    abstract void takeOver();

    @BeforeEach
    void openLedgers() {
        frozen = new LedgerFixture(open(), CAP);
        frozen.ledger.join("frozen");
        heir = new LedgerFixture(frozen, CAP);
    }

    @AfterEach
    void closeLedgers() {
        frozen.ledger.close();
        heir.ledger.close();
        close();
    }

    List<RenderId> watchedBy(LedgerFixture node) {
        return node.ledger.rendering(Optional.empty(), 100).stream()
                .map(RenderingRender::id)
                .toList();
    }

    private int events() {
        return Jdbi.create(heir.dataSource).withHandle(handle -> handle.createQuery("SELECT COUNT(*) FROM ray_event")
                .mapTo(Integer.class)
                .one());
    }

    @Test
    void whatADeadNodePolledIsPolledByTheOtherAndItsLateAnswersDoNotCount() {
        List<RenderId> ids = frozen.planned("spring", "100", 3);
        ids.forEach(frozen::rendering);
        assertThat(watchedBy(frozen)).isEqualTo(ids);

        takeOver();

        assertThat(watchedBy(heir)).isEqualTo(ids);
        assertThat(watchedBy(frozen)).isEmpty();
        assertThat(frozen.ledger.recordRendered(ids.get(0), job(ids.get(0)), Optional.empty(), List.of()))
                .isFalse();
        assertThat(frozen.ledger.recordJobFailed(
                        ids.get(1),
                        job(ids.get(1)),
                        failure(FailureClass.GENERATION_FAILED),
                        true,
                        Optional.of(Duration.ZERO)))
                .isFalse();
        assertThat(heir.status("spring").count(RenderState.RENDERING)).isEqualTo(3);

        heir.complete(ids.get(0), HOUR);
        assertThat(heir.state(ids.get(0))).isEqualTo(RenderState.RENDERED);
    }

    @Test
    void whatADeadNodeWasSubmittingIsUnknownAndNothingButItsIdCountsAfterwards() {
        List<RenderId> ids = frozen.planned("spring", "100", 4);
        List<AttemptToken> tokens = ids.stream().map(frozen::bound).toList();

        takeOver();

        assertThat(heir.status("spring").count(RenderState.UNKNOWN)).isEqualTo(4);
        assertThat(heir.ledger.due(ACCOUNT, 10)).isEmpty();
        frozen.ledger.recordNotAccepted(tokens.get(0), Duration.ZERO, true, "503");
        frozen.ledger.recordRefused(tokens.get(1), failure(FailureClass.REJECTED));
        frozen.ledger.recordAccountFault(tokens.get(2), "402");
        frozen.ledger.recordUnknown(tokens.get(3), "timeout");
        assertThat(heir.status("spring").count(RenderState.UNKNOWN)).isEqualTo(4);
        assertThat(heir.status("spring").atRisk()).isEqualTo(Money.dollars("6.00"));

        assertThat(frozen.ledger.recordAccepted(tokens.get(0), job(ids.get(0)))).isEqualTo(Acceptance.RENDERING);
        assertThat(heir.ledger.takeOver(List.of(ACCOUNT)).rendering()).isEqualTo(1);
        assertThat(watchedBy(heir)).containsExactly(ids.get(0));
    }

    @Test
    void anIdThatTurnsUpWhenTheRenderHasMovedOnIsKeptAsASecondPaidAttempt() {
        RenderId id = frozen.planned("spring", "100", 1).get(0);
        AttemptToken late = frozen.bound(id);
        takeOver();
        heir.pass(HOUR);
        heir.ledger.abandon(id, false);

        assertThat(frozen.ledger.recordAccepted(late, job(id))).isEqualTo(Acceptance.SECOND_PAID);
        assertThat(heir.status("spring").confirmed()).isEqualTo(Money.dollars("1.00"));
    }

    @Test
    void aNodeThatIsTakenForDeadBindsNothing() {
        RenderId id = frozen.planned("spring", "100", 1).get(0);
        takeOver();
        assertThat(frozen.tryBind(id, ALWAYS)).isInstanceOfSatisfying(BindResult.NoRoom.class, full -> assertThat(
                        full.permit().reason())
                .contains("silent"));
        assertThat(heir.tryBind(id, ALWAYS)).isInstanceOf(BindResult.Bound.class);
    }

    @Test
    void theLeasesOfADeadNodeAreFreeAndWhatItSaysOfThemLaterDoesNotCount() {
        List<RenderId> ids = frozen.planned("spring", "100", 4);
        ids.forEach(id -> frozen.rendered(id, HOUR));
        List<PendingOutput> late = frozen.ledger.claimRendered(10, LEASE);
        assertThat(late).hasSize(4);
        assertThat(heir.ledger.claimRendered(10, LEASE)).isEmpty();
        assertThat(frozen.ledger.mayDeliver(late.get(0).outputId())).isTrue();

        takeOver();
        List<PendingOutput> taken = heir.ledger.claimRendered(10, LEASE);
        assertThat(taken).hasSize(4);
        assertThat(frozen.ledger.mayDeliver(late.get(0).outputId())).isFalse();
        assertThat(heir.ledger.mayDeliver(late.get(0).outputId())).isTrue();

        frozen.ledger.recordSecured(late.get(0).outputId(), new SecuredFile(Path.of("/x"), 1, "00", "video/mp4", "{}"));
        assertThat(frozen.ledger.recordStored(late.get(0), "k", "e")).isFalse();
        frozen.ledger.releaseOutput(late.get(1).outputId(), Duration.ZERO, "disk full");
        frozen.ledger.failOutput(late.get(2).outputId(), failure(FailureClass.DELIVERY));
        frozen.ledger.recordFreshUrls(ids.get(3), List.of());
        assertThat(heir.status("spring").count(RenderState.RENDERED)).isEqualTo(4);
        assertThat(heir.ledger.claimRendered(10, LEASE)).isEmpty();
        assertThat(heir.record(ids.get(1)).outputs().get(0).storedAt()).isEmpty();

        taken.forEach(output ->
                assertThat(heir.ledger.recordStored(output, output.key(), "e")).isTrue());
        assertThat(heir.status("spring").count(RenderState.DELIVERED)).isEqualTo(4);
        assertThat(heir.ledger.mayDeliver(late.get(0).outputId())).isFalse();
        int events = events();
        frozen.ledger.releaseOutput(late.get(0).outputId(), Duration.ZERO, "the file was renamed by another");
        assertThat(events()).as("what is over is not spoken of").isEqualTo(events);
    }

    @Test
    void aFailureThatADeadNodeWasHandingOverIsHandedOverByTheOther() {
        RenderId id = frozen.planned("spring", "100", 1).get(0);
        frozen.ledger.fail(id, failure(FailureClass.REJECTED));
        List<FailedRevision> late = frozen.ledger.claimFailures(1, LEASE);
        assertThat(late).hasSize(1);

        takeOver();
        List<FailedRevision> taken = heir.ledger.claimFailures(1, LEASE);
        assertThat(taken).hasSize(1);
        frozen.ledger.settleFailures(late.get(0));
        frozen.ledger.releaseFailures(late.get(0), Duration.ZERO);
        assertThat(heir.ledger.claimFailures(1, LEASE)).isEmpty();
        assertThat(heir.ledger.workLeft().failuresToHandOver()).isEqualTo(1);
        heir.ledger.settleFailures(taken.get(0));
        assertThat(heir.ledger.workLeft().failuresToHandOver()).isZero();
    }

    @Test
    void anEventThatADeadNodeWasHandingOverIsHandedOverByTheOther() {
        frozen.ledger.openEvents();
        frozen.planned("spring", "100", 1);
        List<LedgerEvent> late = frozen.ledger.claimEvents(9, LEASE);
        assertThat(late).hasSize(1);
        assertThat(heir.ledger.claimEvents(9, LEASE)).isEmpty();

        takeOver();
        assertThat(heir.ledger.claimEvents(9, LEASE)).isEqualTo(late);
        frozen.ledger.releaseEvent(late.get(0).id(), Duration.ZERO);
        assertThat(heir.ledger.claimEvents(9, LEASE)).isEmpty();
        frozen.ledger.settleEvent(late.get(0).id());
        assertThat(heir.ledger.workLeft().eventsToHandOver()).isEqualTo(1);
        heir.ledger.settleEvent(late.get(0).id());
        assertThat(heir.ledger.workLeft().eventsToHandOver()).isZero();
    }

    @Test
    void aFiringThatADeadNodeWasPlanningIsPlannedByTheOther() {
        DueFiring firing = new DueFiring("weekly", LedgerFixture.START);
        frozen.ledger.recordFiring("weekly", LedgerFixture.START);
        assertThat(frozen.ledger.claimFirings(9, LEASE)).containsExactly(firing);
        assertThat(heir.ledger.claimFirings(9, LEASE)).isEmpty();

        takeOver();
        assertThat(heir.ledger.claimFirings(9, LEASE)).containsExactly(firing);
        frozen.ledger.releaseFiring(firing, Duration.ZERO);
        assertThat(heir.ledger.claimFirings(9, LEASE)).isEmpty();
        frozen.ledger.settleFiring(firing, FiringOutcome.REJECTED, Optional.empty(), "too late");
        assertThat(heir.ledger.lastFirings()).extracting(Firing::outcome).containsExactly(FiringOutcome.DUE);
        heir.ledger.settleFiring(firing, FiringOutcome.ACCEPTED, Optional.of(new Revision("mugs", 1, "")), "");
        assertThat(heir.ledger.lastFirings()).extracting(Firing::outcome).containsExactly(FiringOutcome.ACCEPTED);
    }

    @Test
    void aDigestThatBothNodesBringIsSentByOneAndByTheOtherWhenThatIsDead() {
        Digest digest = new Digest("spring r1 needs attention", 7, "{\"text\": \"2 failed\"}");
        frozen.ledger.addDigest(digest);
        heir.ledger.addDigest(digest);
        assertThat(frozen.ledger.claimDigests(9, LEASE)).containsExactly(digest);
        assertThat(heir.ledger.claimDigests(9, LEASE)).isEmpty();
        assertThat(frozen.ledger.holdsDigest(digest.name(), 7, LEASE)).isTrue();

        takeOver();
        assertThat(heir.ledger.claimDigests(9, LEASE)).containsExactly(digest);
        assertThat(frozen.ledger.holdsDigest(digest.name(), 7, LEASE)).isFalse();
        frozen.ledger.settleDigest(digest.name(), 7);
        frozen.ledger.releaseDigest(digest.name(), 7, Duration.ZERO);
        assertThat(heir.ledger.holdsDigest(digest.name(), 7, LEASE)).isTrue();

        heir.ledger.releaseDigest(digest.name(), 7, Duration.ofMinutes(1));
        assertThat(heir.ledger.claimDigests(9, LEASE)).isEmpty();
        heir.pass(Duration.ofMinutes(1));
        assertThat(heir.ledger.claimDigests(9, LEASE)).containsExactly(digest);
        heir.ledger.settleDigest(digest.name(), 7);
        frozen.ledger.addDigest(digest);
        assertThat(heir.ledger.claimDigests(9, LEASE)).as("it is sent").isEmpty();
    }

    @Test
    void aDigestOfALaterStateReplacesTheEarlierAndOneThatIsForgottenIsToldOfAnew() {
        Digest first = new Digest("spring r1 needs attention", 7, "first");
        Digest second = new Digest("spring r1 needs attention", 9, "second");
        heir.ledger.addDigest(first);
        assertThat(heir.ledger.claimDigests(9, LEASE)).containsExactly(first);
        heir.ledger.addDigest(second);
        heir.ledger.addDigest(first);

        assertThat(heir.ledger.holdsDigest(first.name(), 7, LEASE)).isFalse();
        heir.ledger.settleDigest(first.name(), 7);
        assertThat(heir.ledger.claimDigests(9, LEASE)).containsExactly(second);
        heir.ledger.settleDigest(second.name(), 9);

        heir.ledger.forgetDigest(first.name());
        heir.ledger.addDigest(first);
        assertThat(heir.ledger.claimDigests(9, LEASE)).containsExactly(first);
    }

    @Test
    void aNodeThatStopsHandsItsLeasesBackAtOnce() {
        RenderId rendered = frozen.planned("spring", "100", 1).get(0);
        RenderId failed = frozen.planned("autumn", "100", 1).get(0);
        frozen.rendered(rendered, HOUR);
        frozen.ledger.openEvents();
        frozen.ledger.fail(failed, failure(FailureClass.REJECTED));
        frozen.ledger.recordFiring("weekly", LedgerFixture.START);
        assertThat(frozen.ledger.claimRendered(9, LEASE)).hasSize(1);
        assertThat(frozen.ledger.claimFailures(9, LEASE)).hasSize(1);
        assertThat(frozen.ledger.claimEvents(9, LEASE)).hasSize(1);
        assertThat(frozen.ledger.claimFirings(9, LEASE)).hasSize(1);
        frozen.ledger.addDigest(new Digest("autumn r1 needs attention", 1, "{}"));
        assertThat(frozen.ledger.claimDigests(9, LEASE)).hasSize(1);

        frozen.ledger.leave();

        assertThat(heir.ledger.claimRendered(9, LEASE)).hasSize(1);
        assertThat(heir.ledger.claimFailures(9, LEASE)).hasSize(1);
        assertThat(heir.ledger.claimEvents(9, LEASE)).hasSize(1);
        assertThat(heir.ledger.claimFirings(9, LEASE)).hasSize(1);
        assertThat(heir.ledger.claimDigests(9, LEASE)).hasSize(1);
    }

    @Test
    @SuppressWarnings("resource")
    void theDraftOfADeadNodeIsSweptAndCannotBeAcceptedAfterwards() {
        RevisionDraft draft = frozen.ledger.draft(revision("spring", "100"));
        draft.add(renders(3));

        takeOver();

        assertThatThrownBy(() -> draft.add(renders(1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("plan it again");
        assertThat(heir.ledger.campaigns()).isEmpty();
        assertThat(heir.planned("spring", "100", 2)).hasSize(2);
        assertThatThrownBy(draft::accept).isInstanceOf(IllegalStateException.class);
        draft.close();
        assertThat(heir.status("spring").total()).isEqualTo(2);
    }

    @Test
    void aNodeThatLeavesLeavesItsWorkToTheOthers() {
        RenderId id = frozen.planned("spring", "100", 1).get(0);
        frozen.rendering(id);
        heir.ledger.join("heir");
        frozen.ledger.leave();
        heir.ledger.takeOver(List.of(ACCOUNT));
        assertThat(watchedBy(heir)).containsExactly(id);
    }
}

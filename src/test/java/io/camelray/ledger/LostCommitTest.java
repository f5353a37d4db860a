package io.camelray.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Named.named;

import com.zaxxer.hikari.HikariDataSource;
import io.camelray.ledger.DeliveryLedger.FailedRevision;
import io.camelray.ledger.DeliveryLedger.PendingOutput;
import io.camelray.ledger.DigestLedger.Digest;
import io.camelray.ledger.EventLedger.LedgerEvent;
import io.camelray.ledger.FiringLedger.DueFiring;
import io.camelray.ledger.PlanningLedger.NewRevision;
import io.camelray.ledger.PlanningLedger.Revision;
import io.camelray.ledger.PlanningLedger.RevisionDraft;
import io.camelray.model.FailureClass;
import io.camelray.model.Money;
import io.camelray.model.RenderState;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is committed although nobody was told so: a connection that breaks between the commit and its reply. */
@ExtendWith(PostgresServer.class)
class LostCommitTest {

    private static final Duration LEASE = Duration.ofHours(2);

    private final PostgresServer.Database database;
    private final AtomicBoolean takesNext = new AtomicBoolean();
    private CommitThief thief;
    private HikariDataSource store;
    private LedgerFixture node;

    LostCommitTest(PostgresServer.Database database) {
        this.database = database;
    }

    @BeforeEach
    void open() {
        database.emptyStore();
        thief = new CommitThief(database.url(), () -> takesNext.getAndSet(false));
        store = LedgerStore.open(thief.url(), "postgres", "");
        node = new LedgerFixture(store, Money.dollars("1000"));
        node.ledger.join("node");
        node.ledger.openEvents();
    }

    @AfterEach
    void close() throws IOException {
        node.ledger.close();
        store.close();
        thief.close();
    }

    /** @param bring has one piece of work waiting @param claim leases it @param giveBack for anybody to claim at once */
    private record Queue<W>(
            Consumer<LedgerFixture> bring, Function<Ledger, List<W>> claim, BiConsumer<Ledger, W> giveBack) {

        List<W> claim(LedgerFixture node) {
            return claim.apply(node.ledger);
        }

        void claimAndGiveBack(LedgerFixture node) {
            claim(node).forEach(work -> giveBack.accept(node.ledger, work));
        }
    }

    private static final Queue<PendingOutput> DELIVERIES = new Queue<>(
            node -> node.rendered(node.planned("spring", "100", 1).get(0), LEASE),
            ledger -> ledger.claimRendered(9, LEASE),
            (ledger, output) -> ledger.releaseOutput(output.outputId(), Duration.ZERO, "503"));

    private static final Queue<FailedRevision> FAILURES = new Queue<>(
            node -> node.ledger.fail(
                    node.planned("spring", "100", 1).get(0), LedgerFixture.failure(FailureClass.REJECTED)),
            ledger -> ledger.claimFailures(9, LEASE),
            (ledger, failed) -> ledger.releaseFailures(failed, Duration.ZERO));

    private static final Queue<LedgerEvent> EVENTS = new Queue<>(
            node -> node.planned("spring", "100", 1),
            ledger -> ledger.claimEvents(9, LEASE),
            (ledger, event) -> ledger.releaseEvent(event.id(), Duration.ZERO));

    private static final Queue<DueFiring> FIRINGS = new Queue<>(
            node -> node.ledger.recordFiring("weekly", LedgerFixture.START),
            ledger -> ledger.claimFirings(9, LEASE),
            (ledger, firing) -> ledger.releaseFiring(firing, Duration.ZERO));

    private static final Queue<Digest> DIGESTS = new Queue<>(
            node -> node.ledger.addDigest(new Digest("spring r1 is done", 7, "{}")),
            ledger -> ledger.claimDigests(9, LEASE),
            (ledger, digest) -> ledger.releaseDigest(digest.name(), digest.stamp(), Duration.ZERO));

    static Stream<Named<Queue<?>>> queues() {
        return Stream.of(
                named("deliveries", DELIVERIES),
                named("failures", FAILURES),
                named("events", EVENTS),
                named("firings", FIRINGS),
                named("digests", DIGESTS));
    }

    private void loseTheReplyToAClaim(Queue<?> queue) {
        takesNext.set(true);
        assertThatThrownBy(() -> queue.claim(node)).isInstanceOf(LedgerUnavailableException.class);
        assertThat(queue.claim(node))
                .as("the ledger has leased it to this node")
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("queues")
    void what_was_leased_without_a_word_is_offered_again_at_the_next_heartbeat(Queue<?> queue) {
        queue.bring().accept(node);
        loseTheReplyToAClaim(queue);
        node.ledger.beat();
        assertThat(queue.claim(node)).hasSize(1);
        node.ledger.beat();
        assertThat(queue.claim(node)).as("now it is in hand").isEmpty();
    }

    @ParameterizedTest
    @MethodSource("queues")
    void what_was_in_hand_before_and_given_back_is_no_different(Queue<?> queue) {
        queue.bring().accept(node);
        queue.claimAndGiveBack(node);
        loseTheReplyToAClaim(queue);
        node.ledger.beat();
        assertThat(queue.claim(node)).hasSize(1);
    }

    @Test
    void a_plan_that_was_accepted_without_a_word_is_not_removed_as_if_it_were_a_draft() {
        NewRevision revision = LedgerFixture.revision("spring", "100");
        try (RevisionDraft draft = node.ledger.draft(revision)) {
            draft.add(LedgerFixture.renders(3));
            takesNext.set(true);
            assertThatThrownBy(draft::accept).isInstanceOf(LedgerUnavailableException.class);
        }
        assertThat(node.status("spring").count(RenderState.PLANNED)).isEqualTo(3);
        assertThat(node.ledger.findRevision("spring", revision.digest()))
                .as("planned again, it is known")
                .map(Revision::number)
                .contains(1);
    }

    @Test
    void a_draft_that_was_begun_without_a_word_is_swept_and_one_that_is_being_written_is_not() {
        try (RevisionDraft written = node.ledger.draft(LedgerFixture.revision("spring", "100"))) {
            written.add(LedgerFixture.renders(3));
            takesNext.set(true);
            assertThatThrownBy(() -> node.ledger.draft(LedgerFixture.revision("spring", "200")))
                    .isInstanceOf(LedgerUnavailableException.class);
            assertThat(drafts()).isEqualTo(2);
            node.ledger.takeOver(List.of());
            assertThat(drafts()).isEqualTo(1);
            written.accept();
        }
        assertThat(node.status("spring").count(RenderState.PLANNED)).isEqualTo(3);
    }

    private int drafts() {
        return database.asSuperuser()
                .withHandle(handle -> handle.createQuery("SELECT COUNT(*) FROM ray_revision WHERE state = 'planning'")
                        .mapTo(Integer.class)
                        .one());
    }

    @Test
    void a_node_that_begins_a_new_life_without_a_word_is_not_taken_for_another_program() {
        database.asSuperuser().useHandle(handle -> handle.execute("DELETE FROM ray_node"));
        takesNext.set(true);
        assertThatThrownBy(node.ledger::beat).isInstanceOf(LedgerUnavailableException.class);
        assertThat(node.ledger.beat()).as("its old life is over").isFalse();
        assertThat(node.ledger.beat()).as("and this one goes on").isTrue();
    }
}

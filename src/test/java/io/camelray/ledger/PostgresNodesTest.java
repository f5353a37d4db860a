package io.camelray.ledger;

import static io.camelray.ledger.LedgerFixture.ACCOUNT;
import static io.camelray.ledger.LedgerFixture.ALWAYS;
import static io.camelray.ledger.LedgerFixture.WITHIN_LIMITS;
import static io.camelray.ledger.LedgerFixture.failure;
import static io.camelray.ledger.LedgerFixture.intent;
import static io.camelray.ledger.LedgerFixture.job;
import static io.camelray.ledger.LedgerFixture.renders;
import static io.camelray.ledger.LedgerFixture.revision;
import static io.camelray.ledger.LedgerFixture.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.camelray.ledger.NodeLedger.TakenOver;
import io.camelray.ledger.PlanningLedger.RevisionDraft;
import io.camelray.ledger.SubmissionLedger.BindResult;
import io.camelray.ledger.SubmissionLedger.DueRender;
import io.camelray.model.AttemptToken;
import io.camelray.model.FailureClass;
import io.camelray.model.Money;
import io.camelray.model.ProviderName;
import io.camelray.model.RenderId;
import io.camelray.model.RenderState;
import java.time.Duration;
import java.util.ArrayList;
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
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Several living nodes on one PostgreSQL. */
@ExtendWith(PostgresServer.class)
class PostgresNodesTest extends NodesContractTest {
    private final PostgresServer.Database database;

    PostgresNodesTest(PostgresServer.Database database) {
        this.database = database;
    }

    @Override
    DataSource open() {
        return database.emptyStore();
    }

    /** The next test uses it again. */
    @Override
    void close() {}

    @BeforeEach
    void bothLive() {
        heir.ledger.join("heir");
        heir.ledger.beat();
        frozen.ledger.beat();
    }

    /** Time in which one node is heard of and the other is not. */
    private TakenOver silence(Duration time) {
        TakenOver taken = new TakenOver(List.of(), 0, 0);
        for (Duration passed = Duration.ZERO; passed.compareTo(time) < 0; passed = passed.plus(NodeLedger.HEARTBEAT)) {
            heir.pass(NodeLedger.HEARTBEAT);
            assertThat(heir.ledger.beat()).isTrue();
            TakenOver now = heir.ledger.takeOver(List.of(ACCOUNT));
            List<String> nodes = new ArrayList<>(taken.nodes());
            nodes.addAll(now.nodes());
            taken = new TakenOver(nodes, taken.rendering() + now.rendering(), taken.unknown() + now.unknown());
        }
        return taken;
    }

    @Override
    void takeOver() {
        assertThat(silence(NodeLedger.SILENCE.plus(NodeLedger.HEARTBEAT)).nodes())
                .containsExactly("frozen");
    }

    @Test
    @SuppressWarnings("resource")
    void whatALivingNodeHasInHandIsLeftToIt() {
        List<RenderId> ids = frozen.planned("spring", "100", 4);
        AttemptToken posting = frozen.bound(ids.get(0));
        frozen.rendering(ids.get(1));
        frozen.rendered(ids.get(2), HOUR);
        assertThat(frozen.ledger.claimRendered(1, LEASE)).hasSize(1);
        RevisionDraft draft = frozen.ledger.draft(revision("autumn", "100"));
        draft.add(renders(3));

        LedgerFixture third = new LedgerFixture(frozen, CAP);
        third.ledger.join("third");
        assertThat(third.ledger.abandonSubmissions("the program ended")).isZero();
        third.ledger.releaseAllLeases();
        assertThat(third.ledger.sweepDrafts()).isZero();
        assertThat(third.ledger.takeOver(List.of(ACCOUNT))).isEqualTo(new TakenOver(List.of(), 0, 0));

        assertThat(third.ledger.claimRendered(10, LEASE)).isEmpty();
        assertThat(watchedBy(third)).isEmpty();
        frozen.ledger.recordNotAccepted(posting, Duration.ZERO, true, "503");
        assertThat(frozen.state(ids.get(0))).isEqualTo(RenderState.PLANNED);
        frozen.complete(ids.get(1), HOUR);
        assertThat(frozen.state(ids.get(1))).isEqualTo(RenderState.RENDERED);
        assertThat(draft.accept().added()).isEqualTo(3);
    }

    @Test
    void aDraftThatAnotherNodeIsRemovingIsLeftToItByItsWriter() {
        try (RevisionDraft draft = frozen.ledger.draft(revision("autumn", "100"))) {
            draft.add(renders(3));
            asIfTakenBy("heir");
        }
        assertThat(count("ray_render")).isEqualTo(3);
        assertThat(count("ray_revision"))
                .as("without it nobody would find the renders any more")
                .isEqualTo(1);
    }

    private void asIfTakenBy(String node) {
        database.asSuperuser()
                .useHandle(handle -> handle.execute(
                        "UPDATE ray_revision SET epoch = (SELECT epoch FROM ray_node WHERE name = ?)", node));
    }

    private int count(String table) {
        return database.asSuperuser().withHandle(handle -> handle.createQuery("SELECT COUNT(*) FROM " + table)
                .mapTo(Integer.class)
                .one());
    }

    @Test
    void aHeartbeatKeepsALeaseForLongerThanItWasAskedFor() {
        RenderId id = heir.planned("spring", "100", 1).get(0);
        heir.rendered(id, HOUR);
        assertThat(heir.ledger.claimRendered(1, NodeLedger.SILENCE)).hasSize(1);
        silence(NodeLedger.SILENCE.multipliedBy(3));
        frozen.ledger.beat();
        assertThat(frozen.ledger.claimRendered(1, LEASE)).isEmpty();
    }

    @Test
    void aPlanThatTakesLongerThanItsLeaseIsNotBegunByAnother() {
        heir.ledger.recordFiring("weekly", LedgerFixture.START);
        assertThat(heir.ledger.claimFirings(1, NodeLedger.SILENCE)).hasSize(1);
        silence(NodeLedger.SILENCE.multipliedBy(3));
        frozen.ledger.beat();
        assertThat(frozen.ledger.claimFirings(1, LEASE)).isEmpty();
    }

    @Test
    void whatADeadNodeWasSubmittingWaitsForItsDeadline() {
        RenderId id = frozen.planned("spring", "100", 1).get(0);
        frozen.pass(NodeLedger.HEARTBEAT.minusSeconds(1));
        frozen.bound(id);
        frozen.pass(Duration.ofSeconds(1));
        heir.ledger.beat();
        TakenOver buried = silence(NodeLedger.SILENCE.minus(NodeLedger.HEARTBEAT));
        assertThat(buried.nodes()).containsExactly("frozen");
        assertThat(buried.unknown()).isZero();
        assertThat(heir.state(id)).isEqualTo(RenderState.SUBMITTING);
        assertThat(silence(NodeLedger.HEARTBEAT).unknown()).isEqualTo(1);
        assertThat(heir.state(id)).isEqualTo(RenderState.UNKNOWN);
    }

    @Test
    void aNodeThatWasTakenForDeadGoesOnAsANewOneWithNothingInHand() {
        List<RenderId> ids = frozen.planned("spring", "100", 2);
        frozen.rendering(ids.get(0));
        takeOver();
        assertThat(frozen.ledger.beat()).isFalse();
        assertThat(frozen.ledger.beat()).isTrue();
        assertThat(watchedBy(frozen)).isEmpty();
        frozen.rendering(ids.get(1));
        assertThat(watchedBy(frozen)).containsExactly(ids.get(1));
        assertThat(watchedBy(heir)).containsExactly(ids.get(0));
    }

    @Test
    void aNodeThatStartsAgainHasItsOwnWorkBackAtOnce() {
        List<RenderId> ids = frozen.planned("spring", "100", 4);
        AttemptToken refused = frozen.bound(ids.get(0));
        frozen.bound(ids.get(1));
        frozen.rendering(ids.get(2));
        frozen.rendered(ids.get(3), HOUR);
        assertThat(frozen.ledger.claimRendered(1, LEASE)).hasSize(1);

        LedgerFixture again = new LedgerFixture(frozen, CAP);
        again.ledger.join("frozen");
        again.ledger.recordRefused(refused, failure(FailureClass.REJECTED));
        assertThat(again.ledger.abandonSubmissions("the program ended")).isEqualTo(1);
        again.ledger.releaseAllLeases();

        assertThat(again.state(ids.get(0))).isEqualTo(RenderState.FAILED);
        assertThat(again.state(ids.get(1))).isEqualTo(RenderState.UNKNOWN);
        assertThat(watchedBy(again)).containsExactly(ids.get(2));
        assertThat(again.ledger.claimRendered(1, LEASE)).hasSize(1);
        assertThatThrownBy(frozen.ledger::beat)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("frozen");
    }

    @Test
    void rendersOfAnAccountThatANodeDoesNotHaveAreLeftForOneThatHas() {
        RenderId id = frozen.planned("spring", "100", 1).get(0);
        frozen.rendering(id);
        frozen.ledger.leave();
        assertThat(heir.ledger.takeOver(List.of("another")).rendering()).isZero();
        assertThat(heir.ledger.takeOver(List.of()).rendering()).isZero();
        assertThat(heir.ledger.takeOver(List.of(ACCOUNT)).rendering()).isEqualTo(1);
    }

    @Test
    void whoCouldNotReachTheLedgerItselfTakesNobodyForDead() {
        heir.pass(NodeLedger.SILENCE.multipliedBy(10));
        assertThat(heir.ledger.beat()).isTrue();
        assertThat(heir.ledger.takeOver(List.of(ACCOUNT)).nodes()).isEmpty();
        assertThat(frozen.ledger.beat())
                .as("it was only the ledger that was away")
                .isTrue();
    }

    @Test
    void aRenderThatAPersonAdoptsWithoutANodeIsPolledByOne() {
        RenderId id = frozen.planned("spring", "100", 1).get(0);
        frozen.ledger.recordUnknown(frozen.bound(id), "timeout");
        frozen.pass(HOUR);
        LedgerFixture person = new LedgerFixture(frozen, CAP);
        person.ledger.adopt(id, job(id));
        heir.ledger.takeOver(List.of(ACCOUNT));
        assertThat(watchedBy(heir)).containsExactly(id);
    }

    @Test
    void twoNodesShareOneRateWindowOneSlotCountAndEveryBudgetAndBindNothingTwice() throws Exception {
        List<LedgerFixture> nodes =
                List.of(new LedgerFixture(frozen, Money.dollars("28")), new LedgerFixture(frozen, Money.dollars("28")));
        nodes.get(0).ledger.join("one");
        nodes.get(1).ledger.join("two");
        nodes.forEach(node -> node.ledger.registerAccount(
                LedgerFixture.account("https://api.example.test", new AccountLimits(15, 20, 4))));
        nodes.get(0).plan(revision("one", "12"), renders(10));
        nodes.get(0).plan(revision("two", "100"), renders(40));
        Map<RenderId, Integer> bound = new ConcurrentHashMap<>();
        onEightThreads(worker -> {
            LedgerFixture node = nodes.get(worker % 2);
            Random random = new Random(worker);
            for (int round = 0; round < 12; round++) {
                for (DueRender due : node.ledger.due(ACCOUNT, 4)) {
                    AttemptToken token = token();
                    if (node.ledger.bind(intent(due.id(), token), WITHIN_LIMITS) instanceof BindResult.Bound) {
                        if (random.nextInt(4) == 0) {
                            node.ledger.recordNotAccepted(token, HOUR, true, "503");
                        } else {
                            bound.merge(due.id(), 1, Integer::sum);
                            node.ledger.recordAccepted(token, job(due.id()));
                        }
                    }
                }
            }
        });
        assertThat(bound.values()).containsOnly(1);
        assertThat(heir.ledger.use(ACCOUNT).inWindow()).isEqualTo(15);
        assertThat(heir.ledger.use(ACCOUNT).active()).isEqualTo(bound.size());

        heir.pass(Duration.ofMinutes(2));
        onEightThreads(worker -> {
            LedgerFixture node = nodes.get(worker % 2);
            for (DueRender due : node.ledger.due(ACCOUNT, 50)) {
                node.tryBind(due.id(), ALWAYS);
            }
        });
        Money one = used("one");
        assertThat(one).isLessThanOrEqualTo(Money.dollars("12"));
        assertThat(one.plus(used("two"))).isBetween(Money.dollars("26"), Money.dollars("28"));
    }

    private Money used(String campaign) {
        var status = heir.status(campaign);
        return status.reserved().plus(status.confirmed()).plus(status.atRisk());
    }

    @Test
    void twoNodesNeverLeaseTheSameOutput() throws Exception {
        List<RenderId> ids = heir.planned("spring", "1000", 40);
        ids.forEach(id -> heir.rendered(id, HOUR));
        Queue<RenderId> claimed = new ConcurrentLinkedQueue<>();
        onEightThreads(worker -> {
            Ledger ledger = worker % 2 == 0 ? frozen.ledger : heir.ledger;
            for (int round = 0; round < 10; round++) {
                ledger.claimRendered(3, LEASE)
                        .forEach(output -> claimed.add(output.render().id()));
            }
        });
        assertThat(claimed).containsExactlyInAnyOrderElementsOf(ids);
    }

    @Test
    void twoNodesThatTakeOverAtOnceDivideTheWorkBetweenThem() throws Exception {
        List<RenderId> ids = frozen.planned("spring", "1000", 30);
        ids.forEach(frozen::rendering);
        LedgerFixture other = new LedgerFixture(frozen, CAP);
        other.ledger.join("other");
        frozen.ledger.leave();
        onEightThreads(worker -> (worker % 2 == 0 ? heir : other).ledger.takeOver(List.of(ACCOUNT)));
        List<RenderId> watched = new ArrayList<>(watchedBy(heir));
        watched.addAll(watchedBy(other));
        assertThat(watched).containsExactlyInAnyOrderElementsOf(ids);
    }

    @Test
    void twoNodesMayMeetInANewAccountANewDayAndANewCampaign() throws Exception {
        onEightThreads(worker -> {
            Ledger ledger = worker % 2 == 0 ? frozen.ledger : heir.ledger;
            ledger.registerAccount(new SubmissionLedger.AccountRegistration(
                    "new", ProviderName.LUMA, "https://api.example.test", AccountLimits.DEFAULT));
            try (RevisionDraft draft = ledger.draft(revision("new", "100"))) {
                draft.add(renders(1));
            }
        });
        assertThat(heir.ledger.accounts()).extracting(AccountUse::account).contains("new");
        assertThat(heir.ledger.campaigns()).isEmpty();
        assertThat(heir.ledger.rendering(Optional.empty(), 1)).isEmpty();
    }

    private interface Worker {
        void work(int number);
    }

    private static void onEightThreads(Worker worker) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                int number = i;
                all.add(threads.submit(() -> worker.work(number)));
            }
            for (Future<?> one : all) {
                one.get(2, TimeUnit.MINUTES);
            }
        } finally {
            threads.shutdownNow();
        }
    }
}

package io.camelray.ledger;

import static io.camelray.ledger.LedgerFixture.failure;
import static io.camelray.ledger.LedgerFixture.render;
import static io.camelray.ledger.LedgerFixture.revision;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.camelray.ledger.DeliveryLedger.EarlierObject;
import io.camelray.ledger.DeliveryLedger.PendingOutput;
import io.camelray.ledger.DeliveryLedger.Redelivery;
import io.camelray.ledger.DeliveryLedger.SecuredFile;
import io.camelray.ledger.PlanningLedger.PlannedOutput;
import io.camelray.ledger.PlanningLedger.PlannedRender;
import io.camelray.ledger.RenderRecord.OutputRecord;
import io.camelray.model.Destination;
import io.camelray.model.FailureClass;
import io.camelray.model.Money;
import io.camelray.model.OutputKind;
import io.camelray.model.RenderId;
import io.camelray.model.RenderState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of kept renders whose new revision wants their files elsewhere. */
abstract class LedgerRedeliveryContractTest {
    private static final Duration LEASE = Duration.ofMinutes(5);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Destination OLD = Destination.parse("s3://videos/spring/");
    private static final Destination NEW = Destination.parse("s3://archive/");

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

    private static PlannedRender keyed(int ordinal, Destination destination, String... keys) {
        PlannedRender like = render(ordinal);
        OutputKind[] kinds = {OutputKind.VIDEO, OutputKind.THUMBNAIL};
        List<PlannedOutput> outputs = Arrays.stream(keys)
                .map(key -> new PlannedOutput(kinds[Arrays.asList(keys).indexOf(key)], destination, key, ""))
                .toList();
        return new PlannedRender(
                like.step(),
                like.cell(),
                like.label(),
                ordinal,
                like.fingerprint(),
                1,
                like.request(),
                like.price(),
                outputs,
                like.line(),
                List.of());
    }

    private RenderId only() {
        return fixture.ids("spring").get(0);
    }

    private PendingOutput claimed() {
        List<PendingOutput> claimed = ledger.claimRendered(10, LEASE);
        assertThat(claimed).hasSize(1);
        return claimed.get(0);
    }

    private void secured(PendingOutput pending) {
        ledger.recordSecured(
                pending.outputId(), new SecuredFile(Path.of("/spool/1"), 42, "cafe", "video/mp4", "{\"width\":1}"));
    }

    private boolean stored(PendingOutput pending) {
        secured(pending);
        return ledger.recordStored(pending, pending.key(), "tag");
    }

    /** One render of one video, delivered to {@code a.mp4}. */
    private RenderId delivered() {
        fixture.plan(revision("spring", "100"), List.of(keyed(0, OLD, "a.mp4")));
        fixture.rendered(only(), HOUR);
        assertThat(stored(claimed())).isTrue();
        return only();
    }

    private String location(RenderId id) {
        return fixture.record(id).outputs().get(0).location();
    }

    private int posts() {
        return Jdbi.create(fixture.dataSource)
                .withHandle(handle -> handle.createQuery("SELECT COUNT(*) FROM ray_attempt")
                        .mapTo(Integer.class)
                        .one());
    }

    private List<String> history(RenderId id) {
        return Jdbi.create(fixture.dataSource).withHandle(handle -> handle.createQuery(
                        "SELECT detail FROM ray_event WHERE render_id = :id ORDER BY id")
                .bind("id", id.value())
                .mapTo(String.class)
                .list());
    }

    @Test
    void whatIsDeliveredUnderAnotherKeyIsDeliveredAnewFromWhereItLiesForNothing() {
        RenderId id = delivered();
        var before = fixture.status("spring");

        var second = fixture.plan(revision("spring", "101"), List.of(keyed(0, NEW, "b.mp4")));

        assertThat(second.kept()).isEqualTo(1);
        assertThat(second.added()).isZero();
        assertThat(second.redelivered()).isEqualTo(1);
        assertThat(only()).isEqualTo(id);
        assertThat(fixture.state(id)).isEqualTo(RenderState.RENDERED);
        assertThat(history(id)).last().asString().contains("re-delivery to s3://archive/, for revision 2");
        PendingOutput pending = claimed();
        assertThat(pending.destination()).isEqualTo(NEW);
        assertThat(pending.key()).isEqualTo("b.mp4");
        assertThat(pending.url()).isEmpty();
        assertThat(pending.secured()).isEmpty();
        assertThat(pending.lastOfRender()).isTrue();
        assertThat(pending.redelivery())
                .contains(new Redelivery(Optional.of(new EarlierObject(
                        OLD, "a.mp4", fixture.now(), 42, "cafe", "video/mp4", "tag", "{\"width\":1}"))));
        assertThat(stored(pending)).isTrue();
        assertThat(fixture.state(id)).isEqualTo(RenderState.DELIVERED);
        assertThat(location(id)).isEqualTo("s3://archive/b.mp4");
        assertThat(posts()).isEqualTo(1);
        var after = fixture.status("spring");
        assertThat(after.confirmed()).isEqualTo(before.confirmed());
        assertThat(after.reserved()).isEqualTo(before.reserved());
        assertThat(ledger.claimRendered(10, LEASE)).isEmpty();
    }

    @Test
    void theSameKeysDeliverNothingAnew() {
        RenderId id = delivered();

        var second = fixture.plan(revision("spring", "101"), List.of(keyed(0, OLD, "a.mp4")));

        assertThat(second.redelivered()).isZero();
        assertThat(fixture.state(id)).isEqualTo(RenderState.DELIVERED);
        assertThat(ledger.claimRendered(10, LEASE)).isEmpty();
    }

    @Test
    void whatCannotBeDeliveredAnewIsDeliveredWhereItWasAndNeverFails() {
        RenderId id = delivered();
        fixture.plan(revision("spring", "101"), List.of(keyed(0, NEW, "b.mp4")));
        PendingOutput pending = claimed();
        ledger.recordSecured(pending.outputId(), new SecuredFile(Path.of("/spool/1"), 43, "beef", "video/mp4", "{}"));

        ledger.failOutput(pending.outputId(), failure(FailureClass.DELIVERY));

        RenderRecord record = fixture.record(id);
        assertThat(record.state()).isEqualTo(RenderState.DELIVERED);
        assertThat(record.note()).isEqualTo("It did not work");
        assertThat(record.outputs()).singleElement().satisfies(output -> {
            assertThat(output.location()).isEqualTo("s3://videos/spring/a.mp4");
            assertThat(output.sha256()).isEqualTo("cafe");
            assertThat(output.storedAt()).isPresent();
        });
        assertThat(ledger.claimRendered(10, LEASE)).isEmpty();
        var third = fixture.plan(revision("spring", "102"), List.of(keyed(0, NEW, "b.mp4")));
        assertThat(third.redelivered()).as("a new revision tries once more").isEqualTo(1);
        assertThat(fixture.record(id).note()).isEmpty();
        assertThat(posts()).isEqualTo(1);
    }

    @Test
    void aFileThatIsOnlyNowAskedForIsDeliveredBesideAndMayBeMissing() {
        RenderId id = delivered();

        var second = fixture.plan(revision("spring", "101"), List.of(keyed(0, OLD, "a.mp4", "a.jpg")));

        assertThat(second.redelivered()).isEqualTo(1);
        PendingOutput thumbnail = claimed();
        assertThat(thumbnail.kind()).isEqualTo(OutputKind.THUMBNAIL);
        assertThat(thumbnail.redelivery()).contains(new Redelivery(Optional.empty()));
        assertThat(ledger.recordKept(thumbnail.outputId(), "nobody has it")).isTrue();
        assertThat(fixture.record(id).outputs())
                .extracting(OutputRecord::missing)
                .containsExactly("", "nobody has it");
        assertThat(fixture.state(id)).isEqualTo(RenderState.DELIVERED);
    }

    @Test
    void aFileThatIsNotAskedForAnyMoreStaysWhereItLiesAndIsFoundThereAgain() {
        fixture.plan(revision("spring", "100"), List.of(keyed(0, OLD, "a.mp4", "a.jpg")));
        fixture.rendered(only(), HOUR);
        stored(claimed());
        stored(claimed());
        RenderId id = only();

        var second = fixture.plan(revision("spring", "101"), List.of(keyed(0, OLD, "a.mp4")));
        assertThat(second.redelivered()).isZero();
        assertThat(fixture.state(id)).isEqualTo(RenderState.DELIVERED);
        assertThat(fixture.record(id).outputs()).hasSize(1);
        assertThat(ledger.hasStored(OLD, "a.jpg")).isTrue();

        var third = fixture.plan(revision("spring", "102"), List.of(keyed(0, OLD, "a.mp4", "b.jpg")));
        assertThat(third.redelivered()).isEqualTo(1);
        assertThat(claimed().redelivery().flatMap(Redelivery::from).map(EarlierObject::key))
                .contains("a.jpg");
    }

    @Test
    void whatHasNoFileYetAndWhatWaitsForItsDeliveryTakesTheNewKey() {
        fixture.plan(
                revision("spring", "100"),
                List.of(keyed(0, OLD, "a.mp4"), keyed(1, OLD, "b.mp4"), keyed(2, OLD, "c.mp4")));
        List<RenderId> ids = fixture.ids("spring");
        fixture.rendered(ids.get(0), HOUR);
        fixture.rendering(ids.get(1));
        secured(claimed());

        var second = fixture.plan(
                revision("spring", "101"),
                List.of(keyed(0, NEW, "a2.mp4"), keyed(1, NEW, "b2.mp4"), keyed(2, NEW, "c2.mp4")));

        assertThat(second.redelivered()).isZero();
        assertThat(ids.stream().map(this::location))
                .containsExactly("s3://archive/a2.mp4", "s3://archive/b2.mp4", "s3://archive/c2.mp4");
        assertThat(ids.stream().map(fixture::state))
                .containsExactly(RenderState.RENDERED, RenderState.RENDERING, RenderState.PLANNED);
        fixture.pass(LEASE);
        PendingOutput pending = claimed();
        assertThat(pending.secured()).as("what is in the spool is not lost").isPresent();
        assertThat(pending.redelivery()).isEmpty();
    }

    @Test
    void whatIsStoredWhileARevisionSaysOtherwiseIsCopiedFromThere() {
        fixture.plan(revision("spring", "100"), List.of(keyed(0, OLD, "a.mp4")));
        fixture.rendered(only(), HOUR);
        PendingOutput onItsWay = claimed();
        fixture.plan(revision("spring", "101"), List.of(keyed(0, NEW, "b.mp4")));

        assertThat(stored(onItsWay)).isFalse();

        PendingOutput pending = claimed();
        assertThat(pending.key()).isEqualTo("b.mp4");
        assertThat(pending.redelivery().flatMap(Redelivery::from).map(EarlierObject::location))
                .contains("s3://videos/spring/a.mp4");
        assertThat(stored(pending)).isTrue();
        assertThat(location(only())).isEqualTo("s3://archive/b.mp4");
    }

    @Test
    void whatWaitsForADeliveryThatNobodyWantsAnyMoreIsDone() {
        fixture.plan(revision("spring", "100"), List.of(keyed(0, OLD, "a.mp4", "a.jpg")));
        fixture.rendered(only(), HOUR);
        stored(claimed());

        fixture.plan(revision("spring", "101"), List.of(keyed(0, OLD, "a.mp4")));

        assertThat(fixture.state(only())).isEqualTo(RenderState.DELIVERED);
        assertThat(ledger.claimRendered(10, LEASE)).isEmpty();
    }

    @Test
    void rendersThatSwapTheirKeysAreRefusedAndStayAsTheyWere() {
        fixture.plan(revision("spring", "100"), List.of(keyed(0, OLD, "a.mp4"), keyed(1, OLD, "b.mp4")));
        List<RenderId> ids = fixture.ids("spring");
        ids.forEach(id -> fixture.rendered(id, HOUR));
        ledger.claimRendered(10, LEASE).forEach(this::stored);

        assertThatThrownBy(() -> fixture.plan(
                        revision("spring", "101"), List.of(keyed(0, OLD, "B.mp4"), keyed(1, OLD, "c.mp4"))))
                .isInstanceOf(KeyInUseException.class)
                .hasMessageContaining("Render " + ids.get(0) + " would be stored at s3://videos/spring/B.mp4")
                .hasMessageContaining("render " + ids.get(1));

        assertThat(fixture.status("spring").revision()).isEqualTo(1);
        assertThat(ids).allSatisfy(id -> assertThat(fixture.state(id)).isEqualTo(RenderState.DELIVERED));
        assertThat(ids.stream().map(this::location))
                .containsExactly("s3://videos/spring/a.mp4", "s3://videos/spring/b.mp4");
    }

    @Test
    void aRevisionMayCallItBackBeforeItIsDone() {
        RenderId id = delivered();
        fixture.plan(revision("spring", "101"), List.of(keyed(0, NEW, "b.mp4")));

        fixture.plan(revision("spring", "102"), List.of(keyed(0, OLD, "a.mp4")));

        PendingOutput pending = claimed();
        assertThat(pending.key()).isEqualTo("a.mp4");
        assertThat(pending.redelivery().flatMap(Redelivery::from).map(EarlierObject::key))
                .contains("a.mp4");
        assertThat(stored(pending)).isTrue();
        assertThat(location(id)).isEqualTo("s3://videos/spring/a.mp4");
    }
}

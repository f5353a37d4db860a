package io.camelray.ledger;

import static io.camelray.ledger.LedgerFixture.LIMIT;
import static io.camelray.ledger.LedgerFixture.failure;
import static io.camelray.ledger.LedgerFixture.job;
import static io.camelray.ledger.LedgerFixture.renders;
import static io.camelray.ledger.LedgerFixture.revision;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.camelray.ledger.DeliveryLedger.PendingOutput;
import io.camelray.ledger.DeliveryLedger.SecuredFile;
import io.camelray.ledger.LedgerArchive.Made;
import io.camelray.ledger.LedgerViews.CampaignStatus;
import io.camelray.model.AttemptToken;
import io.camelray.model.FailureClass;
import io.camelray.model.Money;
import io.camelray.model.RenderId;
import io.camelray.model.RenderState;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an archive takes out of a ledger, and what has to stay so that nothing is paid for twice. */
abstract class LedgerArchiveContractTest {

    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration URL_LIFE = Duration.ofHours(1);

    @TempDir
    Path files;

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

    private Path file() {
        return files.resolve("a.jsonl.gz");
    }

    private Optional<Made> archive(String... campaigns) throws IOException {
        return LedgerArchive.write(
                ledger,
                fixture.now().minus(DAY),
                List.of(campaigns),
                file(),
                Clock.fixed(fixture.now(), ZoneOffset.UTC));
    }

    private void deliver(RenderId render) {
        fixture.rendered(render, URL_LIFE);
        stored(render);
    }

    private void stored(RenderId render) {
        PendingOutput output = ledger.claimRendered(10, LIMIT).stream()
                .filter(pending -> pending.render().id().equals(render))
                .findFirst()
                .orElseThrow();
        ledger.recordSecured(output.outputId(), new SecuredFile(Path.of("spool"), 9, "0a", "video/mp4", ""));
        assertThat(ledger.recordStored(output, output.key(), "tag")).isTrue();
    }

    private void fail(RenderId render) {
        ledger.fail(render, failure(FailureClass.INPUT));
    }

    /** Hands every failure to the dead-letter channel. */
    private void handOver() {
        fixture.pass(DeliveryLedger.LONGEST_WAIT);
        ledger.claimFailures(10, LIMIT).forEach(ledger::settleFailures);
    }

    /** One delivered, one failed, one cancelled, and none of it for longer than a day. */
    private List<RenderId> ended(String campaign) {
        List<RenderId> ids = fixture.planned(campaign, "100", 3);
        deliver(ids.get(0));
        fail(ids.get(1));
        ledger.cancel(ids.get(2));
        handOver();
        fixture.pass(DAY.multipliedBy(2));
        return ids;
    }

    private int count(String from) {
        return Jdbi.create(fixture.dataSource).withHandle(handle -> handle.createQuery("SELECT COUNT(*) FROM " + from)
                .mapTo(Integer.class)
                .one());
    }

    private List<JsonNode> lines() throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        try (BufferedReader in = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file())), StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                lines.add(new ObjectMapper().readTree(line));
            }
        }
        return lines;
    }

    private static List<JsonNode> of(List<JsonNode> lines, String type) {
        return lines.stream()
                .filter(line -> line.path("type").asText().equals(type))
                .toList();
    }

    @Test
    void aCampaignThatHasWhollyEndedGoesIntoTheFileAndOutOfTheLedger() throws IOException {
        List<RenderId> ids = ended("spring");
        CampaignStatus before = fixture.status("spring");

        Made made = archive().orElseThrow();

        assertThat(made.campaigns()).containsExactly("spring");
        assertThat(made.removed()).isEqualTo(3);
        assertThat(made.bytes()).isEqualTo(Files.size(file()));
        List<JsonNode> lines = lines();
        assertThat(lines.get(0).path("type").asText()).isEqualTo("archive");
        assertThat(of(lines, "campaign").get(0).path("confirmed").asLong())
                .isEqualTo(before.confirmed().micros());
        assertThat(of(lines, "revision").get(0).path("manifest").asText()).isEqualTo("campaign: spring");
        assertThat(of(lines, "render"))
                .extracting(line -> line.path("id").asLong())
                .containsExactlyElementsOf(ids.stream().map(RenderId::value).toList());
        assertThat(of(lines, "render"))
                .extracting(line -> line.path("state").asText())
                .containsExactly("delivered", "failed", "cancelled");
        assertThat(of(lines, "attempt").get(0).path("wire_body").asText())
                .as("base64")
                .isEqualTo("AQID");
        assertThat(of(lines, "output")).hasSize(3).allSatisfy(line -> assertThat(line.has("url"))
                .isFalse());
        assertThat(of(lines, "event")).isNotEmpty();
        assertThat(lines.get(lines.size() - 1).path("render").asLong()).isEqualTo(3);
        assertThat(Stream.of("ray_render", "ray_output", "ray_attempt", "ray_parent", "ray_place"))
                .allSatisfy(table -> assertThat(count(table)).isZero());
        assertThat(count("ray_event WHERE render_id IS NOT NULL")).isZero();
        try (Stream<Path> left = Files.list(files)) {
            assertThat(left).containsExactly(file());
        }
    }

    @Test
    void whatItCostAndHowItEndedStays() throws IOException {
        ended("spring");
        CampaignStatus before = fixture.status("spring");
        long day = spent();

        archive();

        CampaignStatus after = fixture.status("spring");
        assertThat(after.confirmed()).isEqualTo(before.confirmed()).isEqualTo(Money.dollars("1.00"));
        assertThat(after.counts()).isEqualTo(before.counts());
        assertThat(after.count(RenderState.DELIVERED)).isEqualTo(1);
        assertThat(spent()).isEqualTo(day);
        assertThat(ledger.archivedCampaigns().get("spring").file()).isEqualTo(file().toString());
        assertThat(ledger.unreported()).as("no report is made of nothing").isEmpty();
    }

    private long spent() {
        return Jdbi.create(fixture.dataSource)
                .withHandle(handle -> handle.createQuery("SELECT SUM(confirmed) FROM ray_budget_day")
                        .mapTo(Long.class)
                        .one());
    }

    @Test
    void theSameManifestIsStillKnownAndAnotherOneOfThatNameIsRefused() throws IOException {
        List<RenderId> ids = fixture.planned("spring", "100", 1);
        deliver(ids.get(0));
        fixture.pass(DAY.multipliedBy(2));

        archive("spring");

        assertThat(ledger.findRevision("spring", "digest-of-100")).isPresent();
        assertThat(ledger.findRevision("spring", "digest-of-200")).isEmpty();
        assertThatThrownBy(() -> fixture.plan(revision("spring", "200"), renders(2)))
                .isInstanceOf(OperatorException.class)
                .hasMessageContaining("archived on")
                .hasMessageContaining(file().toString());
        assertThatThrownBy(() -> ledger.again("spring")).hasMessageContaining("archived on");
        assertThatThrownBy(() -> ledger.retryCampaign("spring")).hasMessageContaining("archived on");
        assertThatThrownBy(() -> ledger.pauseCampaign("spring")).hasMessageContaining("archived on");
        assertThat(ledger.due(LedgerFixture.ACCOUNT, 5)).isEmpty();
    }

    @Test
    void aManifestOfWhichSomethingWasCancelledIsNotCalledRendered() throws IOException {
        ended("spring");
        assertThat(ledger.findRevision("spring", "digest-of-100")).isEmpty();

        archive();

        assertThat(ledger.findRevision("spring", "digest-of-100")).isEmpty();
    }

    @Test
    void aReplyToAnArchivedAttemptIsStillKnown() throws IOException {
        RenderId render = fixture.planned("spring", "100", 1).get(0);
        AttemptToken token = fixture.rendering(render);
        fixture.complete(render, URL_LIFE);
        stored(render);
        fixture.pass(DAY.multipliedBy(2));
        assertThat(ledger.isArchived(token)).isFalse();

        archive();

        assertThat(ledger.isArchived(token)).isTrue();
        assertThat(ledger.isArchived(LedgerFixture.token())).isFalse();
    }

    @Test
    void whatIsOpenUnknownAtRiskOrYoungStays() throws IOException {
        List<RenderId> open = fixture.planned("open", "100", 2);
        deliver(open.get(0));
        RenderId unknown = fixture.planned("unknown", "100", 1).get(0);
        AttemptToken doubted = fixture.bound(unknown);
        ledger.recordUnknown(doubted, "no answer");
        List<RenderId> resubmitted = fixture.planned("at-risk", "100", 1);
        ledger.recordUnknown(fixture.bound(resubmitted.get(0)), "no answer");
        fixture.pass(Duration.ofHours(2));
        ledger.resubmit(resubmitted.get(0));
        ledger.cancel(resubmitted.get(0));
        fixture.pass(DAY.multipliedBy(2));
        RenderId young = fixture.planned("young", "100", 1).get(0);
        ledger.cancel(young);

        assertThat(archive()).isEmpty();

        assertThat(file()).doesNotExist();
        assertThatThrownBy(() -> archive("open")).hasMessageContaining("not all of its renders have ended");
        assertThatThrownBy(() -> archive("unknown")).hasMessageContaining("reserved or at risk");
        assertThatThrownBy(() -> archive("at-risk")).hasMessageContaining("reserved or at risk");
        assertThatThrownBy(() -> archive("young")).hasMessageContaining("since then");
        assertThatThrownBy(() -> archive("autumn")).hasMessageContaining("There is no campaign 'autumn'");
        assertThat(count("ray_render")).isEqualTo(5);
    }

    @Test
    void aJobThatAnUnknownRenderMayBeTakenForStaysOnRecord() throws IOException {
        RenderId unknown = fixture.planned("unknown", "100", 1).get(0);
        AttemptToken doubted = fixture.bound(unknown);
        ledger.recordUnknown(doubted, "no answer");
        RenderId delivered = ended("spring").get(0);

        assertThatThrownBy(() -> archive("spring")).hasMessageContaining("unknown render from that time");
        assertThat(ledger.unclaimed(LedgerFixture.ACCOUNT, List.of(job(delivered))))
                .isEmpty();
    }

    @Test
    void aFailureThatNobodyHasTakenYetStays() throws IOException {
        RenderId render = fixture.planned("spring", "100", 1).get(0);
        fail(render);
        fixture.pass(DAY.multipliedBy(2));

        assertThatThrownBy(() -> archive("spring")).hasMessageContaining("dead-letter channel");
        handOver();
        assertThat(archive("spring")).isPresent();
    }

    @Test
    void whatChangesWhileTheFileIsWrittenStaysInTheLedger() throws IOException {
        List<RenderId> ids = ended("spring");
        Instant before = fixture.now().minus(DAY);
        List<ArchiveLedger.Ended> found = ledger.archivable(before, List.of());
        ledger.retry(ids.get(1));

        assertThat(ledger.markArchived(found, before, file())).isEmpty();
        assertThat(ledger.removeArchived()).isZero();
        assertThat(fixture.state(ids.get(1))).isEqualTo(RenderState.PLANNED);
    }

    @Test
    void whatAnInterruptedArchivingHasMarkedCountsAsArchivedAndIsRemovedByTheNext() throws IOException {
        List<RenderId> ids = ended("spring");
        Instant before = fixture.now().minus(DAY);
        ledger.markArchived(ledger.archivable(before, List.of()), before, file());

        assertThatThrownBy(() -> ledger.retry(ids.get(1))).hasMessageContaining("archived on");
        assertThat(fixture.status("spring").total()).isEqualTo(3);
        assertThat(archive()).isEmpty();
        assertThat(count("ray_render")).isZero();
        assertThat(fixture.status("spring").total()).isEqualTo(3);
    }

    @Test
    void aFileIsNeverOverwrittenAndNothingOfTodayIsArchived() throws IOException {
        ended("spring");
        Files.writeString(file(), "mine");

        assertThatThrownBy(() -> archive()).hasMessageContaining("exists already");
        assertThatThrownBy(() -> LedgerArchive.write(
                        ledger,
                        fixture.now(),
                        List.of(),
                        files.resolve("b.gz"),
                        Clock.fixed(fixture.now(), ZoneOffset.UTC)))
                .hasMessageContaining("at least a day ago");
        assertThat(file()).hasContent("mine");
        assertThat(count("ray_render")).isEqualTo(3);
    }
}

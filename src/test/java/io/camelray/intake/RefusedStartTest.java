package io.camelray.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.camelray.assets.AssetSettings;
import io.camelray.assets.MediaProbe;
import io.camelray.model.GenerationFacts;
import io.camelray.model.Money;
import io.camelray.model.RenderRequest;
import io.camelray.model.RenderState;
import io.camelray.model.Violation;
import io.camelray.pricing.PriceBooks;
import io.camelray.rules.RuleBook;
import io.camelray.rules.UrlPolicy;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What nothing can be made from is refused before anything is paid for, with the rule's id. */
class RefusedStartTest {

    private static final RenderRequest CLIP = RenderRequest.textToVideo("A mug");
    private static final String MINE = "11111111-2222-4333-8444-000000000001";
    private static final String UNFINISHED = "11111111-2222-4333-8444-000000000002";
    private static final String HDR = "11111111-2222-4333-8444-000000000003";
    private static final String FOREIGN = "11111111-2222-4333-8444-000000000004";
    private static final String UNKNOWN = "11111111-2222-4333-8444-000000000005";

    @TempDir
    static Path folder;

    private static MediaProbe probe;

    @BeforeAll
    static void lay_out_a_zip_that_is_called_webp() throws IOException {
        try (OutputStream out = Files.newOutputStream(folder.resolve("mug.webp"));
                ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("word/document.xml"));
            zip.write("<w:document/>".getBytes(StandardCharsets.UTF_8));
        }
        probe = MediaProbe.ofFiles(AssetSettings.defaults(folder.resolve("scratch")), Clock.systemUTC());
    }

    @AfterAll
    static void close() {
        probe.close();
    }

    static Stream<Arguments> refused() {
        String shot = "{ id: one, operation: generate, prompt: A mug, startFrame: '%s' }";
        String more = "{ id: one, operation: extend, prompt: On, aspectRatio: '16:9', source: %s }";
        String again = "{ id: one, operation: edit, prompt: Rain, edit: { autoControls: true }, source: %s }";
        String circle =
                again.formatted("two") + "\n  - " + again.replace("one", "two").formatted("one");
        return Stream.of(
                arguments("reference", shot.formatted("mug.webp"), "mug.webp is neither an image nor a video"),
                arguments("R98", shot.formatted("https://10.1.2.3/mug.png"), "no provider can reach"),
                arguments("R98", again.formatted("'https://mug.local/mug.mp4'"), "no provider can reach"),
                arguments(
                        "R100",
                        shot.formatted("https://b.s3.amazonaws.com/mug.png?X-Amz-Date=20200101T000000Z"
                                + "&X-Amz-Expires=3600&X-Amz-Signature=aa"),
                        "expired at 2020-01-01T01:00:00Z"),
                arguments("steps", circle, "The steps go round in a circle: "),
                arguments("R62", more.formatted(UNFINISHED), "not complete: its render is rendering"),
                arguments("R62", again.formatted(UNFINISHED), "not complete: its render is rendering"),
                arguments("R46", more.formatted(HDR), "is HDR, and cannot be extended"),
                arguments("R111", more.formatted(FOREIGN), "made by account 'agency'; 'luma' cannot start from it"),
                arguments("R111", again.formatted(FOREIGN), "made by account 'agency'; 'luma' cannot start from it"));
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource("refused")
    void it_is_refused_with_the_rule_that_says_so(String rule, String steps, String message) {
        RecordingLedger ledger = ledger();
        PlanResult result = planner(ledger).plan(source(steps));

        assertThat(result)
                .isInstanceOfSatisfying(PlanResult.Rejected.class, rejected -> assertThat(rejected.violations())
                        .filteredOn(Violation::refuses)
                        .anySatisfy(violation -> {
                            assertThat(violation.rule()).isEqualTo(rule);
                            assertThat(violation.message()).contains(message).doesNotContain("X-Amz-Signature");
                            assertThat(violation.place().line()).isPositive();
                        }));
        assertThat(ledger.drafts).isEmpty();
    }

    @Test
    void a_generation_on_record_is_trusted_and_an_unknown_one_is_doubted() {
        String more = "{ id: one, operation: extend, prompt: On, aspectRatio: '16:9', source: %s }";

        assertThat(planner(ledger()).preview(source(more.formatted(MINE))).violations())
                .isEmpty();
        assertThat(planner(ledger()).preview(source(more.formatted(UNKNOWN))).violations())
                .noneMatch(Violation::refuses)
                .extracting(Violation::rule)
                .containsExactlyInAnyOrder("R62", "R46");
    }

    @Test
    void an_edit_of_a_generation_on_record_is_priced_by_its_length() {
        String again = "{ id: one, operation: edit, prompt: Rain, edit: { autoControls: true }, source: %s }";

        PlanPreview known = planner(ledger()).preview(source(again.formatted(MINE)));
        assertThat(known.price().expected()).isEqualTo(Money.dollars("1.08"));
        assertThat(known.price().upperBound()).isEqualTo(Money.dollars("2.16"));
        PlanPreview unknown = planner(ledger()).preview(source(again.formatted(UNKNOWN)));
        assertThat(unknown.price().expected()).isEqualTo(Money.dollars("4.32"));
        assertThat(unknown.price().assumption()).contains("18 s are assumed");
    }

    private static RecordingLedger ledger() {
        return new RecordingLedger()
                .knowing(MINE, new GenerationFacts("luma", true, RenderState.DELIVERED, CLIP))
                .knowing(UNFINISHED, new GenerationFacts("luma", false, RenderState.RENDERING, CLIP))
                .knowing(HDR, new GenerationFacts("luma", true, RenderState.DELIVERED, CLIP.withHdr(true)))
                .knowing(FOREIGN, new GenerationFacts("agency", true, RenderState.DELIVERED, CLIP));
    }

    private static Planner planner(RecordingLedger ledger) {
        PlanMedia media = new PlanMedia(Optional.empty(), Optional.of(probe), UrlPolicy.PUBLIC, true);
        return new Planner(ledger, Manifests.settings(), RuleBook.standard(), PriceBooks.standard(), media);
    }

    private static ManifestSource source(String steps) {
        String text = "campaign: start\nsteps:\n  - " + steps + "\n";
        return new ManifestSource("start.yaml", text.getBytes(StandardCharsets.UTF_8)).in(folder);
    }
}

package io.camelray.rules;

import static io.camelray.model.ProviderName.GMI;
import static io.camelray.model.ProviderName.LUMA;
import static io.camelray.model.ProviderName.REPLICATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.camelray.model.AspectRatio;
import io.camelray.model.ClipLength;
import io.camelray.model.Operation;
import io.camelray.model.ProviderName;
import io.camelray.model.RenderRequest;
import io.camelray.model.Resolution;
import io.camelray.model.Severity;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RuleBookTest {

    private static final RuleBook RULES = RuleBook.standard();
    private static final RenderRequest PLAIN =
            RenderRequest.textToVideo("A mug on a table").withAspectRatio(AspectRatio.R16X9);
    private static final RenderRequest TEN = PLAIN.withLength(ClipLength.TEN_SECONDS);
    private static final RenderRequest HDR = PLAIN.withHdr(true);

    /** Every rule about whole requests: what breaks it, how much that matters, and the nearest that does not. */
    static Stream<Arguments> requestRules() {
        String emoji = "\uD83C\uDF75";
        return Stream.of(
                arguments("R06", Severity.ERROR, LUMA, PLAIN.withPrompt(""), PLAIN.withPrompt("a")),
                arguments("R06", Severity.ERROR, LUMA, prompt(6001), prompt(6000)),
                arguments("R06", Severity.ERROR, GMI, prompt(6001), prompt(6000)),
                arguments("R06", Severity.WARNING, REPLICATE, prompt(6001), prompt(6000)),
                arguments(
                        "R06",
                        Severity.WARNING,
                        LUMA,
                        PLAIN.withPrompt(emoji.repeat(3001)),
                        PLAIN.withPrompt(emoji.repeat(3000))),
                arguments("R07", Severity.WARNING, LUMA, PLAIN.withPrompt(" \n\t"), PLAIN.withPrompt(" a ")),
                arguments("R13", Severity.ERROR, REPLICATE, operation(Operation.EDIT), PLAIN),
                arguments("R29", Severity.ERROR, LUMA, TEN.withHdr(true), TEN),
                arguments("R29", Severity.ERROR, GMI, TEN.withHdr(true), HDR),
                arguments("R30", Severity.ERROR, LUMA, TEN.withLoop(true), PLAIN.withLoop(true)),
                arguments(
                        "R36",
                        Severity.ERROR,
                        LUMA,
                        operation(Operation.REFRAME).withLoop(true),
                        operation(Operation.EXTEND).withLoop(true)),
                arguments("R37", Severity.ERROR, LUMA, HDR.withLoop(true), PLAIN.withLoop(true)),
                arguments("R40", Severity.ERROR, LUMA, HDR.withResolution(Resolution.P540), HDR),
                arguments(
                        "R40",
                        Severity.ERROR,
                        LUMA,
                        HDR.withResolution(Resolution.P360),
                        HDR.withResolution(Resolution.P1080)),
                arguments("R41", Severity.ERROR, LUMA, PLAIN.withExrExport(true), HDR.withExrExport(true)),
                arguments("R44", Severity.WARNING, LUMA, HDR, PLAIN));
    }

    @ParameterizedTest(name = "{0} at {2} ({1})")
    @MethodSource("requestRules")
    void a_request_that_breaks_a_rule_is_found_and_its_neighbour_is_not(
            String id, Severity severity, ProviderName provider, RenderRequest broken, RenderRequest good) {
        RuleContext context = RuleContext.of(provider);

        assertThat(RULES.check(broken, context))
                .filteredOn(finding -> finding.rule().id().equals(id))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.severity()).isEqualTo(severity);
                    assertThat(finding.message()).endsWith(".");
                });
        assertThat(RULES.check(good, context))
                .extracting(finding -> finding.rule().id())
                .doesNotContain(id);
    }

    @ParameterizedTest
    @CsvSource({
        "R14, aspectRatio, 16:9, 2:3", "R14, aspectRatio, 21:9, 3:1", "R14, aspectRatio, 1:1, 16x9",
        "R23, resolution, 360p, 480p", "R23, resolution, 1080p, 4k", "R23, resolution, 720p, 720",
        "R25, duration, 5s, 5", "R25, duration, 10s, 15s"
    })
    void a_value_that_no_provider_offers_is_found(String id, String field, String good, String bad) {
        assertThat(RULES.checkValue(field, good, LUMA)).isEmpty();
        assertThat(RULES.checkValue(field, bad, LUMA)).hasValueSatisfying(finding -> {
            assertThat(finding.rule().id()).isEqualTo(id);
            assertThat(finding.severity()).isEqualTo(Severity.ERROR);
            assertThat(finding.message()).contains("'" + bad + "'");
            assertThat(finding.rule().remedy()).contains(good);
        });
    }

    @Test
    void hdr_depends_on_what_is_known_of_the_account() {
        assertThat(RULES.check(HDR, new RuleContext(LUMA, HdrAccess.GRANTED))).isEmpty();
        assertThat(RULES.check(HDR, new RuleContext(LUMA, HdrAccess.UNKNOWN)))
                .extracting(Finding::severity)
                .containsExactly(Severity.WARNING);
        assertThat(RULES.check(HDR, new RuleContext(LUMA, HdrAccess.NONE)))
                .extracting(Finding::severity)
                .containsExactly(Severity.ERROR);
    }

    @Test
    void a_plain_request_breaks_nothing_anywhere() {
        for (ProviderName provider : ProviderName.values()) {
            assertThat(RULES.check(PLAIN, RuleContext.of(provider))).isEmpty();
        }
    }

    @Test
    void one_request_is_told_everything_that_is_wrong_with_it() {
        RenderRequest hopeless =
                TEN.withHdr(true).withLoop(true).withResolution(Resolution.P360).withPrompt("");

        assertThat(RULES.check(hopeless, RuleContext.of(LUMA)))
                .extracting(finding -> finding.rule().id())
                .containsExactlyInAnyOrder("R06", "R29", "R30", "R37", "R40", "R44");
    }

    @Test
    void the_catalogue_is_ordered_and_written_in_sentences() {
        List<Rule> all = RULES.all();

        assertThat(all).extracting(Rule::id).doesNotHaveDuplicates();
        assertThat(all).extracting(Rule::stage).isSorted();
        assertThat(all).allSatisfy(rule -> {
            assertThat(rule.providers()).isNotEmpty();
            assertThat(rule.says()).endsWith(".");
            assertThat(rule.remedy()).endsWith(".");
            assertThat(rule.field()).isNotEmpty();
        });
    }

    @Test
    void every_rule_of_the_fact_sheet_is_a_rule_here_or_says_why_not() {
        Stream<String> rules = RULES.all().stream().map(Rule::id).filter(id -> id.startsWith("R"));
        Stream<String> notes = RULES.notes().stream().map(RuleNote::id);
        String[] sheet = IntStream.rangeClosed(1, 112)
                .mapToObj(number -> String.format(Locale.ROOT, "R%02d", number))
                .toArray(String[]::new);

        assertThat(Stream.concat(rules, notes)).containsExactlyInAnyOrder(sheet);
        assertThat(RULES.notes()).allSatisfy(note -> assertThat(note.reason()).endsWith("."));
    }

    @Test
    void a_rule_that_is_ours_alone_exists() {
        List<String> ids = RULES.all().stream().map(Rule::id).toList();
        for (ProviderName provider : ProviderName.values()) {
            assertThat(RULES.all())
                    .anyMatch(rule -> RULES.isOursAlone(rule, provider))
                    .anyMatch(rule -> !RULES.isOursAlone(rule, provider));
            assertThat(RuleNotes.ours(provider)).isSubsetOf(ids);
        }
    }

    private static RenderRequest prompt(int characters) {
        return PLAIN.withPrompt("x".repeat(characters));
    }

    private static RenderRequest operation(Operation operation) {
        return RenderRequest.builder(operation, PLAIN.prompt())
                .aspectRatio(PLAIN.aspectRatio())
                .resolution(PLAIN.resolution())
                .length(PLAIN.length())
                .hdr(false)
                .exrExport(false)
                .loop(false)
                .build();
    }
}

package io.camelray.rules;

import static io.camelray.model.ProviderName.GMI;
import static io.camelray.model.ProviderName.LUMA;
import static io.camelray.model.ProviderName.REPLICATE;
import static io.camelray.model.Severity.ERROR;
import static io.camelray.model.Severity.WARNING;
import static io.camelray.rules.RuleCase.BACKWARD;
import static io.camelray.rules.RuleCase.CLIP;
import static io.camelray.rules.RuleCase.EDIT;
import static io.camelray.rules.RuleCase.EXTEND;
import static io.camelray.rules.RuleCase.FILE;
import static io.camelray.rules.RuleCase.GENERATION;
import static io.camelray.rules.RuleCase.HDR;
import static io.camelray.rules.RuleCase.IMAGE;
import static io.camelray.rules.RuleCase.PLAIN;
import static io.camelray.rules.RuleCase.REFRAME;
import static io.camelray.rules.RuleCase.STEP;
import static io.camelray.rules.RuleCase.TEN;
import static io.camelray.rules.RuleCase.edit;
import static io.camelray.rules.RuleCase.end;
import static io.camelray.rules.RuleCase.guided;
import static io.camelray.rules.RuleCase.keyframes;
import static io.camelray.rules.RuleCase.noSource;
import static io.camelray.rules.RuleCase.source;
import static io.camelray.rules.RuleCase.start;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.camelray.model.AspectRatio;
import io.camelray.model.Capability;
import io.camelray.model.ClipLength;
import io.camelray.model.EditControls;
import io.camelray.model.EditStrength;
import io.camelray.model.GenerationFacts;
import io.camelray.model.Keyframe;
import io.camelray.model.MediaRef;
import io.camelray.model.PoseStrength;
import io.camelray.model.ProviderName;
import io.camelray.model.RenderRequest;
import io.camelray.model.RenderState;
import io.camelray.model.Resolution;
import io.camelray.model.Severity;
import io.camelray.model.SourcePosition;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Rules that need nothing but the request: what breaks each, where it is told, and the nearest that does not. */
class OperationRuleTest {

    private static final String ANOTHER_ACCOUNT = "R111";
    private static final RuleBook RULES = RuleBook.standard();
    private static final Set<ProviderName> ALL = Rule.ALL;
    private static final Set<ProviderName> BOTH = Set.of(LUMA, GMI);
    private static final RenderRequest LARGE = REFRAME.withResolution(Resolution.P1080);
    private static final RenderRequest WIDE = LARGE.withAspectRatio(AspectRatio.R16X9);

    static Stream<Arguments> cases() {
        return Stream.of(
                // operations
                arguments("R13", ERROR, Set.of(REPLICATE), EXTEND, "operation", PLAIN),
                arguments("R13", ERROR, Set.of(REPLICATE), REFRAME, "operation", PLAIN),
                arguments("R13", ERROR, Set.of(GMI, REPLICATE), keyframes(PLAIN, 0), "keyframes", PLAIN),
                arguments("R13", ERROR, Set.of(REPLICATE), end(start(PLAIN, GENERATION), IMAGE), "startFrame", PLAIN),
                arguments("R13", ERROR, Set.of(GMI), placed(0, 0, 1, 1), "sourcePosition", REFRAME),
                // ratio
                arguments("R15", ERROR, BOTH, noRatio(REFRAME), "aspectRatio", REFRAME),
                arguments("R16", WARNING, BOTH, EDIT.withAspectRatio(AspectRatio.R1X1), "aspectRatio", EDIT),
                arguments("R19", WARNING, Set.of(REPLICATE), start(PLAIN, IMAGE), "aspectRatio", PLAIN),
                arguments(
                        "R19",
                        WARNING,
                        Set.of(REPLICATE),
                        end(PLAIN, IMAGE),
                        "aspectRatio",
                        noRatio(end(PLAIN, IMAGE))),
                arguments("R22", WARNING, Set.of(LUMA), noRatio(EXTEND), "aspectRatio", EXTEND),
                // resolution and length
                arguments(
                        "R24",
                        ERROR,
                        Set.of(GMI, REPLICATE),
                        PLAIN.withResolution(Resolution.P360),
                        "resolution",
                        PLAIN.withResolution(Resolution.P540)),
                arguments("R27", ERROR, ALL, start(TEN, IMAGE), "startFrame", start(PLAIN, IMAGE)),
                arguments("R27", ERROR, BOTH, ten(EXTEND), "duration", EXTEND),
                arguments("R28", ERROR, ALL, end(TEN, IMAGE), "endFrame", end(PLAIN, IMAGE)),
                arguments("R28", ERROR, BOTH, ten(BACKWARD), "duration", BACKWARD),
                arguments("R29", ERROR, ALL, TEN.withHdr(true), "hdr", ten(EDIT).withHdr(true)),
                arguments("R30", ERROR, ALL, TEN.withLoop(true), "loop", PLAIN.withLoop(true)),
                arguments("R31", WARNING, Set.of(LUMA), ten(EDIT), "duration", EDIT),
                arguments("R31", WARNING, Set.of(LUMA), ten(REFRAME), "duration", TEN),
                arguments("R33", WARNING, Set.of(LUMA), EXTEND.withResolution(Resolution.P360), "resolution", EXTEND),
                arguments("R34", ERROR, Set.of(LUMA), LARGE, "resolution", WIDE),
                arguments("R34", ERROR, Set.of(LUMA), LARGE.withAspectRatio(AspectRatio.R3X4), "resolution", REFRAME),
                arguments("R35", WARNING, Set.of(LUMA), WIDE, "resolution", WIDE.withResolution(Resolution.P720)),
                // loop
                arguments("R36", ERROR, Set.of(LUMA), EDIT.withLoop(true), "loop", EXTEND.withLoop(true)),
                arguments("R36", ERROR, BOTH, REFRAME.withLoop(true), "loop", PLAIN.withLoop(true)),
                arguments("R37", ERROR, ALL, HDR.withLoop(true), "loop", HDR),
                arguments(
                        "R38",
                        ERROR,
                        ALL,
                        end(PLAIN, IMAGE).withLoop(true),
                        "loop",
                        start(PLAIN, IMAGE).withLoop(true)),
                arguments("R38", ERROR, BOTH, BACKWARD.withLoop(true), "loop", EXTEND.withLoop(true)),
                arguments("R39", ERROR, Set.of(LUMA), keyframes(PLAIN, 0).withLoop(true), "loop", keyframes(PLAIN, 0)),
                // dynamic range
                arguments("R40", ERROR, ALL, HDR.withResolution(Resolution.P540), "hdr", HDR),
                arguments(
                        "R40",
                        ERROR,
                        BOTH,
                        EDIT.withHdr(true).withResolution(Resolution.P540),
                        "hdr",
                        EDIT.withHdr(true)),
                arguments("R41", ERROR, ALL, PLAIN.withExrExport(true), "exrExport", HDR.withExrExport(true)),
                arguments("R42", ERROR, BOTH, EXTEND.withHdr(true), "hdr", EDIT.withHdr(true)),
                arguments("R42", ERROR, BOTH, EXTEND.withExrExport(true), "exrExport", EXTEND),
                arguments("R43", ERROR, BOTH, REFRAME.withHdr(true), "hdr", EDIT.withHdr(true)),
                arguments("R43", ERROR, BOTH, REFRAME.withExrExport(true), "exrExport", REFRAME),
                arguments("R44", WARNING, BOTH, HDR, "hdr", PLAIN),
                arguments("R45", WARNING, Set.of(LUMA), start(HDR, IMAGE), "hdr", keyframes(HDR, 0)),
                arguments("R45", WARNING, Set.of(LUMA), end(HDR, IMAGE), "hdr", start(PLAIN, IMAGE)),
                arguments("R46", WARNING, Set.of(LUMA), source(EXTEND, GENERATION), "source", EXTEND),
                // keyframes
                arguments("R54", ERROR, Set.of(LUMA), many(65), "keyframes", many(16)),
                arguments("R54", WARNING, Set.of(LUMA), many(17), "keyframes", many(16)),
                arguments("R54", WARNING, Set.of(LUMA), many(64), "keyframes", many(1)),
                arguments(
                        "R55",
                        ERROR,
                        Set.of(LUMA),
                        keyframes(PLAIN, 0, 121),
                        "keyframes/1/at",
                        keyframes(PLAIN, 0, 120)),
                arguments("R55", ERROR, Set.of(LUMA), keyframes(TEN, 241), "keyframes/0/at", keyframes(TEN, 240)),
                arguments("R55", ERROR, Set.of(LUMA), keyframes(PLAIN, -1), "keyframes/0/at", keyframes(PLAIN, 0)),
                arguments("R56", ERROR, Set.of(LUMA), keyframes(PLAIN, 5, 5), "keyframes/1/at", keyframes(PLAIN, 5, 6)),
                arguments("R57", WARNING, Set.of(LUMA), keyframes(PLAIN, 6, 5), "keyframes", keyframes(PLAIN, 5, 6)),
                arguments("R58", ERROR, ALL, keyframes(start(PLAIN, IMAGE), 5), "keyframes", start(PLAIN, IMAGE)),
                arguments("R58", ERROR, ALL, keyframes(end(PLAIN, IMAGE), 5), "keyframes", keyframes(PLAIN, 5)),
                arguments("R58", ERROR, BOTH, keyframes(EXTEND, 5), "keyframes", EXTEND),
                arguments("R61", WARNING, Set.of(LUMA), keyed(STEP), "keyframes/0/image", keyed(IMAGE)),
                arguments(
                        "R82",
                        ERROR,
                        Set.of(LUMA),
                        edit(EDIT, guided(3, 3)),
                        "edit/keyframes/1/at",
                        edit(EDIT, guided(3, 4))),
                arguments(
                        "R82",
                        ERROR,
                        Set.of(LUMA),
                        edit(EDIT, guided(-1)),
                        "edit/keyframes/0/at",
                        edit(EDIT, guided(0))),
                arguments("R82", ERROR, Set.of(LUMA), manyGuides(65), "edit/keyframes", manyGuides(64)),
                arguments(
                        "R84",
                        ERROR,
                        Set.of(LUMA),
                        start(edit(EDIT, guided(3)), IMAGE),
                        "startFrame",
                        start(EDIT, IMAGE)),
                // fields that do not belong
                arguments("R59", ERROR, Set.of(LUMA), keyframes(EDIT, 0), "keyframes", keyframes(PLAIN, 0)),
                arguments("R59", ERROR, BOTH, keyframes(REFRAME, 0), "keyframes", REFRAME),
                arguments("R63", ERROR, Set.of(LUMA), end(EDIT, IMAGE), "endFrame", end(PLAIN, IMAGE)),
                arguments("R63", ERROR, BOTH, end(REFRAME, IMAGE), "endFrame", REFRAME),
                arguments("R64", ERROR, ALL, edit(PLAIN, EditControls.AUTO), "edit", PLAIN),
                arguments("R64", ERROR, BOTH, edit(REFRAME, EditControls.AUTO), "edit", EDIT),
                arguments("R65", ERROR, ALL, source(PLAIN, STEP), "source", PLAIN),
                arguments("R66", ERROR, ALL, position(PLAIN), "sourcePosition", PLAIN),
                arguments("R66", ERROR, BOTH, position(EDIT), "sourcePosition", position(REFRAME)),
                arguments("R92", ERROR, Set.of(GMI), EDIT.withLoop(true), "loop", EDIT),
                arguments("R92", ERROR, Set.of(GMI), end(EDIT, IMAGE), "endFrame", start(EDIT, IMAGE)),
                arguments("R92", ERROR, Set.of(GMI), keyframes(EDIT, 0), "keyframes", EDIT),
                arguments("R92", ERROR, Set.of(GMI), edit(EDIT, guided(0)), "edit/keyframes", EDIT),
                arguments("R92", WARNING, Set.of(GMI), ten(EDIT), "duration", EDIT),
                arguments("R96", ERROR, BOTH, start(REFRAME, IMAGE), "startFrame", start(PLAIN, IMAGE)),
                arguments(
                        "direction",
                        ERROR,
                        BOTH,
                        EXTEND.toBuilder().direction(Optional.empty()).build(),
                        "direction",
                        EXTEND),
                arguments(
                        "direction",
                        ERROR,
                        ALL,
                        PLAIN.toBuilder().direction(EXTEND.direction()).build(),
                        "direction",
                        PLAIN),
                // chains
                arguments("R51", ERROR, Set.of(LUMA), source(EXTEND, id("hero")), "source", source(EXTEND, GENERATION)),
                arguments("R60", ERROR, Set.of(LUMA), start(PLAIN, STEP), "startFrame", start(PLAIN, IMAGE)),
                arguments(
                        "R60",
                        ERROR,
                        Set.of(LUMA),
                        end(start(PLAIN, STEP), IMAGE),
                        "startFrame",
                        end(start(PLAIN, IMAGE), IMAGE)),
                arguments(
                        "R60",
                        ERROR,
                        Set.of(LUMA),
                        end(start(PLAIN, IMAGE), GENERATION),
                        "startFrame",
                        end(PLAIN, IMAGE)),
                arguments("R60", ERROR, Set.of(LUMA), end(EXTEND, IMAGE), "startFrame", EXTEND),
                arguments(
                        "R60",
                        WARNING,
                        Set.of(GMI),
                        end(start(PLAIN, STEP), IMAGE),
                        "startFrame",
                        end(start(PLAIN, IMAGE), IMAGE)),
                arguments("R62", WARNING, BOTH, source(EDIT, GENERATION), "source", EDIT),
                arguments("R62", ERROR, BOTH, noSource(EXTEND), "source", EXTEND),
                arguments("R62", ERROR, BOTH, source(EXTEND, CLIP), "source", EXTEND),
                arguments("R68", ERROR, Set.of(GMI), start(PLAIN, STEP), "startFrame", end(start(PLAIN, STEP), STEP)),
                arguments("R68", ERROR, Set.of(GMI), start(EXTEND, IMAGE), "startFrame", EXTEND),
                arguments(
                        "R69",
                        WARNING,
                        Set.of(GMI),
                        end(start(HDR, STEP), IMAGE),
                        "hdr",
                        end(start(HDR, IMAGE), IMAGE)),
                arguments("R85", WARNING, Set.of(LUMA), start(EDIT, STEP), "startFrame", start(EDIT, IMAGE)),
                arguments("R85", ERROR, Set.of(GMI), start(EDIT, STEP), "startFrame", start(EDIT, IMAGE)),
                // edit
                arguments(
                        "R78",
                        ERROR,
                        Set.of(LUMA),
                        edit(EDIT, automatic(Optional.of(false))),
                        "edit/autoControls",
                        EDIT),
                arguments(
                        "R91",
                        ERROR,
                        Set.of(GMI),
                        edit(EDIT, automatic(Optional.of(true))),
                        "edit/autoControls",
                        edit(EDIT, automatic(Optional.of(false)))),
                arguments(
                        "R81", ERROR, BOTH, edit(EDIT, signals(1.1, 0, 0)), "edit/depth", edit(EDIT, signals(1, 0, 0))),
                arguments(
                        "R81",
                        ERROR,
                        BOTH,
                        edit(EDIT, signals(0, -0.1, 0)),
                        "edit/normals",
                        edit(EDIT, signals(0, 1, 0))),
                arguments(
                        "R81",
                        ERROR,
                        BOTH,
                        edit(EDIT, signals(0, 0, Double.NaN)),
                        "edit/trajectory",
                        edit(EDIT, signals(0, 0, 1))),
                arguments(
                        "R87",
                        WARNING,
                        BOTH,
                        EDIT.toBuilder().edit(Optional.empty()).build(),
                        "edit",
                        EDIT),
                arguments("R87", WARNING, BOTH, edit(EDIT, EditControls.NONE), "edit", edit(EDIT, signals(0, 0, 0))),
                // source
                arguments("R71", ERROR, Set.of(LUMA), noSource(EDIT), "source", EDIT),
                arguments("R71", ERROR, Set.of(LUMA), noSource(REFRAME), "source", REFRAME),
                arguments("R88", ERROR, Set.of(GMI), noSource(EDIT), "source", EDIT),
                arguments("R97", ERROR, Set.of(GMI), noSource(REFRAME), "source", REFRAME),
                arguments("R73", ERROR, Set.of(LUMA), source(EDIT, IMAGE), "source", source(EDIT, CLIP)),
                arguments("R89", ERROR, Set.of(GMI), source(EDIT, IMAGE), "source", source(EDIT, FILE)),
                arguments("R97", ERROR, Set.of(GMI), source(REFRAME, IMAGE), "source", source(REFRAME, FILE)),
                arguments("R90", ERROR, Set.of(GMI), source(EDIT, CLIP), "source", source(EDIT, FILE)),
                arguments("R90", ERROR, Set.of(GMI), source(REFRAME, CLIP), "source", source(REFRAME, STEP)),
                arguments("R112", WARNING, BOTH, source(EDIT, GENERATION), "source", source(EDIT, FILE)),
                // source position
                arguments("R94", ERROR, Set.of(LUMA), placed(-2.1, 0, 1, 1), "sourcePosition/x", placed(-2, 0, 1, 1)),
                arguments("R94", ERROR, Set.of(LUMA), placed(0, 2.1, 1, 1), "sourcePosition/y", placed(0, 2, 1, 1)),
                arguments("R94", ERROR, Set.of(LUMA), placed(0, 0, 0, 1), "sourcePosition/width", placed(0, 0, 0.1, 1)),
                arguments(
                        "R94", ERROR, Set.of(LUMA), placed(0, 0, 1, 2.1), "sourcePosition/height", placed(0, 0, 1, 2)),
                arguments(
                        "R94",
                        ERROR,
                        Set.of(LUMA),
                        placed(Double.NaN, 0, 1, 1),
                        "sourcePosition/x",
                        placed(0, 0, 1, 1)),
                arguments("R95", WARNING, Set.of(LUMA), placed(1, 0, 1, 1), "sourcePosition", placed(0.9, 0, 1, 1)),
                arguments("R95", WARNING, Set.of(LUMA), placed(0, -1, 1, 1), "sourcePosition", placed(0, -0.9, 1, 1)));
    }

    @ParameterizedTest(name = "{0} {1} at {2}, {4}")
    @MethodSource("cases")
    void what_breaks_a_rule_is_told_at_its_field_and_its_neighbour_is_not(
            String id,
            Severity severity,
            Set<ProviderName> providers,
            RenderRequest broken,
            String field,
            RenderRequest good) {
        for (ProviderName provider : providers) {
            RuleContext context = RuleCase.at(provider);

            assertThat(RULES.check(broken, context))
                    .filteredOn(finding -> finding.rule().id().equals(id))
                    .singleElement()
                    .satisfies(finding -> {
                        assertThat(finding.severity()).isEqualTo(severity);
                        assertThat(finding.field()).isEqualTo(field);
                        assertThat(finding.message()).endsWith(".");
                        assertThat(finding.remedy()).endsWith(".");
                    });
            assertThat(RULES.check(good, context))
                    .extracting(finding -> finding.rule().id())
                    .doesNotContain(id);
        }
    }

    /** The one rule that only a record of the generation lets speak. */
    @Test
    void a_generation_that_is_on_record_for_another_account_cannot_be_started_from() {
        RenderRequest request = source(EDIT, GENERATION);

        assertThat(RULES.check(request, onRecordFor("agency")))
                .extracting(finding -> finding.rule().id())
                .contains(ANOTHER_ACCOUNT);
        assertThat(RULES.check(request, onRecordFor("luma")))
                .extracting(finding -> finding.rule().id())
                .doesNotContain(ANOTHER_ACCOUNT);
    }

    private static RuleContext onRecordFor(String account) {
        GenerationFacts facts = new GenerationFacts(account, true, RenderState.DELIVERED, PLAIN);
        return new RuleContext(LUMA, HdrAccess.GRANTED).withOwn(new OwnGenerations("luma", Map.of(RuleCase.ID, facts)));
    }

    @Test
    void every_rule_about_requests_has_a_case_somewhere() {
        Set<String> tested = Stream.of(cases(), MediaRuleTest.cases(), RuleBookTest.requestRules())
                .flatMap(cases -> cases)
                .map(row -> (String) row.get()[0])
                .collect(Collectors.toSet());
        tested.add(ANOTHER_ACCOUNT);

        assertThat(RULES.all().stream().filter(rule -> rule.check() instanceof Rule.RequestCheck))
                .extracting(Rule::id)
                .isSubsetOf(tested);
    }

    @ParameterizedTest
    @EnumSource(ProviderName.class)
    void what_a_provider_offers_is_not_refused(ProviderName provider) {
        for (RenderRequest request : List.of(PLAIN, TEN, start(PLAIN, IMAGE), EXTEND, BACKWARD, EDIT, REFRAME)) {
            boolean offered = Capability.of(request).stream().allMatch(capability -> capability.isOffered(provider));

            assertThat(RULES.check(request, RuleCase.at(provider)))
                    .filteredOn(finding -> finding.severity() == ERROR)
                    .extracting(finding -> finding.rule().id())
                    .isEqualTo(offered ? List.of() : List.of("R13"));
        }
    }

    @Test
    void what_a_provider_lacks_names_those_who_have_it() {
        assertThat(RULES.check(EDIT, RuleCase.at(REPLICATE)))
                .filteredOn(finding -> finding.rule().id().equals("R13"))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.message())
                            .isEqualTo("Provider 'replicate' does not offer the operation edit; luma and gmi do.");
                    assertThat(finding.remedy()).isEqualTo("Set provider to luma or gmi.");
                });
        assertThat(RULES.check(keyframes(PLAIN, 0), RuleCase.at(GMI)))
                .extracting(Finding::message)
                .containsExactly("Provider 'gmi' does not offer several keyframes; luma does.");
    }

    private static RenderRequest ten(RenderRequest request) {
        return request.withLength(ClipLength.TEN_SECONDS);
    }

    private static RenderRequest noRatio(RenderRequest request) {
        return request.toBuilder().aspectRatio(Optional.empty()).build();
    }

    private static RenderRequest placed(double x, double y, double width, double height) {
        return REFRAME.toBuilder()
                .sourcePosition(Optional.of(new SourcePosition(x, y, width, height)))
                .build();
    }

    private static RenderRequest position(RenderRequest request) {
        return request.toBuilder()
                .sourcePosition(Optional.of(new SourcePosition(0, 0, 1, 1)))
                .build();
    }

    private static RenderRequest many(int count) {
        return keyframes(PLAIN, IntStream.range(0, count).toArray());
    }

    private static RenderRequest manyGuides(int count) {
        return edit(EDIT, guided(IntStream.range(0, count).toArray()));
    }

    private static RenderRequest keyed(MediaRef ref) {
        return PLAIN.toBuilder().keyframes(List.of(new Keyframe(0, ref))).build();
    }

    private static MediaRef id(String id) {
        return new MediaRef.Generation(id);
    }

    private static EditControls automatic(Optional<Boolean> face) {
        OptionalDouble none = OptionalDouble.empty();
        return new EditControls(true, Optional.empty(), Optional.empty(), none, none, none, face, List.of());
    }

    private static EditControls signals(double depth, double normals, double trajectory) {
        return new EditControls(
                false,
                Optional.of(EditStrength.FLEX_1),
                Optional.of(PoseStrength.PRECISE),
                OptionalDouble.of(depth),
                OptionalDouble.of(normals),
                OptionalDouble.of(trajectory),
                Optional.of(true),
                List.of());
    }
}

package io.camelray.rules;

import static io.camelray.model.ProviderName.GMI;
import static io.camelray.model.ProviderName.LUMA;
import static io.camelray.model.ProviderName.REPLICATE;
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
import static io.camelray.rules.RuleCase.keyframes;
import static io.camelray.rules.RuleCase.noSource;
import static io.camelray.rules.RuleCase.source;
import static io.camelray.rules.RuleCase.start;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.camelray.model.AspectRatio;
import io.camelray.model.EditControls;
import io.camelray.model.EditStrength;
import io.camelray.model.PoseStrength;
import io.camelray.model.ProviderName;
import io.camelray.model.RenderRequest;
import io.camelray.model.Resolution;
import io.camelray.model.Severity;
import io.camelray.model.SourceLength;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The tables of the providers' own documents, parameter by parameter: what they accept, and what they say they reject. */
class SeedTableTest {

    private static final RuleBook RULES = RuleBook.standard();
    private static final OptionalDouble NO_SIGNAL = OptionalDouble.empty();
    private static final RenderRequest LONG_PROMPT = PLAIN.withPrompt("x".repeat(6000));
    private static final RenderRequest TOO_LONG = PLAIN.withPrompt("x".repeat(6001));

    /** One row: where, which parameter, what is accepted. */
    static Stream<Arguments> accepted() {
        return Stream.of(
                // Luma video guide: parameters and validation rules
                row(LUMA, "prompt", PLAIN.withPrompt("x"), LONG_PROMPT),
                row(LUMA, "aspect_ratio", each(AspectRatio.values(), PLAIN::withAspectRatio)),
                row(LUMA, "aspect_ratio omitted", noRatio(PLAIN)),
                row(LUMA, "video.resolution", each(Resolution.values(), PLAIN::withResolution)),
                row(LUMA, "video.duration", PLAIN, TEN),
                row(
                        LUMA,
                        "video.loop",
                        PLAIN.withLoop(true),
                        start(PLAIN, IMAGE).withLoop(true),
                        EXTEND.withLoop(true)),
                row(LUMA, "video.hdr", HDR, HDR.withResolution(Resolution.P1080), keyframes(HDR, 0, 60)),
                row(LUMA, "video.exr_export", HDR.withExrExport(true)),
                row(LUMA, "video.start_frame", start(PLAIN, IMAGE), EXTEND, start(EDIT, IMAGE)),
                row(LUMA, "video.end_frame", end(PLAIN, IMAGE), end(start(PLAIN, IMAGE), IMAGE), BACKWARD),
                row(LUMA, "video.keyframes", keyframes(PLAIN, 0), many(64)),
                row(LUMA, "video.keyframe_indexes", keyframes(PLAIN, 0, 60, 120), keyframes(TEN, 0, 240)),
                row(
                        LUMA,
                        "source",
                        source(EDIT, GENERATION),
                        source(EDIT, CLIP),
                        source(EDIT, FILE),
                        source(REFRAME, CLIP)),
                row(LUMA, "reframe", each(AspectRatio.values(), REFRAME::withAspectRatio)),
                row(LUMA, "video.edit.strength", each(EditStrength.values(), SeedTableTest::strength)),
                // GMI generate
                row(GMI, "prompt", PLAIN.withPrompt("x"), LONG_PROMPT),
                row(GMI, "aspect_ratio", each(AspectRatio.values(), PLAIN::withAspectRatio)),
                row(GMI, "resolution", large(PLAIN)),
                row(GMI, "duration", PLAIN, TEN),
                row(GMI, "hdr", HDR, HDR.withResolution(Resolution.P1080)),
                row(GMI, "exr_export", HDR.withExrExport(true)),
                row(GMI, "loop", PLAIN.withLoop(true), start(PLAIN, IMAGE).withLoop(true), EXTEND.withLoop(true)),
                row(GMI, "start_frame_url", start(PLAIN, IMAGE)),
                row(GMI, "end_frame_url", end(PLAIN, IMAGE), end(start(PLAIN, IMAGE), IMAGE)),
                row(GMI, "start_frame_generation_id", EXTEND, end(start(PLAIN, STEP), IMAGE)),
                row(GMI, "end_frame_generation_id", BACKWARD, end(start(PLAIN, STEP), GENERATION)),
                // GMI edit
                row(GMI, "source_generation_id", EDIT, source(EDIT, GENERATION)),
                row(GMI, "edit resolution", large(EDIT)),
                row(GMI, "edit_auto_controls", EDIT),
                row(GMI, "edit_strength", each(EditStrength.values(), SeedTableTest::strength)),
                row(GMI, "pose_strength", each(PoseStrength.values(), SeedTableTest::pose)),
                row(GMI, "depth_blur, normals_augmentation, trajectory_sparsity", signals(0), signals(0.5), signals(1)),
                row(GMI, "face_enabled", face(false, true), face(false, false), face(true, false)),
                row(GMI, "edit hdr", EDIT.withHdr(true), EDIT.withHdr(true).withExrExport(true)),
                row(GMI, "edit start_frame_url", start(EDIT, IMAGE)),
                row(GMI, "source_data, source_media_type", source(EDIT, FILE)),
                // Replicate
                row(REPLICATE, "prompt", PLAIN.withPrompt("x"), LONG_PROMPT),
                row(REPLICATE, "aspect_ratio", each(AspectRatio.values(), PLAIN::withAspectRatio)),
                row(REPLICATE, "duration", PLAIN, TEN),
                row(REPLICATE, "start_image", start(PLAIN, IMAGE)),
                row(REPLICATE, "end_image", end(PLAIN, IMAGE), end(start(PLAIN, IMAGE), IMAGE)),
                row(REPLICATE, "hdr", HDR, HDR.withResolution(Resolution.P1080)),
                row(REPLICATE, "exr_export", HDR.withExrExport(true)),
                row(REPLICATE, "loop", PLAIN.withLoop(true), start(PLAIN, IMAGE).withLoop(true)),
                row(REPLICATE, "resolution", large(PLAIN)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("accepted")
    void a_value_that_the_document_accepts_is_accepted(
            ProviderName provider, String parameter, List<RenderRequest> requests) {
        assertThat(requests).isNotEmpty().allSatisfy(request -> assertThat(errors(request, provider))
                .isEmpty());
    }

    /** One row: where, which parameter, the rule that says so, what is rejected. */
    static Stream<Arguments> rejected() {
        return Stream.of(
                // Luma video guide
                not(LUMA, "prompt", "R06", PLAIN.withPrompt(""), TOO_LONG),
                not(LUMA, "video.duration with an anchor", "R27", start(TEN, IMAGE)),
                not(LUMA, "video.duration with an anchor", "R28", end(TEN, IMAGE)),
                not(
                        LUMA,
                        "video.duration with hdr",
                        "R29",
                        TEN.withHdr(true),
                        keyframes(TEN, 0).withHdr(true)),
                not(LUMA, "video.loop with 10s", "R30", TEN.withLoop(true)),
                not(LUMA, "video.loop on edit", "R36", EDIT.withLoop(true)),
                not(LUMA, "video.loop with hdr", "R37", HDR.withLoop(true)),
                not(
                        LUMA,
                        "video.loop with end_frame",
                        "R38",
                        end(PLAIN, IMAGE).withLoop(true),
                        BACKWARD.withLoop(true)),
                not(
                        LUMA,
                        "video.loop with keyframes",
                        "R39",
                        keyframes(PLAIN, 0).withLoop(true)),
                not(LUMA, "video.hdr", "R40", HDR.withResolution(Resolution.P360), HDR.withResolution(Resolution.P540)),
                not(LUMA, "video.exr_export", "R41", PLAIN.withExrExport(true)),
                not(LUMA, "extend", "R42", EXTEND.withHdr(true), BACKWARD.withExrExport(true)),
                not(LUMA, "video.keyframes", "R54", many(65)),
                not(
                        LUMA,
                        "video.keyframe_indexes",
                        "R55",
                        keyframes(PLAIN, 121),
                        keyframes(TEN, 241),
                        keyframes(PLAIN, -1)),
                not(LUMA, "video.keyframe_indexes", "R56", keyframes(PLAIN, 7, 7)),
                not(
                        LUMA,
                        "video.keyframes with anchors",
                        "R58",
                        keyframes(start(PLAIN, IMAGE), 1),
                        keyframes(end(PLAIN, IMAGE), 1)),
                not(LUMA, "video.end_frame on edit", "R63", end(EDIT, IMAGE)),
                not(LUMA, "video.edit", "R64", edit(PLAIN, EditControls.AUTO)),
                not(LUMA, "source", "R65", source(PLAIN, CLIP), source(PLAIN, GENERATION)),
                not(
                        LUMA,
                        "interpolation",
                        "R60",
                        end(start(PLAIN, GENERATION), IMAGE),
                        end(start(PLAIN, IMAGE), GENERATION),
                        end(start(PLAIN, STEP), STEP)),
                // Luma API page
                not(LUMA, "reframe hdr", "R43", REFRAME.withHdr(true)),
                not(LUMA, "source.media_type", "R73", source(EDIT, IMAGE), source(REFRAME, IMAGE)),
                not(LUMA, "source", "R71", noSource(EDIT), noSource(REFRAME)),
                // GMI generate
                not(GMI, "prompt", "R06", PLAIN.withPrompt(""), TOO_LONG),
                not(
                        GMI,
                        "resolution",
                        "R24",
                        PLAIN.withResolution(Resolution.P360),
                        EDIT.withResolution(Resolution.P360)),
                not(
                        GMI,
                        "540p with hdr",
                        "R40",
                        HDR.withResolution(Resolution.P540),
                        EDIT.withHdr(true).withResolution(Resolution.P540)),
                not(GMI, "10s with hdr", "R29", TEN.withHdr(true)),
                not(GMI, "10s with start_frame", "R27", start(TEN, IMAGE)),
                not(GMI, "10s with end_frame", "R28", end(TEN, IMAGE)),
                not(GMI, "loop with 10s", "R30", TEN.withLoop(true)),
                not(GMI, "loop with hdr", "R37", HDR.withLoop(true)),
                not(GMI, "loop with end_frame", "R38", end(PLAIN, IMAGE).withLoop(true), BACKWARD.withLoop(true)),
                not(GMI, "hdr on extend", "R42", EXTEND.withHdr(true), BACKWARD.withHdr(true)),
                not(GMI, "exr_export", "R41", PLAIN.withExrExport(true), EDIT.withExrExport(true)),
                not(GMI, "exr_export on extend", "R42", EXTEND.withExrExport(true)),
                // GMI edit
                not(GMI, "source_generation_id", "R88", noSource(EDIT)),
                not(GMI, "source URL", "R90", source(EDIT, CLIP)),
                not(GMI, "source_media_type", "R89", source(EDIT, IMAGE)),
                not(
                        GMI,
                        "edit_auto_controls",
                        "R91",
                        auto(strength(EditStrength.FLEX_1)),
                        auto(pose(PoseStrength.COARSE)),
                        auto(signals(0.5)),
                        face(true, true)),
                not(GMI, "0-1", "R81", signals(-0.1), signals(1.1)),
                // Replicate
                not(REPLICATE, "resolution", "R24", PLAIN.withResolution(Resolution.P360)),
                not(REPLICATE, "540p with hdr", "R40", HDR.withResolution(Resolution.P540)),
                not(REPLICATE, "10s with hdr", "R29", TEN.withHdr(true)),
                not(REPLICATE, "10s with start_image", "R27", start(TEN, IMAGE)),
                not(REPLICATE, "10s with end_image", "R28", end(TEN, IMAGE)),
                not(REPLICATE, "10s with loop", "R30", TEN.withLoop(true)),
                not(REPLICATE, "loop with hdr", "R37", HDR.withLoop(true)),
                not(REPLICATE, "loop with end_image", "R38", end(PLAIN, IMAGE).withLoop(true)),
                not(REPLICATE, "exr_export", "R41", PLAIN.withExrExport(true)),
                not(REPLICATE, "other operations", "R13", EXTEND, EDIT, REFRAME, keyframes(PLAIN, 0)));
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @MethodSource("rejected")
    void what_the_document_rejects_is_rejected(
            ProviderName provider, String parameter, String rule, List<RenderRequest> requests) {
        assertThat(requests).isNotEmpty().allSatisfy(request -> assertThat(errors(request, provider))
                .contains(rule));
    }

    @ParameterizedTest
    @CsvSource({
        "LUMA, aspectRatio, R14, 3:1 2:1 3:2 2:3 1:2 1:3 auto",
        "LUMA, resolution, R23, 480p 1440p 4k",
        "LUMA, duration, R25, 5 10 15s 20s 9s",
        "LUMA, edit/strength, R79, adhere_0 adhere_4 adhere flex",
        "LUMA, edit/pose, R80, loose None",
        "GMI, aspectRatio, R17, 3:1 2:1 1:2 1:3 3:2 2:3",
        "GMI, resolution, R24, 360p 480p 4k",
        "GMI, duration, R25, 5 10 15s",
        "GMI, edit/strength, R79, adhere_4 reimagine_0",
        "GMI, edit/pose, R80, loose",
        "REPLICATE, aspectRatio, R18, 3:1 2:1 3:2",
        "REPLICATE, resolution, R24, 360p 4k",
        "REPLICATE, duration, R26, 5 15s"
    })
    void a_value_outside_of_the_documents_list_is_rejected(
            ProviderName provider, String field, String rule, String values) {
        for (String value : values.split(" ")) {
            assertThat(RULES.checkValue(field, value, provider)).as(value).hasValueSatisfying(finding -> {
                assertThat(finding.rule().id()).isEqualTo(rule);
                assertThat(finding.severity()).isEqualTo(Severity.ERROR);
                assertThat(finding.message()).endsWith(".");
            });
        }
    }

    @ParameterizedTest
    @CsvSource({
        "LUMA, aspectRatio, 9:16 3:4 1:1 4:3 16:9 21:9",
        "LUMA, resolution, 360p 540p 720p 1080p",
        "LUMA, duration, 5s 10s",
        "GMI, aspectRatio, 9:16 3:4 1:1 4:3 16:9 21:9",
        "GMI, resolution, 540p 720p 1080p",
        "GMI, duration, 5s 10s",
        "GMI, edit/strength, adhere_1 adhere_2 adhere_3 flex_1 flex_2 flex_3 reimagine_1 reimagine_2 reimagine_3",
        "GMI, edit/pose, precise coarse",
        "REPLICATE, aspectRatio, 9:16 3:4 1:1 4:3 16:9 21:9",
        "REPLICATE, resolution, 540p 720p 1080p",
        "REPLICATE, duration, 5s 10s"
    })
    void a_value_of_the_documents_list_is_accepted(ProviderName provider, String field, String values) {
        for (String value : values.split(" ")) {
            assertThat(RULES.checkValue(field, value, provider)).as(value).isEmpty();
        }
    }

    @ParameterizedTest(name = "{0}: {1} s")
    @CsvSource({"LUMA, 30, true", "LUMA, 30.1, false", "GMI, 30, true", "GMI, 30.1, false"})
    void a_source_is_at_most_thirty_seconds_long_however_it_is_referred_to(
            ProviderName provider, double seconds, boolean accepted) {
        RuleContext context = RuleCase.at(provider).withSourceLength(SourceLength.measured(seconds));

        for (RenderRequest request : List.of(REFRAME, source(REFRAME, FILE), source(REFRAME, GENERATION), EDIT)) {
            assertThat(RULES.check(request, context))
                    .filteredOn(finding -> finding.severity() == Severity.ERROR)
                    .extracting(finding -> finding.rule().id())
                    .isEqualTo(accepted ? List.of() : List.of("R77"));
        }
    }

    private static List<String> errors(RenderRequest request, ProviderName provider) {
        return RULES.check(request, RuleCase.at(provider)).stream()
                .filter(finding -> finding.severity() == Severity.ERROR)
                .map(finding -> finding.rule().id())
                .toList();
    }

    private static Arguments row(ProviderName provider, String parameter, RenderRequest... requests) {
        return arguments(provider, parameter, List.of(requests));
    }

    private static Arguments not(ProviderName provider, String parameter, String rule, RenderRequest... requests) {
        return arguments(provider, parameter, rule, List.of(requests));
    }

    private static <T> RenderRequest[] each(T[] values, Function<T, RenderRequest> request) {
        return Stream.of(values).map(request).toArray(RenderRequest[]::new);
    }

    private static RenderRequest[] large(RenderRequest request) {
        return Stream.of(Resolution.P540, Resolution.P720, Resolution.P1080)
                .map(request::withResolution)
                .toArray(RenderRequest[]::new);
    }

    private static RenderRequest noRatio(RenderRequest request) {
        return request.toBuilder().aspectRatio(Optional.empty()).build();
    }

    private static RenderRequest many(int count) {
        return keyframes(PLAIN, IntStream.range(0, count).toArray());
    }

    private static RenderRequest strength(EditStrength strength) {
        return controls(false, Optional.of(strength), Optional.empty(), NO_SIGNAL, Optional.empty());
    }

    private static RenderRequest pose(PoseStrength pose) {
        return controls(false, Optional.empty(), Optional.of(pose), NO_SIGNAL, Optional.empty());
    }

    private static RenderRequest signals(double value) {
        return controls(false, Optional.empty(), Optional.empty(), OptionalDouble.of(value), Optional.empty());
    }

    private static RenderRequest face(boolean auto, boolean enabled) {
        return controls(auto, Optional.empty(), Optional.empty(), NO_SIGNAL, Optional.of(enabled));
    }

    private static RenderRequest auto(RenderRequest manual) {
        EditControls edit = manual.edit().orElseThrow();
        return controls(true, edit.strength(), edit.pose(), edit.depthBlur(), edit.face());
    }

    private static RenderRequest controls(
            boolean auto,
            Optional<EditStrength> strength,
            Optional<PoseStrength> pose,
            OptionalDouble signal,
            Optional<Boolean> face) {
        return edit(EDIT, new EditControls(auto, strength, pose, signal, signal, signal, face, List.of()));
    }
}

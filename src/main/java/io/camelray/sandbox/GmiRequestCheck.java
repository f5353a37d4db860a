package io.camelray.sandbox;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The rules of GMI's three models. The numbers are those of the project's list of rules. */
final class GmiRequestCheck {

    private static final List<String> RATIOS = List.of("9:16", "3:4", "1:1", "4:3", "16:9", "21:9");
    private static final List<String> RESOLUTIONS = List.of("540p", "720p", "1080p");
    private static final List<String> STRENGTHS = List.of(
            "adhere_1",
            "adhere_2",
            "adhere_3",
            "flex_1",
            "flex_2",
            "flex_3",
            "reimagine_1",
            "reimagine_2",
            "reimagine_3");
    private static final List<String> TEXTS = List.of(
            "prompt",
            "aspect_ratio",
            "resolution",
            "duration",
            "start_frame_url",
            "end_frame_url",
            "start_frame_generation_id",
            "end_frame_generation_id",
            "source_generation_id",
            "source_data",
            "source_media_type",
            "edit_strength",
            "pose_strength");
    private static final List<String> FLAGS =
            List.of("hdr", "exr_export", "loop", "edit_auto_controls", "face_enabled");
    private static final List<String> UNIT_NUMBERS =
            List.of("depth_blur", "normals_augmentation", "trajectory_sparsity");
    private static final int MAX_PROMPT = 6000;

    private static final List<RequestRule<GmiRequest>> RULES = List.of(
            // Types
            wrongType("R09", Fields::notText, TEXTS, "a string"),
            wrongType("R09", Fields::notBoolean, FLAGS, "a boolean"),
            wrongType("R09", Fields::notNumber, UNIT_NUMBERS, "a number"),
            RequestRule.of(
                    "R06",
                    r -> r.prompt().isEmpty()
                            || r.prompt().codePointCount(0, r.prompt().length()) > MAX_PROMPT,
                    "prompt must be between 1 and 6000 characters"),

            // Enumerations
            oneOf("R17", "aspect_ratio", GmiRequest::isGenerate, RATIOS),
            RequestRule.of("R15", r -> r.isReframe() && !r.payload().has("aspect_ratio"), "aspect_ratio is required"),
            oneOf("R15", "aspect_ratio", GmiRequest::isReframe, RATIOS),
            oneOf("R24", "resolution", r -> true, RESOLUTIONS),
            oneOf("R25", "duration", GmiRequest::isGenerate, List.of("5s", "10s")),
            oneOf("R79", "edit_strength", r -> true, STRENGTHS),
            oneOf("R80", "pose_strength", r -> true, List.of("None", "precise", "coarse")),
            RequestRule.of("R81", GmiRequestCheck::leavesTheUnit, "conditioning values must be between 0 and 1"),

            // Combinations of generate
            RequestRule.of("R27", r -> r.isLong() && r.hasStart(), "duration 10s does not support a start frame"),
            RequestRule.of("R28", r -> r.isLong() && r.hasEnd(), "duration 10s does not support an end frame"),
            RequestRule.of("R29", r -> r.isLong() && r.hdr(), "duration 10s does not support hdr"),
            RequestRule.of("R30", r -> r.isLong() && r.payload().flag("loop"), "duration 10s does not support loop"),
            RequestRule.of("R37", r -> r.payload().flag("loop") && r.hdr(), "loop does not support hdr"),
            RequestRule.of("R38", r -> r.payload().flag("loop") && r.hasEnd(), "loop does not support an end frame"),
            RequestRule.of(
                    "R67", r -> twice(r, "start_frame") || twice(r, "end_frame"), "one anchor per end of the clip"),

            // High dynamic range
            RequestRule.of(
                    "R40", r -> r.hdr() && r.resolution().equals("540p"), "hdr requires resolution 720p or 1080p"),
            RequestRule.of("R41", r -> r.exr() && !r.hdr(), "exr_export requires hdr"),
            RequestRule.of("R42", r -> r.isExtend() && (r.hdr() || r.exr()), "hdr is not available on extend"),
            RequestRule.of("R43", r -> r.isReframe() && (r.hdr() || r.exr()), "hdr is not available on reframe"),

            // Sources
            RequestRule.of("R90", r -> r.payload().has("source_url"), "source_url is not supported"),
            RequestRule.of(
                    "R88 R97",
                    r -> !r.isGenerate()
                            && r.payload().has("source_generation_id")
                                    == r.payload().has("source_data"),
                    "exactly one of source_generation_id and source_data is required"),
            RequestRule.of(
                    "R89 R97",
                    r -> !r.isGenerate()
                            && r.payload().has("source_data")
                            && !r.payload().text("source_media_type", "").startsWith("video/"),
                    "source_media_type must be a video type"),
            RequestRule.of("R91", GmiRequestCheck::mixesControls, "edit_auto_controls excludes every manual control"),
            RequestRule.of(
                    "R92",
                    r -> r.isEdit()
                            && (r.payload().hasAny(List.of("duration", "keyframes", "keyframe_indexes"))
                                    || r.payload().flag("loop")
                                    || r.hasEnd()),
                    "duration, loop, end frames and keyframes are not supported on edit"));

    private GmiRequestCheck() {}

    /** What is wrong with the envelope; such a request is never accepted. */
    static Optional<String> envelope(GmiRequest request) {
        if (!GmiRequest.MODELS.contains(request.model())) {
            return Optional.of("model not found: " + request.model());
        }
        return request.body().path("payload").isObject() ? Optional.empty() : Optional.of("payload must be an object");
    }

    /** What is wrong with the payload. */
    static Optional<String> payload(GmiRequest request) {
        return RequestRule.firstBroken(RULES, request);
    }

    private static boolean twice(GmiRequest request, String slot) {
        return request.payload().has(slot + "_url") && request.payload().has(slot + "_generation_id");
    }

    private static boolean leavesTheUnit(GmiRequest request) {
        return UNIT_NUMBERS.stream()
                .filter(request.payload()::has)
                .mapToDouble(name -> request.payload().node().path(name).asDouble())
                .anyMatch(value -> value < 0 || value > 1);
    }

    private static boolean mixesControls(GmiRequest request) {
        Fields payload = request.payload();
        boolean pose = !payload.text("pose_strength", "None").equals("None");
        boolean others =
                Stream.concat(Stream.of("edit_strength"), UNIT_NUMBERS.stream()).anyMatch(payload::has);
        return payload.flag("edit_auto_controls") && (pose || others || payload.flag("face_enabled"));
    }

    private static RequestRule<GmiRequest> oneOf(
            String id, String name, Predicate<GmiRequest> where, List<String> allowed) {
        return RequestRule.of(
                id,
                r -> where.test(r)
                        && r.payload().has(name)
                        && !allowed.contains(r.payload().text(name, "")),
                name + " must be one of " + allowed);
    }

    private static RequestRule<GmiRequest> wrongType(String id, TypeTest test, List<String> names, String what) {
        Function<GmiRequest, Optional<String>> wrong = r -> test.firstWrong(r.payload(), names);
        return new RequestRule<>(
                id, r -> wrong.apply(r).isPresent(), r -> wrong.apply(r).orElse("") + " must be " + what);
    }

    private interface TypeTest {
        Optional<String> firstWrong(Fields fields, List<String> names);
    }
}

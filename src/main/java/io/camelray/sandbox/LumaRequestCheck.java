package io.camelray.sandbox;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The business rules of Luma's API, in the order in which they are tried; the first that is broken answers with 400.
 * The numbers are those of the project's list of rules. What a rule may assume: the JSON types are right.
 */
final class LumaRequestCheck {

    private static final List<String> MODELS = List.of("ray-3.2", "uni-1", "uni-1-max");
    private static final List<String> VIDEO_RATIOS = List.of("16:9", "1:1", "21:9", "3:4", "4:3", "9:16");
    private static final int MAX_PROMPT = 6000;
    private static final int MAX_KEYFRAMES = 64;

    private static final List<Rule> RULES = List.of(
            // Envelope
            rule("R02", r -> !MODELS.contains(r.model()), r -> "Unknown model: " + r.model()),
            rule(
                    "R01",
                    r -> r.model().equals("ray-3.2") != r.type().startsWith("video"),
                    r -> "Type '" + r.type() + "' is not supported for model '" + r.model() + "'"),
            rule("R01", r -> !r.type().startsWith("video"), r -> "type: the sandbox makes videos only"),
            rule(
                    "R06",
                    r -> r.prompt().isEmpty()
                            || r.prompt().codePointCount(0, r.prompt().length()) > MAX_PROMPT,
                    r -> "Prompt must be between 1 and 6000 characters"),
            rule("R10", r -> r.text("user_id", "").length() > 256, r -> "user_id: at most 256 characters"),
            rule("R11", r -> r.has("image_ref"), r -> "image_ref is not valid for type '" + r.type() + "'"),

            // Aspect ratio
            rule(
                    "R14",
                    r -> !r.isEdit()
                            && r.has("aspect_ratio")
                            && !VIDEO_RATIOS.contains(r.at("aspect_ratio").asText()),
                    r -> "Invalid aspect_ratio '" + r.at("aspect_ratio").asText() + "'. Valid: "
                            + String.join(", ", VIDEO_RATIOS)),
            rule(
                    "R15",
                    r -> r.isReframe() && !r.has("aspect_ratio"),
                    r -> "aspect_ratio is required for type 'video_reframe'"),

            // Ten seconds
            tenSeconds("R27", "video.start_frame", r -> r.has("video.start_frame")),
            tenSeconds("R28", "video.end_frame", r -> r.has("video.end_frame")),
            tenSeconds("R29", "video.hdr", LumaRequest::hdr),
            tenSeconds("R30", "video.loop", LumaRequest::loop),
            rule(
                    "R34",
                    r -> r.isReframe()
                            && r.resolution().equals("1080p")
                            && List.of("9:16", "3:4").contains(r.text("aspect_ratio", "")),
                    r -> "video.resolution: 1080p is not available for this aspect_ratio"),

            // Loop
            onlyOn("R36", "video", "video.loop", LumaRequest::loop),
            apart("R37", "video.loop", LumaRequest::loop, "video.hdr", LumaRequest::hdr),
            apart("R38", "video.loop", LumaRequest::loop, "video.end_frame", r -> r.has("video.end_frame")),
            apart("R39", "video.loop", LumaRequest::loop, "video.keyframes", r -> r.has("video.keyframes")),

            // HDR and EXR
            rule(
                    "R40",
                    r -> r.hdr() && !List.of("720p", "1080p").contains(r.resolution()),
                    r -> "video.hdr: needs 720p or 1080p"),
            rule("R41", r -> r.exr() && !r.hdr(), r -> "video.exr_export: needs hdr"),
            rule("R42", r -> r.isExtend() && (r.hdr() || r.exr()), r -> "video.hdr: not available when extending"),
            rule("R43", r -> r.isReframe() && (r.hdr() || r.exr()), r -> "video.hdr: not available for reframing"),

            // Keyframes
            rule(
                    "R52",
                    r -> r.has("video.keyframes") != r.has("video.keyframe_indexes"),
                    r -> "video.keyframes: must come with keyframe_indexes"),
            rule(
                    "R53",
                    r -> r.at("video.keyframes").size()
                            != r.at("video.keyframe_indexes").size(),
                    r -> "video.keyframe_indexes: must be as many as keyframes"),
            rule("R54", r -> r.at("video.keyframes").size() > MAX_KEYFRAMES, r -> "video.keyframes: at most 64 items"),
            rule(
                    "R55",
                    r -> r.numbers("video.keyframe_indexes").stream().anyMatch(i -> i < 0 || i > r.seconds() * 24),
                    r -> "video.keyframe_indexes: must be between 0 and " + r.seconds() * 24),
            rule("R56", r -> repeats(r, "video.keyframe_indexes"), r -> "video.keyframe_indexes: must be unique"),
            apart(
                    "R58",
                    "video.keyframes",
                    r -> r.has("video.keyframes"),
                    "a start or end frame",
                    r -> r.has("video.start_frame") || r.has("video.end_frame")),
            onlyOn("R59", "video", "video.keyframes", r -> r.has("video.keyframes")),

            // Anchors
            rule(
                    "R60",
                    r -> r.isExtend() && r.has("video.start_frame") && r.has("video.end_frame"),
                    r -> "video.end_frame: a generation cannot be combined with another frame"),
            onlyOn("R63", "video", "video.end_frame", r -> r.has("video.end_frame")),
            onlyOn("R64", "video_edit", "video.edit", r -> r.has("video.edit")),
            rule("R65", r -> r.isVideo() && r.has("source"), r -> "source is not valid for type 'video'"),
            onlyOn("R66", "video_reframe", "video.source_position", r -> r.has("video.source_position")),

            // Edit
            rule("R71", r -> !r.isVideo() && !r.has("source"), r -> "source is required for type '" + r.type() + "'"),
            apart(
                    "R78",
                    "video.edit.auto_controls",
                    r -> r.flag("video.edit.auto_controls"),
                    "strength or controls",
                    r -> r.has("video.edit.strength") || r.has("video.edit.controls")),
            unit("R81", "video.edit.controls.depth.blur"),
            unit("R81", "video.edit.controls.normals.augmentation"),
            unit("R81", "video.edit.controls.trajectory.sparsity"),
            rule(
                    "R82",
                    r -> r.at("video.edit.keyframes").size()
                                    != r.at("video.edit.keyframe_indexes").size()
                            || r.at("video.edit.keyframes").size() > MAX_KEYFRAMES
                            || repeats(r, "video.edit.keyframe_indexes")
                            || r.numbers("video.edit.keyframe_indexes").stream().anyMatch(i -> i < 0),
                    r -> "video.edit.keyframe_indexes: must match keyframes, be unique and not negative"),
            apart(
                    "R84",
                    "video.edit.keyframes",
                    r -> r.has("video.edit.keyframes"),
                    "video.start_frame",
                    r -> r.has("video.start_frame")),

            // Reframe
            rule(
                    "R93",
                    r -> r.has("video.source_position")
                            && !List.of("x_norm", "y_norm", "w_norm", "h_norm").stream()
                                    .allMatch(n -> r.has("video.source_position." + n)),
                    r -> "video.source_position: needs x_norm, y_norm, w_norm and h_norm"),
            rule("R94", LumaRequestCheck::positionOut, r -> "video.source_position: out of range"),
            rule(
                    "R96",
                    r -> r.isReframe() && r.has("video.start_frame"),
                    r -> "video.start_frame is not valid for type 'video_reframe'"));

    private LumaRequestCheck() {}

    /** The first broken rule's refusal, or nothing. */
    static Optional<Refusal> check(LumaRequest request) {
        return RULES.stream()
                .filter(rule -> rule.broken().test(request))
                .findFirst()
                .map(rule -> new Refusal(400, rule.detail().apply(request)));
    }

    private static boolean repeats(LumaRequest request, String path) {
        List<Long> numbers = request.numbers(path);
        return new HashSet<>(numbers).size() < numbers.size();
    }

    private static boolean positionOut(LumaRequest request) {
        if (!request.has("video.source_position")) {
            return false;
        }
        double x = request.at("video.source_position.x_norm").asDouble();
        double y = request.at("video.source_position.y_norm").asDouble();
        double w = request.at("video.source_position.w_norm").asDouble();
        double h = request.at("video.source_position.h_norm").asDouble();
        return Math.abs(x) > 2 || Math.abs(y) > 2 || w <= 0 || w > 2 || h <= 0 || h > 2;
    }

    private static Rule rule(String id, Predicate<LumaRequest> broken, Function<LumaRequest, String> detail) {
        return new Rule(id, broken, detail);
    }

    private static Rule tenSeconds(String id, String what, Predicate<LumaRequest> there) {
        return rule(id, r -> r.isVideo() && r.seconds() == 10 && there.test(r), r -> what + ": not available with 10s");
    }

    private static Rule onlyOn(String id, String type, String what, Predicate<LumaRequest> there) {
        return rule(
                id,
                r -> !r.type().equals(type) && there.test(r),
                r -> what + " is not valid for type '" + r.type() + "'");
    }

    private static Rule apart(
            String id, String one, Predicate<LumaRequest> oneThere, String other, Predicate<LumaRequest> otherThere) {
        return rule(id, r -> oneThere.test(r) && otherThere.test(r), r -> one + ": cannot be combined with " + other);
    }

    private static Rule unit(String id, String path) {
        return rule(
                id,
                r -> r.has(path) && (r.at(path).asDouble() < 0 || r.at(path).asDouble() > 1),
                r -> path + ": must be between 0 and 1");
    }

    private record Rule(String id, Predicate<LumaRequest> broken, Function<LumaRequest, String> detail) {}
}

package io.camelray.rules;

import static io.camelray.model.ProviderName.LUMA;

import io.camelray.model.ClipLength;
import io.camelray.model.Direction;
import io.camelray.model.Operation;
import io.camelray.model.RenderRequest;
import io.camelray.model.Resolution;
import io.camelray.model.Severity;
import io.camelray.rules.Rule.Verdict;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** What a clip of 10 s cannot be, and where its length says nothing. */
final class LengthRules implements RuleFamily {

    @Override
    public List<Rule> rules() {
        return List.of(
                anchored("R27", "startFrame", Direction.FORWARD, request -> request.startFrame()
                        .isPresent()),
                anchored("R28", "endFrame", Direction.BACKWARD, request -> request.endFrame()
                        .isPresent()),
                fiveSecondsOnly("R29", "hdr", "HDR", RenderRequest::hdr),
                fiveSecondsOnly("R30", "loop", "a loop", RenderRequest::loop),
                Rule.warning(
                        "R31",
                        Stage.CROSS_FIELD,
                        Set.of(LUMA),
                        "duration",
                        "An edit or a reframe is as long as its source.",
                        "Remove duration from this step.",
                        (request, context) -> Verdict.warning(
                                request.length() == ClipLength.TEN_SECONDS && !hasLength(request),
                                "The operation " + request.operation().label()
                                        + " ignores duration: the result is as long as its source.")),
                Rule.warning(
                        "R33",
                        Stage.CROSS_FIELD,
                        Set.of(LUMA),
                        "resolution",
                        "An extension is at least 540p.",
                        "Set resolution to 540p, 720p or 1080p.",
                        (request, context) -> Verdict.warning(
                                request.operation() == Operation.EXTEND && request.resolution() == Resolution.P360,
                                "Nobody quotes a price for an extension at 360p.")));
    }

    private static Rule anchored(String id, String field, Direction direction, Predicate<RenderRequest> hasFrame) {
        return Rule.error(
                id,
                Stage.CROSS_FIELD,
                Rule.ALL,
                field,
                "A clip of 10s has no " + field + ", and extends nothing " + direction.label() + ".",
                "Set duration to 5s.",
                (request, context) -> {
                    if (request.length() != ClipLength.TEN_SECONDS) {
                        return List.of();
                    }
                    boolean extended = request.operation() == Operation.EXTEND
                            && request.direction().filter(direction::equals).isPresent();
                    return extended
                            ? List.of(Verdict.of(
                                    Severity.ERROR,
                                    "duration",
                                    "An extension is a block of 5s; 10s at once do not exist."))
                            : Verdict.error(
                                    request.operation() == Operation.GENERATE && hasFrame.test(request),
                                    "A clip of 10s cannot have a " + field + "; that exists for 5s only.");
                });
    }

    private static Rule fiveSecondsOnly(String id, String field, String what, Predicate<RenderRequest> asked) {
        return Rule.error(
                id,
                Stage.CROSS_FIELD,
                Rule.ALL,
                field,
                "A clip of 10s cannot be " + what + ".",
                "Set duration to 5s, or " + field + " to false.",
                (request, context) -> Verdict.error(
                        request.length() == ClipLength.TEN_SECONDS && hasLength(request) && asked.test(request),
                        "A clip of 10s cannot be " + what + "; that exists for 5s only."));
    }

    /** Edits and reframes follow their source. */
    private static boolean hasLength(RenderRequest request) {
        return request.operation() == Operation.GENERATE || request.operation() == Operation.EXTEND;
    }
}

package io.camelray.rules;

import static io.camelray.model.ProviderName.LUMA;

import io.camelray.model.AspectRatio;
import io.camelray.model.Operation;
import io.camelray.model.RenderRequest;
import io.camelray.model.Resolution;
import io.camelray.model.Severity;
import io.camelray.model.SourcePosition;
import io.camelray.rules.Rule.Verdict;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What a reframe can paint, and where its source may lie. */
final class ReframeRules implements RuleFamily {

    private static final Set<AspectRatio> UPRIGHT = EnumSet.of(AspectRatio.R9X16, AspectRatio.R3X4);
    private static final double FARTHEST = 2;

    @Override
    public List<Rule> rules() {
        return List.of(
                Rule.error(
                        "R34",
                        Stage.CROSS_FIELD,
                        Set.of(LUMA),
                        "resolution",
                        "A reframe to 9:16 or 3:4 is at most 720p.",
                        "Set resolution to 720p, or reframe to another ratio.",
                        (request, context) -> Verdict.error(
                                isLarge(request) && isUpright(request),
                                "A reframe to 9:16 or 3:4 does not exist at 1080p yet.")),
                Rule.warning(
                        "R35",
                        Stage.CROSS_FIELD,
                        Set.of(LUMA),
                        "resolution",
                        "A reframe is at most 720p.",
                        "Set resolution to 720p to be sure.",
                        (request, context) -> Verdict.warning(
                                isLarge(request) && !isUpright(request),
                                "A reframe at 1080p may be refused until the account is enabled for it.")),
                Rule.error(
                        "R94",
                        Stage.CROSS_FIELD,
                        Set.of(LUMA),
                        "sourcePosition",
                        "x and y are from -2 to 2, width and height above 0 and at most 2.",
                        "Use x and y from -2 to 2, width and height above 0 and at most 2: fractions of the canvas.",
                        (request, context) -> request.sourcePosition()
                                .map(ReframeRules::ranges)
                                .orElse(List.of())),
                Rule.warning(
                        "R95",
                        Stage.CROSS_FIELD,
                        Set.of(LUMA),
                        "sourcePosition",
                        "The source lies on the canvas, at least in part.",
                        "Move the source so that it overlaps the canvas, which is 0 to 1 both ways.",
                        (request, context) -> Verdict.warning(
                                request.sourcePosition()
                                        .filter(ReframeRules::isOutside)
                                        .isPresent(),
                                "The source lies outside of the canvas: nothing of it would be seen.")));
    }

    private static boolean isLarge(RenderRequest request) {
        return request.operation() == Operation.REFRAME && request.resolution() == Resolution.P1080;
    }

    private static boolean isUpright(RenderRequest request) {
        return request.aspectRatio().filter(UPRIGHT::contains).isPresent();
    }

    private static List<Verdict> ranges(SourcePosition position) {
        List<Verdict> verdicts = new ArrayList<>();
        offset(verdicts, "x", position.x());
        offset(verdicts, "y", position.y());
        size(verdicts, "width", position.width());
        size(verdicts, "height", position.height());
        return verdicts;
    }

    private static void offset(List<Verdict> verdicts, String field, double value) {
        if (!(value >= -FARTHEST && value <= FARTHEST)) {
            verdicts.add(Verdict.of(Severity.ERROR, "sourcePosition/" + field, value + " is not from -2 to 2."));
        }
    }

    private static void size(List<Verdict> verdicts, String field, double value) {
        if (!(value > 0 && value <= FARTHEST)) {
            verdicts.add(
                    Verdict.of(Severity.ERROR, "sourcePosition/" + field, value + " is not above 0 and at most 2."));
        }
    }

    private static boolean isOutside(SourcePosition position) {
        return position.x() >= 1
                || position.y() >= 1
                || position.x() + position.width() <= 0
                || position.y() + position.height() <= 0;
    }
}

package io.camelray.rules;

import static io.camelray.model.ProviderName.GMI;

import io.camelray.model.Direction;
import io.camelray.model.Operation;
import io.camelray.model.RenderRequest;
import io.camelray.rules.Rule.Verdict;
import java.util.List;

/** What can loop. */
final class LoopRules implements RuleFamily {

    @Override
    public List<Rule> rules() {
        return List.of(
                Rule.error(
                        "R36",
                        Stage.CROSS_FIELD,
                        Rule.ALL,
                        "loop",
                        "Only generate and extend can loop.",
                        "Remove loop from this step.",
                        (request, context) -> Verdict.error(
                                request.loop()
                                        && (request.operation() == Operation.REFRAME
                                                || request.operation() == Operation.EDIT && context.provider() != GMI),
                                "The operation " + request.operation().label() + " cannot loop.")),
                Rule.error(
                        "R37",
                        Stage.CROSS_FIELD,
                        Rule.ALL,
                        "loop",
                        "A loop is not HDR.",
                        "Set either loop or hdr to false.",
                        (request, context) -> Verdict.error(request.loop() && request.hdr(), "A loop cannot be HDR.")),
                Rule.error(
                        "R38",
                        Stage.CROSS_FIELD,
                        Rule.ALL,
                        "loop",
                        "A loop has no end to hold on to: no endFrame, no backward extension.",
                        "Set loop to false, remove endFrame, or extend forward.",
                        (request, context) -> endHeld(request)),
                Rule.error(
                        "R39",
                        Stage.CROSS_FIELD,
                        Rule.ALL,
                        "loop",
                        "A loop has no keyframes.",
                        "Set loop to false, or use a startFrame instead of keyframes.",
                        (request, context) -> Verdict.error(
                                request.loop() && !request.keyframes().isEmpty(), "A loop cannot have keyframes.")));
    }

    private static List<Verdict> endHeld(RenderRequest request) {
        boolean backward = request.operation() == Operation.EXTEND
                && request.direction().filter(Direction.BACKWARD::equals).isPresent();
        boolean ends =
                request.operation() == Operation.GENERATE && request.endFrame().isPresent();
        return Verdict.error(
                request.loop() && (backward || ends),
                backward ? "A backward extension cannot loop; a forward one can." : "A loop cannot have an endFrame.");
    }
}

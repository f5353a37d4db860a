package io.camelray.rules;

import static io.camelray.model.ProviderName.GMI;

import io.camelray.model.ClipLength;
import io.camelray.model.Operation;
import io.camelray.model.RenderRequest;
import io.camelray.model.Severity;
import io.camelray.rules.Rule.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;

/** Which field belongs to which operation. What an operation does not take is refused everywhere, never dropped. */
final class ShapeRules implements RuleFamily {

    @Override
    public List<Rule> rules() {
        return List.of(
                misplaced(
                        "R59",
                        "keyframes",
                        "Keyframes belong to generate.",
                        "Remove keyframes; an edit takes guide images as edit.keyframes.",
                        (request, context) -> !request.keyframes().isEmpty()
                                && (request.operation() == Operation.REFRAME || isOwnEdit(request, context))),
                misplaced(
                        "R63",
                        "endFrame",
                        "An end frame belongs to generate.",
                        "Remove endFrame.",
                        (request, context) -> request.endFrame().isPresent()
                                && (request.operation() == Operation.REFRAME || isOwnEdit(request, context))),
                misplaced(
                        "R64",
                        "edit",
                        "Edit controls belong to edit.",
                        "Remove edit, or set operation to edit.",
                        (request, context) -> request.operation() != Operation.EDIT
                                && request.edit().isPresent()),
                misplaced(
                        "R65",
                        "source",
                        "A source belongs to extend, edit and reframe.",
                        "Remove source, or set operation to extend, edit or reframe.",
                        (request, context) -> request.operation() == Operation.GENERATE
                                && request.source().isPresent()),
                misplaced(
                        "R66",
                        "sourcePosition",
                        "A source position belongs to reframe.",
                        "Remove sourcePosition, or set operation to reframe.",
                        (request, context) -> request.operation() != Operation.REFRAME
                                && request.sourcePosition().isPresent()),
                misplaced(
                        "R96",
                        "startFrame",
                        "A reframe works on its source alone.",
                        "Remove startFrame.",
                        (request, context) -> request.operation() == Operation.REFRAME
                                && request.startFrame().isPresent()),
                Rule.error(
                        "R92",
                        Stage.CROSS_FIELD,
                        Set.of(GMI),
                        "edit",
                        "An edit at GMI has no duration, loop, end frame or keyframes.",
                        "Remove it from this step.",
                        (request, context) -> notAtGmi(request)),
                Rule.error(
                        "direction",
                        Stage.CROSS_FIELD,
                        Rule.ALL,
                        "direction",
                        "An extension, and nothing else, has a direction.",
                        "Set direction to forward or backward on extend; remove it elsewhere.",
                        (request, context) -> direction(request)));
    }

    private static Rule misplaced(
            String id, String field, String says, String remedy, BiPredicate<RenderRequest, RuleContext> broken) {
        return Rule.error(
                id,
                Stage.CROSS_FIELD,
                Rule.ALL,
                field,
                says,
                remedy,
                (request, context) -> Verdict.error(
                        broken.test(request, context),
                        "The operation " + request.operation().label() + " takes no " + field + "."));
    }

    /** R92 speaks for GMI. */
    private static boolean isOwnEdit(RenderRequest request, RuleContext context) {
        return request.operation() == Operation.EDIT && context.provider() != GMI;
    }

    private static List<Verdict> notAtGmi(RenderRequest request) {
        List<Verdict> verdicts = new ArrayList<>();
        if (request.operation() != Operation.EDIT) {
            return verdicts;
        }
        if (request.length() == ClipLength.TEN_SECONDS) {
            verdicts.add(Verdict.of(
                    Severity.WARNING, "duration", "An edit ignores duration: the result is as long as its source."));
        }
        refuse(verdicts, request.loop(), "loop");
        refuse(verdicts, request.endFrame().isPresent(), "endFrame");
        refuse(verdicts, !request.keyframes().isEmpty(), "keyframes");
        refuse(
                verdicts,
                request.edit().filter(edit -> !edit.keyframes().isEmpty()).isPresent(),
                "edit/keyframes");
        return verdicts;
    }

    private static void refuse(List<Verdict> verdicts, boolean broken, String field) {
        if (broken) {
            verdicts.add(Verdict.of(Severity.ERROR, field, "An edit at GMI takes no " + field.replace('/', '.') + "."));
        }
    }

    private static List<Verdict> direction(RenderRequest request) {
        boolean extend = request.operation() == Operation.EXTEND;
        return Verdict.error(
                extend == request.direction().isEmpty(),
                extend
                        ? "An extension must say which end of its source grows."
                        : "The operation " + request.operation().label() + " takes no direction.");
    }
}

package io.camelray.rules;

import static io.camelray.model.ProviderName.GMI;
import static io.camelray.model.ProviderName.LUMA;
import static io.camelray.model.ProviderName.REPLICATE;

import io.camelray.model.AspectRatio;
import io.camelray.model.MediaFacts;
import io.camelray.model.Operation;
import io.camelray.model.RenderRequest;
import io.camelray.rules.Rule.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Where an aspect ratio must be said, and where it says nothing. */
final class RatioRules implements RuleFamily {

    private static final double TOLERANCE = 0.01;

    @Override
    public List<Rule> rules() {
        return List.of(
                Rule.error(
                        "R15",
                        Stage.CROSS_FIELD,
                        Set.of(LUMA, GMI),
                        "aspectRatio",
                        "A reframe names its aspect ratio.",
                        "Set aspectRatio to the ratio to reframe to.",
                        (request, context) -> Verdict.error(
                                is(request, Operation.REFRAME)
                                        && request.aspectRatio().isEmpty(),
                                "A reframe without an aspectRatio has nothing to reframe to.")),
                Rule.warning(
                        "R16",
                        Stage.CROSS_FIELD,
                        Set.of(LUMA, GMI),
                        "aspectRatio",
                        "An edit keeps its source's aspect ratio.",
                        "Remove aspectRatio from this step, or reframe the result.",
                        (request, context) -> Verdict.warning(
                                is(request, Operation.EDIT)
                                        && request.aspectRatio().isPresent(),
                                "An edit ignores aspectRatio: the result keeps the source's.")),
                Rule.warning(
                        "R19",
                        Stage.CROSS_FIELD,
                        Set.of(REPLICATE),
                        "aspectRatio",
                        "A video from images takes their aspect ratio.",
                        "Remove aspectRatio, or use an image of that ratio.",
                        (request, context) -> Verdict.warning(
                                request.aspectRatio().isPresent()
                                        && !MediaSlot.frames(request).isEmpty(),
                                "Replicate ignores aspectRatio beside a start or end frame: the ratio comes from the image.")),
                Rule.error(
                        "R20",
                        Stage.MEDIA,
                        Set.of(GMI),
                        "aspectRatio",
                        "A reframe changes the aspect ratio.",
                        "Reframe to another ratio.",
                        (request, context) -> Verdict.error(keepsRatio(request, context), same(request))),
                Rule.warning(
                        "R21",
                        Stage.MEDIA,
                        Set.of(LUMA),
                        "aspectRatio",
                        "A reframe changes the aspect ratio.",
                        "Reframe to another ratio.",
                        (request, context) -> Verdict.warning(keepsRatio(request, context), same(request))),
                Rule.warning(
                        "R22",
                        Stage.CROSS_FIELD,
                        Set.of(LUMA),
                        "aspectRatio",
                        "An extension says the aspect ratio, or its source's is known and sent.",
                        "Set aspectRatio to that of the source.",
                        (request, context) -> Verdict.warning(
                                is(request, Operation.EXTEND)
                                        && request.aspectRatio()
                                                .or(() -> context.parent().flatMap(RenderRequest::aspectRatio))
                                                .isEmpty(),
                                "An extension without an aspectRatio is known to fail.")));
    }

    private static String same(RenderRequest request) {
        return "The source is " + request.aspectRatio().map(AspectRatio::label).orElse("")
                + " already: there is nothing to paint.";
    }

    private static boolean keepsRatio(RenderRequest request, RuleContext context) {
        if (!is(request, Operation.REFRAME) || request.aspectRatio().isEmpty()) {
            return false;
        }
        double target = request.aspectRatio().get().value();
        return sourceRatio(request, context)
                .filter(ratio -> Math.abs(ratio / target - 1) <= TOLERANCE)
                .isPresent();
    }

    private static Optional<Double> sourceRatio(RenderRequest request, RuleContext context) {
        Optional<MediaFacts> facts =
                request.source().flatMap(context::factsOf).filter(found -> found.width() > 0 && found.height() > 0);
        return facts.map(found -> (double) found.width() / found.height())
                .or(() -> context.parent().flatMap(RenderRequest::aspectRatio).map(AspectRatio::value));
    }

    private static boolean is(RenderRequest request, Operation operation) {
        return request.operation() == operation;
    }
}

package io.camelray.rules;

import static io.camelray.model.ProviderName.GMI;
import static io.camelray.model.ProviderName.LUMA;

import io.camelray.model.GenerationFacts;
import io.camelray.model.MediaRef;
import io.camelray.model.Operation;
import io.camelray.model.ProviderName;
import io.camelray.model.RenderRequest;
import io.camelray.model.Resolution;
import io.camelray.model.Severity;
import io.camelray.rules.Rule.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What HDR and EXR need. */
final class DynamicRangeRules implements RuleFamily {

    private static final Set<ProviderName> CHAINING = Set.of(LUMA, GMI);

    @Override
    public List<Rule> rules() {
        return List.of(
                Rule.error(
                        "R40",
                        Stage.CROSS_FIELD,
                        Rule.ALL,
                        "hdr",
                        "HDR needs 720p or 1080p.",
                        "Set resolution to 720p or 1080p, or hdr to false.",
                        (request, context) -> Verdict.error(
                                request.hdr()
                                        && request.resolution().lines() < Resolution.P720.lines()
                                        && !isLiftedEdit(request, context),
                                "HDR does not exist at " + request.resolution().label() + ".")),
                Rule.error(
                        "R41",
                        Stage.CROSS_FIELD,
                        Rule.ALL,
                        "exrExport",
                        "An EXR export needs HDR.",
                        "Set hdr to true, or exrExport to false.",
                        (request, context) -> Verdict.error(
                                request.exrExport() && !request.hdr(), "An EXR export is made from HDR only.")),
                standardOnly("R42", Operation.EXTEND, "An extension"),
                standardOnly("R43", Operation.REFRAME, "A reframe"),
                Rule.warning(
                        "R44",
                        Stage.ACCOUNT,
                        CHAINING,
                        "hdr",
                        "The account has HDR access.",
                        "Ask the provider for HDR access, or set hdr to false.",
                        DynamicRangeRules::access),
                Rule.warning(
                        "R45",
                        Stage.CROSS_FIELD,
                        Set.of(LUMA),
                        "hdr",
                        "HDR from images is made from keyframes.",
                        "Use keyframes with the image at 0 instead of startFrame.",
                        (request, context) -> anchored(request)),
                Rule.error(
                        "R46",
                        Stage.REFERENCES,
                        Set.of(LUMA),
                        "source",
                        "Only a clip of standard dynamic range can be extended.",
                        "Extend a clip made without hdr.",
                        DynamicRangeRules::standardParent));
    }

    private static boolean isLiftedEdit(RenderRequest request, RuleContext context) {
        return request.operation() == Operation.EDIT
                && context.provider() == LUMA
                && context.lifted().contains("R40");
    }

    private static Rule standardOnly(String id, Operation operation, String what) {
        return Rule.error(
                id,
                Stage.CROSS_FIELD,
                CHAINING,
                "hdr",
                what + " is of standard dynamic range, without EXR.",
                "Remove hdr and exrExport from this step.",
                (request, context) -> {
                    List<Verdict> verdicts = new ArrayList<>();
                    if (request.operation() == operation && request.hdr()) {
                        verdicts.add(Verdict.of(Severity.ERROR, "hdr", what + " cannot be HDR."));
                    }
                    if (request.operation() == operation && request.exrExport()) {
                        verdicts.add(Verdict.of(Severity.ERROR, "exrExport", what + " cannot be exported as EXR."));
                    }
                    return verdicts;
                });
    }

    private static List<Verdict> access(RenderRequest request, RuleContext context) {
        if (!request.hdr()) {
            return List.of();
        }
        return switch (context.hdrAccess()) {
            case GRANTED -> List.of();
            case UNKNOWN ->
                Verdict.warning(
                        true, "HDR needs an account with HDR access, which no provider lets one check beforehand.");
            case NONE -> Verdict.error(true, "The account has no HDR access.");
        };
    }

    private static List<Verdict> anchored(RenderRequest request) {
        boolean frames = !MediaSlot.frames(request).isEmpty();
        boolean alone = request.endFrame().isEmpty();
        return Verdict.warning(
                request.operation() == Operation.GENERATE && request.hdr() && frames,
                alone
                        ? "HDR may not work from a startFrame; it is sent as the same image as a keyframe at 0."
                        : "HDR may not work from a start and end frame.");
    }

    private static List<Verdict> standardParent(RenderRequest request, RuleContext context) {
        if (request.operation() != Operation.EXTEND) {
            return List.of();
        }
        Optional<RenderRequest> parent = context.parent()
                .or(() -> request.source().flatMap(context::recordOf).map(GenerationFacts::request));
        if (parent.isPresent()) {
            return Verdict.error(parent.get().hdr(), "The clip to extend is HDR, and cannot be extended.");
        }
        return Verdict.warning(
                request.source()
                        .filter(ref -> ref instanceof MediaRef.Generation)
                        .isPresent(),
                "Whether the clip to extend is HDR is not known; if it is, the extension fails.");
    }
}

package io.camelray.rules;

import static io.camelray.model.ProviderName.GMI;
import static io.camelray.model.ProviderName.LUMA;

import io.camelray.model.GenerationFacts;
import io.camelray.model.MediaRef;
import io.camelray.model.Operation;
import io.camelray.model.ProviderName;
import io.camelray.model.RenderRequest;
import io.camelray.model.Severity;
import io.camelray.rules.Rule.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What may follow from an earlier generation. */
final class ChainRules implements RuleFamily {

    private static final Set<ProviderName> CHAINING = Set.of(LUMA, GMI);
    private static final Pattern UUID =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    @Override
    public List<Rule> rules() {
        return List.of(
                Rule.error(
                        "R51",
                        Stage.REFERENCES,
                        Set.of(LUMA),
                        "source",
                        "A generation id is a UUID.",
                        "Use the id of the generation, such as d290f1ee-6c54-4b01-90e6-d701748f0851.",
                        (request, context) -> generations(request)
                                .filter(slot -> !UUID.matcher(id(slot)).matches())
                                .map(slot -> Verdict.of(
                                        Severity.ERROR,
                                        slot.field(),
                                        "'" + id(slot) + "' is not the id of a generation."))
                                .toList()),
                Rule.error(
                        "R60",
                        Stage.CROSS_FIELD,
                        CHAINING,
                        "startFrame",
                        "Nothing is interpolated from or to an earlier generation.",
                        "Use images, or extend the generation; between two frames, provider gmi also takes generations.",
                        ChainRules::interpolation),
                Rule.warning(
                        "R62",
                        Stage.REFERENCES,
                        CHAINING,
                        "source",
                        "What a step works on is a complete video of the same account.",
                        "Refer to a step of this campaign instead, or be sure of the generation.",
                        ChainRules::parents),
                Rule.error(
                        "R111",
                        Stage.REFERENCES,
                        CHAINING,
                        "source",
                        "What a step works on was made by the account that pays for the step.",
                        "Name a generation of this account, set account to the other one, or render it anew here.",
                        ChainRules::ofAnotherAccount),
                Rule.error(
                        "R68",
                        Stage.CROSS_FIELD,
                        Set.of(GMI),
                        "startFrame",
                        "One generation alone is extended; two ends are interpolated.",
                        "Use extend with source and direction, or generate with both frames.",
                        (request, context) -> classified(request)),
                Rule.warning(
                        "R69",
                        Stage.CROSS_FIELD,
                        Set.of(GMI),
                        "hdr",
                        "An interpolation with an earlier generation is of standard dynamic range.",
                        "Set hdr and exrExport to false.",
                        (request, context) -> Verdict.warning(
                                request.operation() == Operation.GENERATE
                                        && chainedFrames(request) > 0
                                        && (request.hdr() || request.exrExport()),
                                "HDR may be refused where a frame is an earlier generation, as it is on extend.")),
                Rule.warning(
                        "R85",
                        Stage.CROSS_FIELD,
                        CHAINING,
                        "startFrame",
                        "The guide frame of an edit is an image.",
                        "Use an image as startFrame.",
                        (request, context) -> Verdict.found(
                                request.operation() == Operation.EDIT
                                        && request.startFrame()
                                                .filter(MediaRef::isGeneration)
                                                .isPresent(),
                                context.provider() == GMI ? Severity.ERROR : Severity.WARNING,
                                "The startFrame of an edit is a guide image, not an earlier video.")));
    }

    private static Stream<MediaSlot> generations(RenderRequest request) {
        return MediaSlot.of(request).stream().filter(slot -> slot.ref() instanceof MediaRef.Generation);
    }

    private static String id(MediaSlot slot) {
        return ((MediaRef.Generation) slot.ref()).id();
    }

    private static long chainedFrames(RenderRequest request) {
        return MediaSlot.frames(request).stream()
                .filter(slot -> slot.ref().isGeneration())
                .count();
    }

    private static List<Verdict> interpolation(RenderRequest request, RuleContext context) {
        int frames = MediaSlot.frames(request).size();
        boolean luma = context.provider() == LUMA;
        boolean chained = request.operation() == Operation.GENERATE && chainedFrames(request) > 0;
        if (request.operation() == Operation.EXTEND && luma) {
            return Verdict.error(frames > 0, "An extension starts from one generation, without any other frame.");
        }
        if (luma) {
            return Verdict.error(
                    chained,
                    frames == 1
                            ? "An earlier generation is no frame of a new clip: it can only be extended."
                            : "Luma does not interpolate from or to an earlier generation.");
        }
        return Verdict.warning(
                chained && frames == 2,
                "GMI documents interpolation with an earlier generation, but Luma behind it may refuse it.");
    }

    private static List<Verdict> ofAnotherAccount(RenderRequest request, RuleContext context) {
        return generations(request)
                .flatMap(slot -> context
                        .recordOf(slot.ref())
                        .map(GenerationFacts::account)
                        .filter(account -> !account.equals(context.own().account()))
                        .map(account -> Verdict.of(
                                Severity.ERROR,
                                slot.field(),
                                "The generation was made by account '" + account + "'; '"
                                        + context.own().account() + "' cannot start from it."))
                        .stream())
                .toList();
    }

    private static List<Verdict> parents(RenderRequest request, RuleContext context) {
        if (request.operation() == Operation.EXTEND
                && request.source().filter(MediaRef::isGeneration).isEmpty()) {
            return List.of(new Verdict(
                    Severity.ERROR,
                    "source",
                    "Only an earlier generation can be extended.",
                    "Set source to an earlier step, or to the id of a generation."));
        }
        return generations(request)
                .filter(slot -> !slot.field().contains("keyframes"))
                .flatMap(slot -> parent(slot, context).stream())
                .toList();
    }

    private static Optional<Verdict> parent(MediaSlot slot, RuleContext context) {
        Optional<GenerationFacts> known = context.recordOf(slot.ref());
        if (known.isEmpty()) {
            return Optional.of(Verdict.of(
                    Severity.WARNING,
                    slot.field(),
                    "Whether the generation is complete, a video and this account's cannot be known beforehand."));
        }
        return known.filter(generation -> !generation.complete())
                .map(generation -> new Verdict(
                        Severity.ERROR,
                        slot.field(),
                        "The generation is not complete: its render is "
                                + generation.state().label() + ".",
                        "Wait until it is delivered, or make both steps of one campaign."));
    }

    private static List<Verdict> classified(RenderRequest request) {
        int frames = MediaSlot.frames(request).size();
        boolean lonely = request.operation() == Operation.GENERATE && frames == 1 && chainedFrames(request) == 1;
        boolean crowded = request.operation() == Operation.EXTEND && frames > 0;
        return Verdict.error(
                lonely || crowded,
                lonely
                        ? "One earlier generation and no other frame is an extension, not a new clip."
                        : "An extension starts from one generation, without any other frame.");
    }
}

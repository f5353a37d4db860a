package io.camelray.rules;

import io.camelray.model.Capability;
import io.camelray.model.Labelled;
import io.camelray.model.Operation;
import io.camelray.model.ProviderName;
import io.camelray.model.RenderRequest;
import io.camelray.model.Severity;
import io.camelray.rules.Rule.Verdict;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Who offers what. */
final class OperationRules implements RuleFamily {

    private static final Set<Capability> OPERATIONS =
            EnumSet.of(Capability.EXTEND, Capability.EDIT, Capability.REFRAME);
    /** What rules of their own say more exactly: R24, R60, R90, R92. */
    private static final Map<ProviderName, Set<Capability>> TOLD_ELSEWHERE = Map.of(
            ProviderName.LUMA, EnumSet.of(Capability.INTERPOLATE_GENERATIONS),
            ProviderName.GMI, EnumSet.of(Capability.DRAFT_360P, Capability.SOURCE_BY_URL, Capability.EDIT_KEYFRAMES),
            ProviderName.REPLICATE, EnumSet.of(Capability.DRAFT_360P));

    @Override
    public List<Rule> rules() {
        return List.of(Rule.error(
                "R13",
                Stage.ENUMS,
                Rule.ALL,
                "operation",
                "The provider offers what is asked for.",
                "Choose a provider that offers it.",
                OperationRules::offered));
    }

    private static List<Verdict> offered(RenderRequest request, RuleContext context) {
        ProviderName provider = context.provider();
        Set<Capability> missing = EnumSet.copyOf(Capability.of(request));
        missing.removeIf(capability ->
                capability.isOffered(provider) || TOLD_ELSEWHERE.get(provider).contains(capability));
        Set<Capability> told = EnumSet.noneOf(Capability.class);
        told.addAll(missing);
        told.retainAll(OPERATIONS);
        return (told.isEmpty() ? missing : told)
                .stream()
                        .map(capability -> verdict(capability, request, provider))
                        .toList();
    }

    private static Verdict verdict(Capability capability, RenderRequest request, ProviderName provider) {
        Operation operation = request.operation();
        String what = OPERATIONS.contains(capability) ? "the operation " + operation.label() : capability.label();
        String others = capability.providers().stream().map(Labelled::label).collect(Collectors.joining(" and "));
        return new Verdict(
                Severity.ERROR,
                field(capability, request),
                "Provider '" + provider.label() + "' does not offer " + what + "; " + others
                        + (capability.providers().size() == 1 ? " does." : " do."),
                "Set provider to "
                        + capability.providers().stream().map(Labelled::label).collect(Collectors.joining(" or "))
                        + ".");
    }

    private static String field(Capability capability, RenderRequest request) {
        return switch (capability) {
            case KEYFRAMES -> "keyframes";
            case EDIT_KEYFRAMES -> "edit/keyframes";
            case SOURCE_POSITION -> "sourcePosition";
            case SOURCE_BY_URL -> "source";
            case DRAFT_360P -> "resolution";
            case HDR -> "hdr";
            case LOOP -> "loop";
            case EDIT_GUIDE_FRAME -> "startFrame";
            case IMAGE_TO_VIDEO, INTERPOLATE_GENERATIONS ->
                MediaSlot.frames(request).get(0).field();
            case TEXT_TO_VIDEO, EXTEND, EDIT, REFRAME, CANCEL, LIST, FRESH_URL, WEBHOOK, THUMBNAIL -> "operation";
        };
    }
}

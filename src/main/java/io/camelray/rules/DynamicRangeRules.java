package io.camelray.rules;

import static io.camelray.model.ProviderName.GMI;
import static io.camelray.model.ProviderName.LUMA;

import io.camelray.model.ProviderName;
import io.camelray.model.RenderRequest;
import io.camelray.model.Resolution;
import io.camelray.model.Severity;
import io.camelray.rules.Rule.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What HDR and EXR need. */
final class DynamicRangeRules implements RuleFamily {

    @Override
    public List<Rule> rules() {
        return List.of(
                new Rule(
                        "R40",
                        Severity.ERROR,
                        Stage.CROSS_FIELD,
                        Set.of(ProviderName.values()),
                        "hdr",
                        "HDR needs 720p or 1080p.",
                        "Set resolution to 720p or 1080p, or hdr to false.",
                        (Rule.RequestCheck) (request, context) -> Verdict.error(
                                request.hdr() && request.resolution().lines() < Resolution.P720.lines(),
                                "HDR does not exist at " + request.resolution().label() + ".")),
                new Rule(
                        "R41",
                        Severity.ERROR,
                        Stage.CROSS_FIELD,
                        Set.of(ProviderName.values()),
                        "exrExport",
                        "An EXR export needs HDR.",
                        "Set hdr to true, or exrExport to false.",
                        (Rule.RequestCheck) (request, context) -> Verdict.error(
                                request.exrExport() && !request.hdr(), "An EXR export is made from HDR only.")),
                new Rule(
                        "R44",
                        Severity.WARNING,
                        Stage.ACCOUNT,
                        Set.of(LUMA, GMI),
                        "hdr",
                        "The account has HDR access.",
                        "Ask the provider for HDR access, or set hdr to false.",
                        (Rule.RequestCheck) DynamicRangeRules::access));
    }

    private static Optional<Verdict> access(RenderRequest request, RuleContext context) {
        if (!request.hdr()) {
            return Optional.empty();
        }
        return switch (context.hdrAccess()) {
            case GRANTED -> Optional.empty();
            case UNKNOWN ->
                Verdict.warning(
                        true, "HDR needs an account with HDR access, which no provider lets one check beforehand.");
            case NONE -> Verdict.error(true, "The account has no HDR access.");
        };
    }
}

package io.camelray.rules;

import io.camelray.model.Operation;
import io.camelray.model.ProviderName;
import io.camelray.model.Severity;
import io.camelray.rules.Rule.Verdict;
import java.util.List;
import java.util.Set;

/** What can loop. */
final class LoopRules implements RuleFamily {

    @Override
    public List<Rule> rules() {
        return List.of(
                new Rule(
                        "R36",
                        Severity.ERROR,
                        Stage.CROSS_FIELD,
                        Set.of(ProviderName.LUMA),
                        "loop",
                        "Only generate and extend can loop.",
                        "Remove loop from this step.",
                        (Rule.RequestCheck) (request, context) -> Verdict.error(
                                request.loop()
                                        && request.operation() != Operation.GENERATE
                                        && request.operation() != Operation.EXTEND,
                                "The operation " + request.operation().label() + " cannot loop.")),
                new Rule(
                        "R37",
                        Severity.ERROR,
                        Stage.CROSS_FIELD,
                        Set.of(ProviderName.values()),
                        "loop",
                        "A loop is not HDR.",
                        "Set either loop or hdr to false.",
                        (Rule.RequestCheck) (request, context) ->
                                Verdict.error(request.loop() && request.hdr(), "A loop cannot be HDR.")));
    }
}

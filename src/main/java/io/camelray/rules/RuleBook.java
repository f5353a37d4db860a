package io.camelray.rules;

import io.camelray.model.ProviderName;
import io.camelray.model.RenderRequest;
import java.util.List;
import java.util.Optional;

/** All rules, in the order in which they are told. */
public final class RuleBook {

    private final List<Rule> rules;

    private RuleBook(List<RuleFamily> families) {
        this.rules = families.stream()
                .flatMap(family -> family.rules().stream())
                .sorted((a, b) -> a.stage().compareTo(b.stage()))
                .toList();
    }

    /** The rules as they ship. */
    public static RuleBook standard() {
        return new RuleBook(List.of(
                new PromptRules(),
                new OperationRules(),
                new FormatRules(),
                new LengthRules(),
                new LoopRules(),
                new DynamicRangeRules()));
    }

    /** The catalogue. */
    public List<Rule> all() {
        return rules;
    }

    /** Every rule about whole requests that this one breaks at this provider. */
    public List<Finding> check(RenderRequest request, RuleContext context) {
        return rules.stream()
                .filter(rule -> rule.appliesTo(context.provider()))
                .flatMap(rule -> find(rule, request, context).stream())
                .toList();
    }

    /** The rule that what is written in a field breaks before it can become part of a request. */
    public Optional<Finding> checkValue(String field, String written, ProviderName provider) {
        return rules.stream()
                .filter(rule -> rule.field().equals(field) && rule.appliesTo(provider))
                .flatMap(rule -> find(rule, written).stream())
                .findFirst();
    }

    private static Optional<Finding> find(Rule rule, RenderRequest request, RuleContext context) {
        if (rule.check() instanceof Rule.RequestCheck check) {
            return check.check(request, context)
                    .map(verdict -> new Finding(rule, verdict.severity(), verdict.message()));
        }
        return Optional.empty();
    }

    private static Optional<Finding> find(Rule rule, String written) {
        if (rule.check() instanceof Rule.ValueCheck check) {
            return check.check(written).map(message -> new Finding(rule, rule.severity(), message));
        }
        return Optional.empty();
    }
}

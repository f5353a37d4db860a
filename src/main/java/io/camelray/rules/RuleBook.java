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
                new RatioRules(),
                new LengthRules(),
                new LoopRules(),
                new DynamicRangeRules(),
                new ShapeRules(),
                new KeyframeRules(),
                new ChainRules(),
                new EditRules(),
                new ReframeRules(),
                new SourceRules(),
                new UrlRules(),
                new ImageRules()));
    }

    /** The catalogue. */
    public List<Rule> all() {
        return rules;
    }

    /** What becomes of the fact sheet's other rules. */
    public List<RuleNote> notes() {
        return RuleNotes.all();
    }

    /** Whether the provider itself would accept what this rule refuses, ignore it, or fail only later. */
    public boolean isOursAlone(Rule rule, ProviderName provider) {
        return RuleNotes.ours(provider).contains(rule.id());
    }

    /** Everything that is wrong with this request at this provider. */
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

    private static List<Finding> find(Rule rule, RenderRequest request, RuleContext context) {
        return rule.check() instanceof Rule.RequestCheck check
                ? check.check(request, context).stream().map(rule::find).toList()
                : List.of();
    }

    private static Optional<Finding> find(Rule rule, String written) {
        return rule.check() instanceof Rule.ValueCheck check
                ? check.check(written)
                        .map(message -> rule.find(Rule.Verdict.of(rule.severity(), rule.field(), message)))
                : Optional.empty();
    }
}

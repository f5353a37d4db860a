package io.camelray.rules;

import io.camelray.model.ProviderName;
import io.camelray.model.RenderRequest;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** All rules, in the order in which they are told. */
public final class RuleBook {

    private final List<Rule> rules;
    private final Map<ProviderName, List<Applied>> ofPrompts = new EnumMap<>(ProviderName.class);
    private final Map<ProviderName, List<Applied>> ofTheRest = new EnumMap<>(ProviderName.class);

    /** A rule about whole requests at one provider. */
    private record Applied(Rule rule, Rule.RequestCheck check) {}

    private RuleBook(List<RuleFamily> families) {
        this.rules = families.stream()
                .flatMap(family -> family.rules().stream())
                .sorted((a, b) -> a.stage().compareTo(b.stage()))
                .toList();
        for (ProviderName provider : ProviderName.values()) {
            ofPrompts.put(provider, applied(provider, rule -> rule.field().equals(PromptRules.FIELD)));
            ofTheRest.put(provider, applied(provider, rule -> !rule.field().equals(PromptRules.FIELD)));
        }
    }

    private List<Applied> applied(ProviderName provider, Predicate<Rule> wanted) {
        return rules.stream()
                .filter(rule -> rule.appliesTo(provider) && wanted.test(rule))
                .flatMap(rule -> rule.check() instanceof Rule.RequestCheck check
                        ? Stream.of(new Applied(rule, check))
                        : Stream.empty())
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
        List<Finding> ofPrompt = checkPrompt(request, context);
        List<Finding> ofTheRest = checkAllButPrompt(request, context);
        if (ofPrompt.isEmpty() || ofTheRest.isEmpty()) {
            return ofPrompt.isEmpty() ? ofTheRest : ofPrompt;
        }
        List<Finding> all = new ArrayList<>(ofPrompt);
        all.addAll(ofTheRest);
        return List.copyOf(all);
    }

    /** What is wrong with the request's prompt. */
    public List<Finding> checkPrompt(RenderRequest request, RuleContext context) {
        return findings(ofPrompts.get(context.provider()), request, context);
    }

    /** What is wrong with anything else: the same for all requests that differ in nothing but their prompts. */
    public List<Finding> checkAllButPrompt(RenderRequest request, RuleContext context) {
        return findings(ofTheRest.get(context.provider()), request, context);
    }

    private static List<Finding> findings(List<Applied> rules, RenderRequest request, RuleContext context) {
        List<Finding> found = List.of();
        for (Applied applied : rules) {
            List<Rule.Verdict> verdicts = applied.check().check(request, context);
            if (!verdicts.isEmpty()) {
                found = found.isEmpty() ? new ArrayList<>() : found;
                for (Rule.Verdict verdict : verdicts) {
                    found.add(applied.rule().find(verdict));
                }
            }
        }
        return found;
    }

    /** The rule that what is written in a field breaks before it can become part of a request. */
    public Optional<Finding> checkValue(String field, String written, ProviderName provider) {
        return rules.stream()
                .filter(rule -> rule.field().equals(field) && rule.appliesTo(provider))
                .flatMap(rule -> find(rule, written).stream())
                .findFirst();
    }

    private static Optional<Finding> find(Rule rule, String written) {
        return rule.check() instanceof Rule.ValueCheck check
                ? check.check(written)
                        .map(message -> rule.find(Rule.Verdict.of(rule.severity(), rule.field(), message)))
                : Optional.empty();
    }
}

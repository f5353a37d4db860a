package io.camelray.rules;

import static io.camelray.model.ProviderName.REPLICATE;

import io.camelray.model.ProviderName;
import io.camelray.model.RenderRequest;
import io.camelray.model.Severity;
import io.camelray.rules.Rule.Verdict;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What a prompt must be. */
final class PromptRules implements RuleFamily {

    private static final int LONGEST = 6000;
    private static final Set<ProviderName> ALL = Set.of(ProviderName.values());

    @Override
    public List<Rule> rules() {
        return List.of(
                new Rule(
                        "R06",
                        Severity.ERROR,
                        Stage.ENVELOPE,
                        ALL,
                        "prompt",
                        "A prompt has 1 to 6000 characters.",
                        "Write a prompt of 1 to 6000 characters.",
                        (Rule.RequestCheck) PromptRules::length),
                new Rule(
                        "R07",
                        Severity.WARNING,
                        Stage.ENVELOPE,
                        ALL,
                        "prompt",
                        "A prompt is not only white space.",
                        "Describe what the video should show.",
                        (Rule.RequestCheck) (request, context) -> Verdict.warning(
                                !request.prompt().isEmpty() && request.prompt().isBlank(),
                                "The prompt is only white space.")));
    }

    private static Optional<Verdict> length(RenderRequest request, RuleContext context) {
        String prompt = request.prompt();
        if (prompt.isEmpty()) {
            return Verdict.error(true, "The prompt is missing or empty.");
        }
        int characters = prompt.codePointCount(0, prompt.length());
        if (characters > LONGEST) {
            String message = String.format(
                    Locale.ROOT, "The prompt has %d characters; at most %d are taken.", characters, LONGEST);
            return Optional.of(
                    new Verdict(context.provider() == REPLICATE ? Severity.WARNING : Severity.ERROR, message));
        }
        return Verdict.warning(
                prompt.length() > LONGEST,
                "The prompt has at most " + LONGEST
                        + " characters, but more than that when emoji and the like are counted twice, as the provider might.");
    }
}

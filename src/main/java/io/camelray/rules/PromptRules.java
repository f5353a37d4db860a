package io.camelray.rules;

import static io.camelray.model.ProviderName.REPLICATE;

import io.camelray.model.RenderRequest;
import io.camelray.model.Severity;
import io.camelray.rules.Rule.Verdict;
import java.util.List;
import java.util.Locale;

/** What a prompt must be. */
final class PromptRules implements RuleFamily {

    static final String FIELD = "prompt";

    private static final int LONGEST = 6000;

    @Override
    public List<Rule> rules() {
        return List.of(
                Rule.error(
                        "R06",
                        Stage.ENVELOPE,
                        Rule.ALL,
                        FIELD,
                        "A prompt has 1 to 6000 characters.",
                        "Write a prompt of 1 to 6000 characters.",
                        PromptRules::length),
                Rule.warning(
                        "R07",
                        Stage.ENVELOPE,
                        Rule.ALL,
                        FIELD,
                        "A prompt is not only white space.",
                        "Describe what the video should show.",
                        (request, context) -> Verdict.warning(
                                !request.prompt().isEmpty() && request.prompt().isBlank(),
                                "The prompt is only white space.")));
    }

    private static List<Verdict> length(RenderRequest request, RuleContext context) {
        String prompt = request.prompt();
        if (prompt.isEmpty()) {
            return Verdict.error(true, "The prompt is missing or empty.");
        }
        int characters = prompt.codePointCount(0, prompt.length());
        if (characters > LONGEST) {
            String message = String.format(
                    Locale.ROOT, "The prompt has %d characters; at most %d are taken.", characters, LONGEST);
            return Verdict.found(true, context.provider() == REPLICATE ? Severity.WARNING : Severity.ERROR, message);
        }
        return prompt.length() <= LONGEST
                ? List.of()
                : Verdict.warning(
                        true,
                        "The prompt has at most " + LONGEST
                                + " characters, but more than that when emoji and the like are counted twice, as the provider might.");
    }
}

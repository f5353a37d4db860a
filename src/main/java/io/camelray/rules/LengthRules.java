package io.camelray.rules;

import io.camelray.model.ClipLength;
import io.camelray.model.ProviderName;
import io.camelray.model.RenderRequest;
import io.camelray.model.Severity;
import io.camelray.rules.Rule.Verdict;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** What a clip of 10 s cannot be. */
final class LengthRules implements RuleFamily {

    @Override
    public List<Rule> rules() {
        return List.of(
                fiveSecondsOnly("R29", "hdr", "HDR", RenderRequest::hdr),
                fiveSecondsOnly("R30", "loop", "a loop", RenderRequest::loop));
    }

    private static Rule fiveSecondsOnly(String id, String field, String what, Predicate<RenderRequest> asked) {
        return new Rule(
                id,
                Severity.ERROR,
                Stage.CROSS_FIELD,
                Set.of(ProviderName.values()),
                field,
                "A clip of 10s cannot be " + what + ".",
                "Set duration to 5s, or " + field + " to false.",
                (Rule.RequestCheck) (request, context) -> Verdict.error(
                        request.length() == ClipLength.TEN_SECONDS && asked.test(request),
                        "A clip of 10s cannot be " + what + "; that exists for 5s only."));
    }
}

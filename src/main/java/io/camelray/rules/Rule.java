package io.camelray.rules;

import io.camelray.model.ProviderName;
import io.camelray.model.RenderRequest;
import io.camelray.model.Severity;
import java.util.Optional;
import java.util.Set;

/**
 * One validation rule.
 *
 * @param id its id in the fact sheet
 * @param severity how much it matters; a check may say otherwise for one provider or account
 * @param field the manifest field that one would change to satisfy it; nested fields are separated by a slash
 * @param says what must hold, one sentence
 * @param remedy what would be accepted, one sentence
 */
public record Rule(
        String id,
        Severity severity,
        Stage stage,
        Set<ProviderName> providers,
        String field,
        String says,
        String remedy,
        Check check) {

    /** How a rule looks at what was asked for. */
    public sealed interface Check {}

    /** Looks at one field as it is written, before it can become part of a request. */
    @FunctionalInterface
    public non-sealed interface ValueCheck extends Check {
        /** What is wrong with this text, or empty. */
        Optional<String> check(String written);
    }

    /** Looks at a whole request. */
    @FunctionalInterface
    public non-sealed interface RequestCheck extends Check {
        /** What is wrong with this request, or empty. */
        Optional<Verdict> check(RenderRequest request, RuleContext context);
    }

    /** Why a request breaks a rule, and how much that matters. */
    public record Verdict(Severity severity, String message) {

        static Optional<Verdict> error(boolean broken, String message) {
            return broken ? Optional.of(new Verdict(Severity.ERROR, message)) : Optional.empty();
        }

        static Optional<Verdict> warning(boolean broken, String message) {
            return broken ? Optional.of(new Verdict(Severity.WARNING, message)) : Optional.empty();
        }
    }

    boolean appliesTo(ProviderName provider) {
        return providers.contains(provider);
    }
}

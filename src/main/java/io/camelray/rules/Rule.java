package io.camelray.rules;

import io.camelray.model.ProviderName;
import io.camelray.model.RenderRequest;
import io.camelray.model.Severity;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One validation rule.
 *
 * @param id its id in the fact sheet, or a name of our own
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

    static final Set<ProviderName> ALL = Set.of(ProviderName.values());

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
        /** Everything that is wrong with this request. */
        List<Verdict> check(RenderRequest request, RuleContext context);
    }

    /**
     * Why a request breaks a rule, and how much that matters.
     *
     * @param field where; empty for the rule's own field
     * @param remedy what would be accepted; empty for the rule's own remedy
     */
    public record Verdict(Severity severity, String field, String message, String remedy) {

        static List<Verdict> error(boolean broken, String message) {
            return found(broken, Severity.ERROR, message);
        }

        static List<Verdict> warning(boolean broken, String message) {
            return found(broken, Severity.WARNING, message);
        }

        static List<Verdict> found(boolean broken, Severity severity, String message) {
            return broken ? List.of(of(severity, "", message)) : List.of();
        }

        static Verdict of(Severity severity, String field, String message) {
            return new Verdict(severity, field, message, "");
        }
    }

    /** A rule about whole requests; its severity is an error. */
    static Rule error(
            String id,
            Stage stage,
            Set<ProviderName> providers,
            String field,
            String says,
            String remedy,
            RequestCheck check) {
        return new Rule(id, Severity.ERROR, stage, providers, field, says, remedy, check);
    }

    /** A rule about whole requests; its severity is a warning. */
    static Rule warning(
            String id,
            Stage stage,
            Set<ProviderName> providers,
            String field,
            String says,
            String remedy,
            RequestCheck check) {
        return new Rule(id, Severity.WARNING, stage, providers, field, says, remedy, check);
    }

    boolean appliesTo(ProviderName provider) {
        return providers.contains(provider);
    }

    Finding find(Verdict verdict) {
        return new Finding(
                this,
                verdict.severity(),
                verdict.field().isEmpty() ? field : verdict.field(),
                verdict.message(),
                verdict.remedy().isEmpty() ? remedy : verdict.remedy());
    }
}

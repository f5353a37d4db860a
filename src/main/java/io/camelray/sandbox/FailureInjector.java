package io.camelray.sandbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/** Decides, occasion by occasion, which rule of the plan strikes. Counts per rule; safe for many threads. */
final class FailureInjector {

    private final List<Counter> counters = new ArrayList<>();

    FailureInjector(FailurePlan plan) {
        plan.rules().forEach(rule -> counters.add(new Counter(rule)));
    }

    /** The first rule that strikes among those whose action is wanted here. */
    synchronized Optional<FailureRule> next(FailureStage stage, Subject subject, Predicate<FailureAction> wanted) {
        for (Counter counter : counters) {
            FailureRule rule = counter.rule;
            if (rule.on() == stage && wanted.test(rule.action()) && counter.strikes(subject)) {
                return Optional.of(rule);
            }
        }
        return Optional.empty();
    }

    Optional<FailureRule> next(FailureStage stage, Subject subject) {
        return next(stage, subject, action -> true);
    }

    /** What a rule can match on. Empty text where the request does not say. */
    record Subject(String prompt, String resolution, String type, String provider) {}

    private static final class Counter {

        private final FailureRule rule;
        private int seen;
        private int struck;

        Counter(FailureRule rule) {
            this.rule = rule;
        }

        boolean strikes(Subject subject) {
            if (!fits(subject)) {
                return false;
            }
            seen++;
            boolean due = seen >= rule.match().nth() && seen % rule.match().every() == 0;
            boolean left = rule.times() == FailureRule.ALWAYS || struck < rule.times();
            if (due && left) {
                struck++;
                return true;
            }
            return false;
        }

        private boolean fits(Subject subject) {
            FailureRule.Match match = rule.match();
            return match.promptContains()
                            .map(part ->
                                    subject.prompt().toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT)))
                            .orElse(true)
                    && match.resolution().map(subject.resolution()::equals).orElse(true)
                    && match.type().map(subject.type()::equals).orElse(true)
                    && match.provider().map(subject.provider()::equals).orElse(true);
        }
    }
}

package io.camelray.sandbox;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * One rule of an API: when it is broken, and what the refusal says.
 *
 * @param id its number in the project's list of rules
 */
record RequestRule<T>(String id, Predicate<T> broken, Function<T, String> message) {

    static <T> RequestRule<T> of(String id, Predicate<T> broken, String message) {
        return new RequestRule<>(id, broken, request -> message);
    }

    /** What the first broken rule says. */
    static <T> Optional<String> firstBroken(List<RequestRule<T>> rules, T request) {
        return rules.stream()
                .filter(rule -> rule.broken().test(request))
                .findFirst()
                .map(rule -> rule.message().apply(request));
    }
}

package io.camelray.rules;

import io.camelray.model.Severity;

/**
 * A rule that a request breaks.
 *
 * @param severity the rule's own, unless the provider or the account changes it
 * @param field the manifest field it is about, more exactly than the rule can say: {@code keyframes/3/at}
 * @param message what is wrong and why, one sentence
 * @param remedy what would be accepted, one sentence
 */
public record Finding(Rule rule, Severity severity, String field, String message, String remedy) {}

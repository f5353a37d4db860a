package io.camelray.rules;

import io.camelray.model.Severity;

/**
 * A rule that a request breaks.
 *
 * @param severity the rule's own, unless the provider or the account changes it
 * @param message what is wrong and why, one sentence
 */
public record Finding(Rule rule, Severity severity, String message) {}

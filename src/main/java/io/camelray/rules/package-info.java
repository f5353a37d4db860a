/**
 * The validation rules of the providers, one class per family, each rule under its id in the fact sheet. Other rooms use
 * {@link io.camelray.rules.RuleBook}, the {@link io.camelray.rules.Rule}s that it lists and the findings that it gives.
 * A rule is a pure function of one request and its {@link io.camelray.rules.RuleContext}: it never reads a manifest, a file
 * or a network.
 */
package io.camelray.rules;

/**
 * From a manifest to a plan: reading, schema, expansion, rules, keys, prices, and the hand-over to the ledger. Other rooms
 * use {@link io.camelray.intake.Planner} with its settings, results and preview, {@link io.camelray.intake.AdHocPlan} for
 * single requests, and {@link io.camelray.intake.RejectionReport}. It never calls a provider, never interprets a manifest's text as an
 * expression, and accepts nothing of a manifest that has one error.
 */
package io.camelray.intake;

/**
 * What a render costs: one dated price book per provider, read from data. Other rooms ask
 * {@link io.camelray.pricing.PriceBooks}. A price that is not in the book is unknown: it is never derived by a multiplier
 * and never defaulted.
 */
package io.camelray.pricing;

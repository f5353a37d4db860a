/**
 * The way of an output from its URL into the user's storage: spool, verification, proof, sidecars, reports, dead
 * letters. Other rooms use {@link io.camelray.delivery.Securing}, {@link io.camelray.delivery.Proving},
 * {@link io.camelray.delivery.CampaignReporter} and {@link io.camelray.delivery.DeadLetter} with what these are built
 * from. Nothing here stores a broken file under its final name, changes a byte of an output, or says that something is
 * delivered before the destination was asked.
 */
package io.camelray.delivery;

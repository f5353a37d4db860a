/**
 * The durable record of campaigns, renders, attempts, outputs, money and history: the only truth. Other rooms use
 * {@link io.camelray.ledger.Ledger} and the records it speaks in; its SQL stays in here. It never calls a provider,
 * never touches an output's bytes and never decides policy: rules that need a decision are handed to it.
 */
package io.camelray.ledger;

package io.camelray.ledger;

import io.camelray.ledger.SubmissionLedger.AccountRegistration;

/**
 * Everything that the ledger knows of an account at one moment.
 *
 * @param registered with the limits that are configured
 * @param learned what is believed at the moment
 * @param use with the limits that apply
 */
public record AccountState(AccountRegistration registered, LearnedLimits learned, AccountUse use) {}

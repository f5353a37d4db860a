package io.camelray.engine;

import io.camelray.ledger.SubmissionLedger;
import io.camelray.model.AttemptToken;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Pauses an account that is at fault, and says so once for each fault, however many renders meet it. Thread-safe. */
final class AccountAlerts {

    private static final Logger LOG = LoggerFactory.getLogger(AccountAlerts.class);

    private final SubmissionLedger ledger;
    private final Duration creditRecheck;

    /** @param creditRecheck after how long an account without credit first tries again */
    AccountAlerts(SubmissionLedger ledger, Duration creditRecheck) {
        this.ledger = ledger;
        this.creditRecheck = creditRecheck;
    }

    /** A person has to mend the account. */
    void fault(String account, String reason) {
        if (ledger.recordAccountFault(account, reason)) {
            tell(account, reason);
        }
    }

    /** The same, and the attempt's render is planned again. */
    void fault(String account, AttemptToken attempt, String reason) {
        if (ledger.recordAccountFault(attempt, reason)) {
            tell(account, reason);
        }
    }

    /** The attempt was refused for want of credit, which is free: the account finds out by itself when there is some. */
    void noCredit(String account, AttemptToken attempt, String reason) {
        if (ledger.recordLackOfCredit(attempt, reason, creditRecheck)) {
            LOG.error(
                    "Account {} is paused: {}. Its renders wait; it tries again by itself with one render after {} s, then"
                            + " ever more rarely, or at once after: camel-ray resume account:{}",
                    account,
                    reason,
                    creditRecheck.toSeconds(),
                    account);
        }
    }

    private static void tell(String account, String reason) {
        LOG.error(
                "Account {} is paused: {}. Its renders wait; mend it, then start again, or: camel-ray resume account:{}",
                account,
                reason,
                account);
    }
}

package io.camelray.component;

import io.camelray.delivery.CampaignDigest;
import io.camelray.ledger.AccountUse;
import io.camelray.ledger.Ledger;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sees when an account is paused while the program runs, and writes a digest of it. One thread. */
final class Digests {

    private static final Logger LOG = LoggerFactory.getLogger(Digests.class);

    private final Ledger ledger;
    private final CampaignDigest digest;
    private final Set<String> paused = new HashSet<>();

    Digests(Ledger ledger, CampaignDigest digest) {
        this.ledger = ledger;
        this.digest = digest;
    }

    void look() {
        for (AccountUse use : ledger.accounts()) {
            if (use.pausedFor().isEmpty()) {
                paused.remove(use.account());
            } else if (paused.add(use.account())) {
                tell(use.account(), use.pausedFor().get());
            }
        }
    }

    private void tell(String account, String reason) {
        try {
            digest.paused(account, reason);
        } catch (IOException e) {
            LOG.warn("The digest of account {} cannot be written: {}", account, e.getMessage());
        }
    }
}

package io.camelray.component;

import io.camelray.delivery.CampaignDigest;
import io.camelray.ledger.AccountUse;
import io.camelray.ledger.Ledger;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sees which accounts are paused, and takes what digests are to be sent and no other node sends. One thread. */
final class Digests {

    /** Longer than it takes to send one; the heartbeat extends it. */
    static final Duration LEASE = Duration.ofMinutes(2);

    private static final Logger LOG = LoggerFactory.getLogger(Digests.class);
    private static final int AT_ONCE = 20;

    private final Ledger ledger;
    private final CampaignDigest digest;
    /** What is known not to be paused, so that the ledger is not asked each time. */
    private final Set<String> mended = new HashSet<>();

    private boolean fails;

    Digests(Ledger ledger, CampaignDigest digest) {
        this.ledger = ledger;
        this.digest = digest;
    }

    void look() {
        for (AccountUse use : ledger.accounts()) {
            if (use.pausedFor().isPresent()) {
                mended.remove(use.account());
                digest.paused(use.account(), use.pausedFor().get());
            } else if (mended.add(use.account())) {
                digest.mended(use.account());
            }
        }
        write();
    }

    private void write() {
        try {
            digest.write(AT_ONCE, LEASE);
            fails = false;
        } catch (IOException e) {
            if (!fails) {
                LOG.warn("Digests cannot be written into the folder notify, that is tried again: {}", e.getMessage());
            }
            fails = true;
        }
    }
}

package io.camelray.web;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelray.ledger.LedgerViews;
import io.camelray.ledger.LedgerViews.CampaignStatus;
import io.camelray.ledger.OperatorException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What waits in a campaign, and why. All of its renders are read for that, so an answer is kept until something changes. */
final class CampaignDetails {

    private static final int KEPT = 50;

    private final LedgerViews ledger;
    private final StatusDocument document;
    private final Map<String, Known> known = new LinkedHashMap<>();

    CampaignDetails(LedgerViews ledger, Map<String, AccountAccess> accounts) {
        this.ledger = ledger;
        this.document = new StatusDocument(ledger, accounts);
    }

    private record Known(int revision, long changes, JsonNode details) {}

    /** One at a time: readers that ask for the same share the work. @throws OperatorException if there is none */
    synchronized JsonNode of(String campaign) {
        CampaignStatus status = ledger.campaign(campaign)
                .orElseThrow(() -> new OperatorException("There is no campaign '" + campaign + "'"));
        Known before = known.remove(campaign);
        Known now = before != null && before.revision() == status.revision() && before.changes() == status.changes()
                ? before
                : new Known(
                        status.revision(),
                        status.changes(),
                        document.of(Optional.of(campaign)).path("campaigns").path(0));
        if (known.size() >= KEPT) {
            known.remove(known.keySet().iterator().next());
        }
        known.put(campaign, now);
        return now.details();
    }
}

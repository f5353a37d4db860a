package io.camelray.delivery;

import io.camelray.ledger.LedgerViews;
import io.camelray.ledger.LedgerViews.CampaignStatus;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the reports that are due. */
public final class CampaignReporter {

    private static final Logger LOG = LoggerFactory.getLogger(CampaignReporter.class);

    private final LedgerViews views;
    private final CampaignReport report;
    private final Optional<RunManifest> manifest;
    /** Campaigns whose report is written while their manifest waits for its destination, with what the report knew. */
    private final Map<String, Long> written = new HashMap<>();

    private final CampaignDigest digest;

    public CampaignReporter(LedgerViews views, CampaignReport report, CampaignDigest digest) {
        this(views, report, Optional.empty(), digest);
    }

    /** @param manifest also written to where the campaign delivers */
    public CampaignReporter(
            LedgerViews views, CampaignReport report, Optional<RunManifest> manifest, CampaignDigest digest) {
        this.views = views;
        this.report = report;
        this.manifest = manifest;
        this.digest = digest;
    }

    /**
     * Writes the report of every settled campaign that has none, or whose report is no longer true. A campaign whose report
     * cannot be written is tried again next time and holds up no other.
     */
    public void writeDue() {
        for (CampaignStatus status : views.unreported()) {
            try {
                if (!Long.valueOf(status.changes()).equals(written.get(status.campaign()))) {
                    report.write(status);
                    digest.settled(status);
                    written.put(status.campaign(), status.changes());
                }
                if (manifest.isEmpty() || manifest.get().write(status)) {
                    views.recordReported(status);
                    written.remove(status.campaign());
                }
            } catch (IOException | IllegalArgumentException e) {
                LOG.warn("The report of campaign {} cannot be written: {}", status.campaign(), e.toString());
            }
        }
    }
}

package io.camelray.delivery;

import io.camelray.ledger.LedgerViews;
import io.camelray.ledger.LedgerViews.CampaignStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the reports that are due. */
public final class CampaignReporter {

    private static final Logger LOG = LoggerFactory.getLogger(CampaignReporter.class);

    private final LedgerViews views;
    private final CampaignReport report;

    private final CampaignDigest digest;

    public CampaignReporter(LedgerViews views, CampaignReport report, CampaignDigest digest) {
        this.views = views;
        this.report = report;
        this.digest = digest;
    }

    /**
     * Writes the report of every settled campaign that has none, or whose report is no longer true. A campaign whose report
     * cannot be written is tried again next time and holds up no other.
     *
     * @return the files written
     */
    public List<Path> writeDue() {
        List<Path> written = new ArrayList<>();
        for (CampaignStatus status : views.unreported()) {
            try {
                written.addAll(report.write(status));
                digest.settled(status);
                views.recordReported(status);
            } catch (IOException | IllegalArgumentException e) {
                LOG.warn("The report of campaign {} cannot be written: {}", status.campaign(), e.toString());
            }
        }
        return written;
    }
}

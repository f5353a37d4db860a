package io.camelray.cli;

import io.camelray.ledger.LedgerViews;
import io.camelray.ledger.LedgerViews.CampaignStatus;
import io.camelray.model.Money;
import io.camelray.model.RenderState;
import java.io.PrintWriter;
import java.util.List;

/** Shows how far the work is: a bar that moves on a terminal, else a line whenever something changed. */
final class ProgressLine {

    private static final int WIDTH = 30;

    private final LedgerViews ledger;
    private final PrintWriter out;
    private final boolean terminal;
    private String last = "";

    ProgressLine(LedgerViews ledger, PrintWriter out, boolean terminal) {
        this.ledger = ledger;
        this.out = out;
        this.terminal = terminal;
    }

    void show() {
        String line = line(ledger.campaigns());
        if (!line.equals(last)) {
            out.print(terminal ? "\r\u001b[K" + line : line + System.lineSeparator());
            out.flush();
            last = line;
        }
    }

    void end() {
        if (terminal && !last.isEmpty()) {
            out.println();
        }
    }

    private static String line(List<CampaignStatus> campaigns) {
        int total = 0;
        int done = 0;
        int rendering = 0;
        int waiting = 0;
        int attention = 0;
        Money spent = Money.ZERO;
        for (CampaignStatus status : campaigns) {
            total += status.total();
            done += status.count(RenderState.DELIVERED);
            rendering += status.countWithDrafts(RenderState.SUBMITTING)
                    + status.countWithDrafts(RenderState.RENDERING)
                    + status.countWithDrafts(RenderState.RENDERED);
            waiting += status.countWithDrafts(RenderState.PLANNED);
            attention += status.countWithDrafts(RenderState.FAILED)
                    + status.countWithDrafts(RenderState.HELD)
                    + status.countWithDrafts(RenderState.UNKNOWN);
            spent = spent.plus(status.confirmed());
        }
        int filled = total == 0 ? 0 : WIDTH * done / total;
        return "[" + "#".repeat(filled) + ".".repeat(WIDTH - filled) + "] " + done + "/" + total + " delivered, "
                + rendering + " rendering, " + waiting + " waiting"
                + (attention > 0 ? ", " + attention + " need attention" : "") + ", " + spent + " spent";
    }
}

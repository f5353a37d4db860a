package io.camelray.cli;

import io.camelray.ledger.Ledger;
import io.camelray.ledger.LedgerViews.CampaignStatus;
import io.camelray.model.Money;
import io.camelray.model.RenderState;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Shows how far the work is: a bar that moves on a terminal, else a line whenever something changed. */
final class ProgressLine {

    private static final int WIDTH = 30;

    private static final long GUESS_AGAIN = Duration.ofSeconds(5).toNanos();

    private final Ledger ledger;
    private final PrintWriter out;
    private final Terminal terminal;
    private final TimeLeft timeLeft;
    private String last = "";
    private Optional<Duration> left = Optional.empty();
    private long guessedAt = System.nanoTime() - GUESS_AGAIN;

    ProgressLine(Ledger ledger, PrintWriter out, Terminal terminal) {
        this.ledger = ledger;
        this.out = out;
        this.terminal = terminal;
        this.timeLeft = new TimeLeft(ledger);
    }

    void show() {
        List<CampaignStatus> campaigns = ledger.campaigns();
        String line = line(campaigns);
        if (terminal.interactive()) {
            line += guess(campaigns);
            line = line.substring(0, Math.min(line.length(), terminal.width() - 1));
        }
        if (!line.equals(last)) {
            out.print(terminal.interactive() ? "\r\u001b[K" + line : line + System.lineSeparator());
            out.flush();
            last = line;
        }
    }

    private String guess(List<CampaignStatus> campaigns) {
        if (System.nanoTime() - guessedAt >= GUESS_AGAIN) {
            left = timeLeft.of(campaigns);
            guessedAt = System.nanoTime();
        }
        return left.map(time -> ", about " + TimeLeft.words(time) + " left").orElse("");
    }

    void end() {
        if (terminal.interactive() && !last.isEmpty()) {
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

package io.camelray.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelray.component.RayComponent;
import io.camelray.ledger.AccountUse;
import io.camelray.ledger.Ledger;
import io.camelray.ledger.LedgerViews.CampaignStatus;
import io.camelray.ledger.LedgerViews.WorkLeft;
import io.camelray.model.RenderState;
import io.camelray.web.StatusDocument;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Works until nothing is left that goes on by itself, then says what became of it. */
final class OnceRun {

    /**
     * Nothing announces what happens in the inbox or at the provider, so look this often, or less where there is much to
     * count; and not at every change, because a look counts all renders.
     */
    private static final long LOOK_NANOS = 200_000_000;
    /** How much longer than a look is not to be looked. */
    private static final int RESTS = 9;

    private static final long LONGEST_NANOS = 5_000_000_000L;

    private final Program program;
    private final PrintWriter out;
    private final boolean json;
    private final Duration patience;
    private final Map<String, Long> before;

    /**
     * @param json the answer is one JSON document, and nothing else is shown
     * @param patience how long to wait for renders that are late
     */
    OnceRun(Program program, PrintWriter out, boolean json, Duration patience) {
        this.program = program;
        this.out = out;
        this.json = json;
        this.patience = patience;
        this.before = program.component().ledger().campaigns().stream()
                .collect(Collectors.toMap(CampaignStatus::campaign, CampaignStatus::changes));
    }

    /** @return the exit status */
    int work() throws InterruptedException, IOException {
        Ledger ledger = program.component().ledger();
        PrintWriter shown = json ? new PrintWriter(Writer.nullWriter()) : out;
        ProgressLine progress = new ProgressLine(ledger, shown, Terminal.here());
        long start = System.nanoTime();
        long looks = start;
        boolean late = false;
        while (!late && goesOn(ledger)) {
            progress.show();
            long rest = Math.max(LOOK_NANOS, RESTS * (System.nanoTime() - looks));
            TimeUnit.NANOSECONDS.sleep(Math.min(rest, LONGEST_NANOS));
            looks = System.nanoTime();
            late = looks - start > patience.toNanos();
        }
        progress.show();
        progress.end();
        return conclude(ledger, late);
    }

    private boolean goesOn(Ledger ledger) {
        if (!program.isInboxEmpty()) {
            return true;
        }
        WorkLeft left = ledger.workLeft();
        boolean flowing = left.submitting() + left.rendering() + left.rendered() > 0
                || left.failuresToHandOver() + left.eventsToHandOver() > 0;
        return flowing || (left.due() + left.dueLater() > 0 && !allPaused(ledger));
    }

    private static boolean allPaused(Ledger ledger) {
        List<AccountUse> accounts = ledger.accounts();
        return !accounts.isEmpty()
                && accounts.stream().allMatch(use -> use.pausedFor().isPresent());
    }

    private int conclude(Ledger ledger, boolean late) throws IOException {
        RayComponent component = program.component();
        component.writeReports();
        List<CampaignStatus> touched = ledger.campaigns().stream()
                .filter(status -> status.changes() != before.getOrDefault(status.campaign(), -1L) || waits(status))
                .toList();
        List<Path> reports = reports(touched);
        if (json) {
            out.println(document(ledger, touched, reports).toPrettyString());
        } else {
            tell(ledger, touched, reports, late);
        }
        out.flush();
        if (touched.isEmpty() && component.rejectedManifests() > 0) {
            return ExitStatus.USAGE;
        }
        return late || touched.stream().anyMatch(OnceRun::needsAttention) ? ExitStatus.ATTENTION : ExitStatus.GOOD;
    }

    /** Whoever wrote them: while the program works it writes the report of a campaign that has settled by itself. */
    private List<Path> reports(List<CampaignStatus> touched) throws IOException {
        List<Path> reports = new ArrayList<>();
        for (CampaignStatus status : touched) {
            if (!rendersGoOn(status)) {
                reports.addAll(program.component().report().written(status));
            }
        }
        return reports;
    }

    private static boolean rendersGoOn(CampaignStatus status) {
        return status.countWithDrafts(RenderState.SUBMITTING)
                        + status.countWithDrafts(RenderState.RENDERING)
                        + status.countWithDrafts(RenderState.RENDERED)
                > 0;
    }

    private JsonNode document(Ledger ledger, List<CampaignStatus> touched, List<Path> reports) {
        StatusDocument status = new StatusDocument(
                ledger, AccountAccesses.of(program.component().settings()));
        ObjectNode document = status.of(touched);
        ArrayNode files = document.putArray("reports");
        reports.forEach(report -> files.add(report.toString()));
        document.put("rejectedManifests", program.component().rejectedManifests());
        return document;
    }

    private void tell(Ledger ledger, List<CampaignStatus> touched, List<Path> reports, boolean late)
            throws IOException {
        RayComponent component = program.component();
        for (CampaignStatus status : touched) {
            out.println();
            component.report().table(status, out);
        }
        reports.forEach(report -> out.println("Report: " + report));
        for (AccountUse use : ledger.accounts()) {
            use.pausedFor().ifPresent(why -> out.println("Account " + use.account() + " is paused: " + why));
        }
        if (late) {
            out.println("Renders are late beyond the patience; 'camel-ray run' goes on with them");
        }
        if (component.rejectedManifests() > 0) {
            out.println(component.rejectedManifests() + " rejected: see "
                    + program.home().resolve("rejected"));
        }
    }

    /** Whether something waits for a person, though nothing happened to it in this run. */
    private static boolean waits(CampaignStatus status) {
        return status.countWithDrafts(RenderState.HELD) + status.countWithDrafts(RenderState.UNKNOWN) > 0;
    }

    private static boolean needsAttention(CampaignStatus status) {
        return status.countWithDrafts(RenderState.FAILED)
                        + status.countWithDrafts(RenderState.HELD)
                        + status.countWithDrafts(RenderState.UNKNOWN)
                        + status.countWithDrafts(RenderState.PLANNED)
                > 0;
    }
}

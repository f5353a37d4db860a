package io.camelray.delivery;

import io.camelray.ledger.LedgerViews;
import io.camelray.ledger.LedgerViews.CampaignStatus;
import io.camelray.ledger.RenderRecord;
import io.camelray.ledger.RenderRecord.OutputRecord;
import io.camelray.model.HoldReason;
import io.camelray.model.SheetColumn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** A campaign as a sheet whose last column a person fills in: one line per render, drafts apart. Constant memory. */
final class ReportSheet {

    /** What a spreadsheet takes for a formula, or skips before one. */
    private static final String ACTIVE = "=+-@\t\r\n";

    private final LedgerViews views;

    ReportSheet(LedgerViews views) {
        this.views = views;
    }

    void write(CampaignStatus status, Appendable out) throws IOException {
        CSVPrinter printer = new CSVPrinter(out, CSVFormat.RFC4180);
        printer.printRecord(SheetColumn.header());
        try {
            views.renders(status.campaign(), render -> {
                try {
                    if (!render.draft()) {
                        printer.printRecord(
                                cells(render).stream().map(ReportSheet::inert).toList());
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        printer.flush();
    }

    private static List<String> cells(RenderRecord render) {
        return List.of(
                render.campaign(),
                render.id().toString(),
                render.label(),
                render.step(),
                render.state().label()
                        + render.held()
                                .map(HoldReason::label)
                                .map(" (%s)"::formatted)
                                .orElse(""),
                render.price().expected().toDollars().toPlainString(),
                object(render),
                render.draftObject().orElse(""),
                "");
    }

    private static String object(RenderRecord render) {
        return render.mainOutput().map(OutputRecord::location).orElse("");
    }

    /** No value from a manifest becomes a formula in a spreadsheet. */
    static String inert(String cell) {
        return cell.isEmpty() || ACTIVE.indexOf(cell.charAt(0)) < 0 ? cell : "'" + cell;
    }
}

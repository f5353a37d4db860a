package io.camelray.delivery;

import io.camelray.ledger.LedgerViews;
import io.camelray.ledger.LedgerViews.CampaignStatus;
import io.camelray.ledger.RenderRecord;
import io.camelray.ledger.RenderRecord.OutputRecord;
import io.camelray.model.AspectRatio;
import io.camelray.model.RenderState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** A campaign as a text table: one line per render, the totals, and what needs a person. Constant memory. */
final class ReportTable {

    private static final List<String> HEADINGS = List.of("VARIANT", "STEP", "RATIO", "STATE", "PRICE", "OBJECT");
    private static final int OBJECT = HEADINGS.size() - 1;
    private static final int WIDEST = 48;

    private final LedgerViews views;

    ReportTable(LedgerViews views) {
        this.views = views;
    }

    void write(CampaignStatus status, Appendable out) throws IOException {
        int[] widths = new int[HEADINGS.size()];
        widen(widths, HEADINGS);
        views.renders(status.campaign(), render -> widen(widths, cells(render)));
        line(out, status.campaign() + ", revision " + status.revision() + "\n");
        row(out, widths, HEADINGS);
        forEach(status, render -> row(out, widths, cells(render)));
        totals(status, out);
        attention(status, out);
    }

    private static List<String> cells(RenderRecord render) {
        String price = render.confirmed().micros() > 0
                ? render.confirmed().toString()
                : "(" + render.price().expected() + ")";
        return List.of(
                render.label(),
                render.draft() ? render.step() + " (draft)" : render.step(),
                render.request().aspectRatio().map(AspectRatio::label).orElse("-"),
                render.state().label(),
                price,
                object(render));
    }

    private static String object(RenderRecord render) {
        return render.mainOutput().map(OutputRecord::location).orElse("-");
    }

    private static void widen(int[] widths, List<String> cells) {
        for (int i = 0; i < widths.length; i++) {
            widths[i] =
                    Math.min(WIDEST, Math.max(widths[i], printable(cells.get(i)).length()));
        }
    }

    private static void row(Appendable out, int[] widths, List<String> cells) throws IOException {
        StringBuilder row = new StringBuilder();
        for (int i = 0; i < OBJECT; i++) {
            String cell = printable(cells.get(i));
            String cut = cell.length() <= WIDEST ? cell : cell.substring(0, WIDEST - 1) + "…";
            row.append(cut).append(" ".repeat(widths[i] - cut.length() + 2));
        }
        line(out, row.append(printable(cells.get(OBJECT))).toString());
    }

    private static void totals(CampaignStatus status, Appendable out) throws IOException {
        String counts = Arrays.stream(RenderState.values())
                .filter(state -> status.count(state) > 0)
                .map(state -> status.count(state) + " " + state.label())
                .collect(Collectors.joining(", "));
        line(out, "\nTotal: " + status.total() + (status.total() == 1 ? " render: " : " renders: ") + counts);
        if (!status.drafts().isEmpty()) {
            String drafts = Arrays.stream(RenderState.values())
                    .filter(state -> status.drafts().containsKey(state))
                    .map(state -> status.drafts().get(state) + " " + state.label())
                    .collect(Collectors.joining(", "));
            line(out, "Drafts: " + drafts + ". They are not counted above.");
        }
        line(
                out,
                "Money: " + status.confirmed() + " confirmed of " + status.expected() + " expected, by the price book;"
                        + " budget " + status.budget() + ", reserved " + status.reserved() + ", at risk "
                        + status.atRisk() + ". Prices in brackets are not paid.");
    }

    private void attention(CampaignStatus status, Appendable out) throws IOException {
        boolean[] any = new boolean[1];
        forEach(status, render -> {
            for (String sentence : attention(render)) {
                if (!any[0]) {
                    line(out, "\nNeeds attention:");
                    any[0] = true;
                }
                line(
                        out,
                        "  " + render.id() + " " + printable(render.label()) + " " + render.step() + ": "
                                + printable(sentence));
            }
        });
        if (!any[0]) {
            line(out, "\nNothing needs attention.");
        }
    }

    /** What a person should know or do about a render, one sentence each. */
    static List<String> attention(RenderRecord render) {
        List<String> sentences = new ArrayList<>();
        render.failure()
                .filter(failure -> render.state() == RenderState.FAILED)
                .ifPresent(failure -> sentences.add("failed (" + failure.kind().label() + "): " + failure.reason()
                        + (failure.remedy().isEmpty() ? "" : " — " + failure.remedy())));
        if (render.state() == RenderState.UNKNOWN) {
            sentences.add("unknown, its money is at risk: " + render.note());
        }
        if (render.state() == RenderState.HELD) {
            String reason = render.held().map(held -> " (" + held.label() + ")").orElse("");
            sentences.add("held" + reason + (render.note().isEmpty() ? "" : ": " + render.note())
                    + render.draftObject().map(" (%s)"::formatted).orElse(""));
        }
        if (render.cancelRequested().isPresent() && render.state() != RenderState.CANCELLED) {
            sentences.add(
                    render.state().label() + ", although cancelling it was requested: the provider had it already");
        }
        if (render.state() == RenderState.DELIVERED && !render.note().isEmpty()) {
            sentences.add("warning: " + render.note());
        }
        render.warning().ifPresent(warning -> sentences.add("warning: " + warning));
        render.outputs().forEach(output -> Findings.flags(output.findings())
                .forEach(flag -> sentences.add("delivered " + output.kind().label() + " differs, " + flag)));
        sentences.addAll(missing(render));
        return sentences;
    }

    /** What a render is delivered without, one sentence each. */
    static List<String> missing(RenderRecord render) {
        return render.outputs().stream()
                .filter(output -> !output.missing().isEmpty())
                .map(output -> "delivered without its " + output.kind().label() + ": " + output.missing())
                .toList();
    }

    /** Receives one render. */
    @FunctionalInterface
    private interface RenderWriter {
        void write(RenderRecord render) throws IOException;
    }

    private void forEach(CampaignStatus status, RenderWriter writer) throws IOException {
        try {
            views.renders(status.campaign(), render -> {
                try {
                    writer.write(render);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** A value from a manifest cannot break the table or steer a terminal. */
    private static String printable(String text) {
        return text.codePoints()
                .map(c -> Character.isISOControl(c) ? ' ' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static void line(Appendable out, String text) throws IOException {
        out.append(text).append('\n');
    }
}

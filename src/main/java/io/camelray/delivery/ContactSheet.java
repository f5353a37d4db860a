package io.camelray.delivery;

import io.camelray.assets.FolderStore;
import io.camelray.ledger.LedgerViews;
import io.camelray.ledger.LedgerViews.CampaignStatus;
import io.camelray.ledger.RenderRecord;
import io.camelray.model.RenderState;
import io.camelray.model.SheetColumn;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * A campaign's clips on pages that need nothing but a browser: no server, nothing from elsewhere, and no script but their
 * own. A page holds a bounded number of variants, so that memory, here and in the browser, stays bounded too.
 */
final class ContactSheet {

    /** Variants on a page. */
    static final int PAGE = 600;

    /** More than that nobody looks through; the rest is in report.csv, and the last page says so. */
    static final int PAGES = 50;

    private final LedgerViews views;
    private final ObjectLinks links;
    private final FolderStore reports;
    private final Path folder;
    private final Clock clock;

    /** @param folder with the reports of all campaigns */
    ContactSheet(LedgerViews views, ObjectLinks links, Path folder, Clock clock) {
        this.views = views;
        this.links = links;
        this.folder = folder;
        this.reports = new FolderStore(folder);
        this.clock = clock;
    }

    /** Where a campaign's page is; the first one has no number. */
    static String key(String campaign, int page) {
        return campaign + "/contact-sheet" + (page == 1 ? "" : "-" + page) + ".html";
    }

    /**
     * Writes all pages, each whole or not at all, and removes those that an earlier, larger revision had.
     *
     * @return the first one
     */
    Path write(CampaignStatus status) throws IOException {
        int pages = Math.max(1, Math.min(PAGES, (status.total() + PAGE - 1) / PAGE));
        List<RenderRecord> waiting = new ArrayList<>();
        int[] page = {1};
        try {
            views.renders(status.campaign(), render -> {
                if (render.draft() || page[0] > pages) {
                    return;
                }
                waiting.add(render);
                if (waiting.size() == PAGE) {
                    write(status, waiting, page[0]++, pages);
                    waiting.clear();
                }
            });
            if (!waiting.isEmpty() || page[0] == 1) {
                write(status, waiting, page[0]++, pages);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        for (int surplus = Math.max(page[0], 2);
                Files.deleteIfExists(reports.resolve(key(status.campaign(), surplus))); ) {
            surplus++;
        }
        return reports.resolve(key(status.campaign(), 1));
    }

    private void write(CampaignStatus status, List<RenderRecord> renders, int number, int pages) {
        SheetGrid grid = new SheetGrid();
        renders.forEach(grid::add);
        try {
            reports.write(key(status.campaign(), number), out -> {
                Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
                Markup page = new Markup(writer);
                head(status, renders, number, pages, page);
                grid(status, grid, page);
                foot(page);
                writer.flush();
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void head(CampaignStatus status, List<RenderRecord> renders, int number, int pages, Markup page)
            throws IOException {
        page.add("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        page.add("<meta http-equiv=\"Content-Security-Policy\" content=\"{}\">\n", SheetAssets.contentSecurityPolicy());
        page.add("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                + "<meta name=\"referrer\" content=\"no-referrer\">\n");
        page.add("<title>{} r{}: contact sheet</title>\n", status.campaign(), status.revision());
        page.add("<style>").add(SheetAssets.STYLE).add("</style>\n</head>\n");
        page.add(
                "<body data-campaign=\"{}\" data-revision=\"{}\" data-columns=\"{}\">\n",
                status.campaign(),
                status.revision(),
                String.join(",", SheetColumn.header()));
        page.add("<a class=\"skip\" href=\"#clips\">To the clips</a>\n<header>\n<h1>{}</h1>\n", status.campaign());
        page.add(
                "<p>Revision {} of {}, as of <time>{}</time>. Manifest <code>{}</code></p>\n",
                status.revision(),
                status.source(),
                clock.instant().truncatedTo(ChronoUnit.SECONDS),
                status.manifestDigest());
        money(status, page);
        if (renders.stream().anyMatch(ContactSheet::isInBucket)) {
            page.add(
                    "<p class=\"note\">These clips lie in a bucket, and nothing here is signed: they play only where this"
                            + " browser may read the bucket. Where it may not, the clip says so.</p>\n");
        }
        pages(status, number, pages, page);
        page.add("</header>\n");
    }

    private static boolean isInBucket(RenderRecord render) {
        return render.outputs().stream().anyMatch(output -> ObjectLinks.isInBucket(output.location()))
                || render.draftObject().filter(ObjectLinks::isInBucket).isPresent();
    }

    private static void money(CampaignStatus status, Markup page) throws IOException {
        page.add("<dl class=\"sum\">\n");
        for (RenderState state : RenderState.values()) {
            if (status.count(state) > 0) {
                page.add("<div><dt>{}</dt><dd>{}</dd></div>\n", state.label(), status.count(state));
            }
        }
        page.add("<div><dt>confirmed</dt><dd>{}</dd></div>\n", status.confirmed());
        page.add("<div><dt>expected</dt><dd>{}</dd></div>\n", status.expected());
        page.add("<div><dt>reserved</dt><dd>{}</dd></div>\n", status.reserved());
        page.add("<div><dt>at risk</dt><dd>{}</dd></div>\n", status.atRisk());
        page.add("<div><dt>budget</dt><dd>{}</dd></div>\n</dl>\n", status.budget());
    }

    private static void pages(CampaignStatus status, int number, int pages, Markup page) throws IOException {
        if (pages > 1) {
            page.add("<nav aria-label=\"Pages\">");
            for (int other = 1; other <= pages; other++) {
                String file = key(status.campaign(), other)
                        .substring(status.campaign().length() + 1);
                page.add("<a href=\"{}\"", file).add(other == number ? " aria-current=\"page\">" : ">");
                page.add("{}</a> ", other);
            }
            page.add("</nav>\n");
        }
        if (status.total() > PAGES * PAGE && number == pages) {
            page.add(
                    "<p class=\"note\">{} more are in report.csv, beside this page.</p>\n",
                    status.total() - PAGES * PAGE);
        }
    }

    private void grid(CampaignStatus status, SheetGrid grid, Markup page) throws IOException {
        page.add("<form class=\"filters\" id=\"filters\" hidden>\n"
                + "<label>Find <input type=\"search\" name=\"text\" autocomplete=\"off\"></label>\n"
                + "<label>State <select name=\"state\"><option value=\"\">all</option></select></label>\n"
                + "<label>Ratio <select name=\"ratio\"><option value=\"\">all</option></select></label>\n"
                + "<label><input type=\"checkbox\" name=\"waiting\"> only what can be decided</label>\n"
                + "<span id=\"shown\" role=\"status\"></span>\n</form>\n"
                + "<noscript><p class=\"note\">Without scripts this page can be read, and decided on in"
                + " report.csv.</p></noscript>\n<main id=\"clips\" tabindex=\"-1\">\n");
        SheetCard card = new SheetCard(links, folder.resolve(status.campaign()));
        for (String step : grid.steps()) {
            SheetGrid.Section section = grid.section(step);
            page.add("<section>\n<h2>{}</h2>\n<table>\n<caption>{}</caption>\n", "Step " + step, caption(section));
            page.add("<thead><tr><th scope=\"col\">Variant</th>");
            for (String column : section.columns()) {
                page.add("<th scope=\"col\">{}</th>", column);
            }
            page.add("</tr></thead>\n<tbody>\n");
            for (String row : section.rows()) {
                page.add("<tr><th scope=\"row\">{}</th>\n", row);
                for (String column : section.columns()) {
                    if (section.at(row, column).isPresent()) {
                        page.add("<td>");
                        card.write(section.at(row, column).get(), page);
                        page.add("</td>\n");
                    } else {
                        page.add("<td class=\"gap\">{} was not asked for</td>\n", column);
                    }
                }
                page.add("</tr>\n");
            }
            page.add("</tbody>\n</table>\n</section>\n");
        }
        page.add(grid.isEmpty() ? "<p>Nothing was asked for.</p>\n" : "").add("</main>\n");
    }

    private static String caption(SheetGrid.Section section) {
        int gaps = section.gaps();
        return section.rows().size()
                + (section.rows().size() == 1 ? " row, " : " rows, ")
                + (gaps == 0 ? "no gaps" : gaps == 1 ? "1 gap" : gaps + " gaps");
    }

    private static void foot(Markup page) throws IOException {
        page.add("<footer id=\"decisions\" hidden>\n<p role=\"status\" id=\"decided\"></p>\n"
                + "<p><button type=\"button\" id=\"approve-shown\">Approve all shown</button>\n"
                + "<button type=\"button\" id=\"reject-shown\">Reject all shown</button>\n"
                + "<button type=\"button\" id=\"save-approvals\" disabled>Save approvals (CSV)</button>\n"
                + "<button type=\"button\" id=\"save-retries\" disabled>Save retries</button></p>\n"
                + "<p class=\"how\">Drop the CSV into the inbox, the list of retries into the retry folder. Nothing happens"
                + " before.</p>\n</footer>\n");
        page.add("<script>").add(SheetAssets.SCRIPT).add("</script>\n</body>\n</html>\n");
    }
}

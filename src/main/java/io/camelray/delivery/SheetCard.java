package io.camelray.delivery;

import io.camelray.ledger.RenderRecord;
import io.camelray.ledger.RenderRecord.OutputRecord;
import io.camelray.model.HoldReason;
import io.camelray.model.OutputKind;
import io.camelray.model.RenderState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** One render on the contact sheet: its clip, what is known of it, and what can be decided about it. */
final class SheetCard {

    private final ObjectLinks links;
    private final Path folder;

    /** @param folder where the sheet lies */
    SheetCard(ObjectLinks links, Path folder) {
        this.links = links;
        this.folder = folder;
    }

    void write(RenderRecord render, Markup page) throws IOException {
        page.add(
                "<article class=\"card\" id=\"{}\" data-render=\"{}\" data-variant=\"{}\" data-step=\"{}\""
                        + " data-state=\"{}\" data-shown-state=\"{}\" data-ratio=\"{}\" data-price=\"{}\""
                        + " data-object=\"{}\" data-draft=\"{}\">\n",
                render.id(),
                render.id(),
                render.label(),
                render.step(),
                render.state().label(),
                state(render),
                SheetGrid.column(render),
                render.price().expected().toDollars().toPlainString(),
                delivered(render, OutputKind.VIDEO).orElse(""),
                render.draftObject().orElse(""));
        clip(render, page);
        page.add(
                "<h3><span class=\"badge {}\">{}</span> <span class=\"name\">{}</span></h3>\n",
                render.state().label(),
                state(render),
                render.label().isEmpty() ? render.step() : render.label());
        // What waits for approval shows its draft and asks; it needs no words.
        for (String sentence : isToApprove(render) ? List.<String>of() : ReportTable.attention(render)) {
            page.add("<p class=\"reason\">{}</p>\n", sentence);
        }
        page.add("<p class=\"prompt\">{}</p>\n", render.request().prompt());
        decisions(render, page);
        facts(render, page);
        page.add("</article>\n");
    }

    private static String state(RenderRecord render) {
        return render.state().label()
                + render.held().map(HoldReason::label).map(" (%s)"::formatted).orElse("");
    }

    private static Optional<String> delivered(RenderRecord render, OutputKind kind) {
        return render.outputs().stream()
                .filter(output -> output.kind() == kind && output.storedAt().isPresent())
                .map(OutputRecord::location)
                .findFirst();
    }

    /** The delivered clip, else its draft; the browser reads nothing of it before it is looked at. */
    private void clip(RenderRecord render, Markup page) throws IOException {
        Optional<String> full = delivered(render, OutputKind.VIDEO);
        Optional<String> shown = full.or(render::draftObject);
        Optional<String> link = shown.flatMap(location -> links.link(location, folder));
        if (link.isEmpty()) {
            picture(render, page);
            return;
        }
        page.add(
                "<div class=\"clip\"><video controls muted playsinline preload=\"none\" data-location=\"{}\""
                        + " aria-label=\"{}\"",
                shown.orElseThrow(),
                (full.isPresent() ? "" : "Draft of ") + render.label() + ", " + render.step());
        Optional<String> poster = full.flatMap(some -> delivered(render, OutputKind.THUMBNAIL))
                .flatMap(location -> links.link(location, folder));
        if (poster.isPresent()) {
            page.add(" poster=\"{}\"", poster.get());
        }
        page.add(" src=\"{}\"></video>", link.get());
        page.add(full.isPresent() ? "" : "<span class=\"draft\">draft</span>");
        page.add("<p class=\"unreadable\" hidden></p></div>\n");
    }

    /** What there is to see of a render without a clip. */
    private void picture(RenderRecord render, Markup page) throws IOException {
        Optional<String> picture =
                delivered(render, OutputKind.THUMBNAIL).flatMap(location -> links.link(location, folder));
        if (picture.isPresent()) {
            page.add(
                    "<div class=\"clip\"><img loading=\"lazy\" src=\"{}\" alt=\"{}\"></div>\n",
                    picture.get(),
                    "Thumbnail of " + render.label() + ", " + render.step());
        } else {
            page.add(
                    "<div class=\"clip none\">{}</div>\n",
                    render.state() == RenderState.DELIVERED ? "delivered without its video" : "no video yet");
        }
    }

    private static boolean isToApprove(RenderRecord render) {
        return render.state() == RenderState.HELD
                && render.held().filter(HoldReason.APPROVAL::equals).isPresent();
    }

    private static void decisions(RenderRecord render, Markup page) throws IOException {
        if (isToApprove(render)) {
            page.add("<fieldset class=\"decide\"><legend>{}</legend>", "Approve " + render.id() + "?");
            for (List<String> choice :
                    List.of(List.of("yes", "Approve"), List.of("no", "Reject"), List.of("", "Later"))) {
                page.add("<label><input type=\"radio\" name=\"decide-{}\" value=\"{}\"", render.id(), choice.get(0));
                page.add(choice.get(0).isEmpty() ? " checked>" : ">").add(" {}</label>", choice.get(1));
            }
            page.add("</fieldset>\n");
        } else if (render.state() == RenderState.FAILED) {
            page.add(
                    "<p class=\"decide\"><label><input type=\"checkbox\" name=\"retry\"> Retry {}</label></p>\n",
                    render.id());
        }
    }

    private void facts(RenderRecord render, Markup page) throws IOException {
        page.add("<details><summary>{}</summary>\n<dl>\n", price(render));
        fact(page, "Render", render.id() + ", " + render.request().operation().label());
        fact(
                page,
                "Asked for",
                render.request().resolution().label() + ", "
                        + render.request().length().label() + ", "
                        + render.request().dynamicRange().label());
        fact(page, "Provider", render.provider().label() + ", account " + render.account());
        if (render.job().isPresent()) {
            fact(page, "Job", render.job().get().value());
        }
        if (!render.price().assumption().isEmpty()) {
            fact(page, "Price rests on", render.price().assumption());
        }
        fact(page, "Request hash", render.fingerprint());
        for (OutputRecord output : render.outputs()) {
            output(output, page);
        }
        page.add("</dl>\n</details>\n");
    }

    private static String price(RenderRecord render) {
        return render.confirmed().micros() > 0
                ? render.confirmed() + " paid, by the price book"
                : render.price().expected() + " expected, nothing paid";
    }

    private static void fact(Markup page, String name, String value) throws IOException {
        page.add("<dt>{}</dt><dd>{}</dd>\n", name, value);
    }

    private void output(OutputRecord output, Markup page) throws IOException {
        if (output.storedAt().isEmpty()) {
            fact(page, output.kind().label(), "not delivered yet; it will be " + output.location());
            return;
        }
        page.add("<dt>{}</dt><dd>", output.kind().label());
        Optional<String> link = links.link(output.location(), folder);
        if (link.isPresent()) {
            page.add("<a href=\"{}\">{}</a>", link.get(), output.location());
        } else {
            page.add("{}", output.location());
        }
        if (!output.sha256().isEmpty()) {
            page.add(
                    "<br>{} bytes, {}<br>SHA-256 <code>{}</code>",
                    output.bytes(),
                    output.contentType(),
                    output.sha256());
        }
        page.add("</dd>\n");
    }
}

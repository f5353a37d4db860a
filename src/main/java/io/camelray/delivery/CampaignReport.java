package io.camelray.delivery;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.camelray.assets.FolderStore;
import io.camelray.ledger.LedgerViews;
import io.camelray.ledger.LedgerViews.CampaignStatus;
import io.camelray.ledger.RenderRecord;
import io.camelray.ledger.RenderRecord.OutputRecord;
import io.camelray.model.Money;
import io.camelray.model.RenderState;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** The report of one campaign's current revision, as JSON for programs and as a table for people. Constant memory. */
public final class CampaignReport {

    private final LedgerViews views;
    private final FolderStore reports;
    private final Clock clock;
    private final ReportTable table;
    private final ReportSheet sheet;
    private final ContactSheet contactSheet;
    private final ObjectMapper json = JsonMapper.builder()
            .enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();

    /**
     * @param home of the program; reports go to the folder {@code reports} in it
     * @param links where the contact sheet finds what was delivered
     */
    public CampaignReport(LedgerViews views, Path home, ObjectLinks links, Clock clock) {
        Path folder = home.resolve("reports").toAbsolutePath().normalize();
        this.views = views;
        this.reports = new FolderStore(folder);
        this.contactSheet = new ContactSheet(views, links, folder, clock);
        this.clock = clock;
        this.table = new ReportTable(views);
        this.sheet = new ReportSheet(views);
    }

    /**
     * Writes {@code reports/<campaign>/r<revision>.json} and {@code .txt}, and the campaign's {@code report.csv} and
     * {@code contact-sheet.html}, each whole or not at all.
     */
    public void write(CampaignStatus status) throws IOException {
        reports.write(document(status), out -> json(status, out));
        reports.write(text(status), out -> {
            Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
            table(status, writer);
            writer.flush();
        });
        reports.write(approvals(status), out -> {
            Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
            sheet.write(status, writer);
            writer.flush();
        });
        contactSheet.write(status);
    }

    /**
     * Where {@link #write} has put the report of this revision.
     *
     * @return the four paths, or none while it is not there
     * @throws IOException if the folder cannot be read
     */
    public List<Path> written(CampaignStatus status) throws IOException {
        List<Path> files = new ArrayList<>();
        for (String key :
                List.of(document(status), text(status), approvals(status), ContactSheet.key(status.campaign(), 1))) {
            files.add(reports.resolve(key));
        }
        // The other two are the campaign's, and may be an earlier revision's.
        return Files.isRegularFile(files.get(0)) ? List.copyOf(files) : List.of();
    }

    private static String document(CampaignStatus status) {
        return ofRevision(status) + ".json";
    }

    private static String text(CampaignStatus status) {
        return ofRevision(status) + ".txt";
    }

    private static String ofRevision(CampaignStatus status) {
        return status.campaign() + "/r" + status.revision();
    }

    private static String approvals(CampaignStatus status) {
        return status.campaign() + "/report.csv";
    }

    /** The table alone, for the command line. */
    public void table(CampaignStatus status, Appendable out) throws IOException {
        table.write(status, out);
    }

    private void json(CampaignStatus status, OutputStream out) throws IOException {
        JsonGenerator generator = json.getFactory()
                .createGenerator(out)
                .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
                .useDefaultPrettyPrinter();
        generator.writeStartObject();
        generator.writeStringField("campaign", status.campaign());
        generator.writeNumberField("revision", status.revision());
        generator.writeStringField("manifestDigest", status.manifestDigest());
        generator.writeStringField("source", status.source());
        generator.writeStringField("acceptedAt", status.acceptedAt().toString());
        generator.writeStringField("writtenAt", clock.instant().toString());
        counts(status, generator);
        money(status, generator);
        generator.writeArrayFieldStart("variants");
        try {
            views.renders(status.campaign(), render -> {
                try {
                    variant(render, generator);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        generator.writeEndArray();
        generator.writeEndObject();
        generator.writeRaw('\n');
        generator.flush();
    }

    private static void counts(CampaignStatus status, JsonGenerator generator) throws IOException {
        generator.writeObjectFieldStart("counts");
        generator.writeNumberField("total", status.total());
        for (RenderState state : RenderState.values()) {
            generator.writeNumberField(state.label(), status.count(state));
        }
        generator.writeEndObject();
        if (!status.drafts().isEmpty()) {
            generator.writeObjectFieldStart("drafts");
            for (RenderState state : RenderState.values()) {
                generator.writeNumberField(state.label(), status.drafts().getOrDefault(state, 0));
            }
            generator.writeEndObject();
        }
    }

    private static void money(CampaignStatus status, JsonGenerator generator) throws IOException {
        generator.writeObjectFieldStart("money");
        generator.writeStringField("currency", "USD");
        generator.writeStringField("basis", "price book");
        dollars(generator, "budget", status.budget());
        dollars(generator, "expected", status.expected());
        dollars(generator, "reserved", status.reserved());
        dollars(generator, "confirmed", status.confirmed());
        dollars(generator, "atRisk", status.atRisk());
        generator.writeEndObject();
    }

    private void variant(RenderRecord render, JsonGenerator generator) throws IOException {
        generator.writeStartObject();
        generator.writeStringField("render", render.id().toString());
        generator.writeStringField("variant", render.label());
        generator.writeStringField("step", render.step());
        generator.writeFieldName("cell");
        json.writeTree(generator, Findings.tree(render.cell()));
        generator.writeStringField("operation", render.request().operation().label());
        if (render.request().aspectRatio().isPresent()) {
            generator.writeStringField(
                    "aspectRatio", render.request().aspectRatio().get().label());
        }
        generator.writeStringField("provider", render.provider().label());
        if (render.draft()) {
            generator.writeBooleanField("draft", true);
        }
        if (render.draftObject().isPresent()) {
            generator.writeStringField("draftObject", render.draftObject().get());
        }
        generator.writeStringField("state", render.state().label());
        if (render.held().isPresent()) {
            generator.writeStringField("held", render.held().get().label());
        }
        if (render.cancelRequested().isPresent()) {
            generator.writeStringField(
                    "cancelRequestedAt", render.cancelRequested().get().toString());
        }
        dollars(generator, "price", render.price().expected());
        dollars(generator, "confirmed", render.confirmed());
        generator.writeNumberField("attempts", render.attempts().size());
        if (render.job().isPresent()) {
            generator.writeStringField("job", render.job().get().value());
        }
        if (!render.note().isEmpty()) {
            generator.writeStringField("note", render.note());
        }
        if (render.warning().isPresent()) {
            generator.writeStringField("warning", render.warning().get());
        }
        if (render.failure().isPresent()) {
            generator.writeFieldName("failure");
            json.writeTree(generator, RecordJson.failure(render.failure().get()));
        }
        outputs(render, generator);
        generator.writeEndObject();
    }

    private void outputs(RenderRecord render, JsonGenerator generator) throws IOException {
        generator.writeArrayFieldStart("outputs");
        for (OutputRecord output : render.outputs()) {
            json.writeTree(generator, RecordJson.output(output));
        }
        generator.writeEndArray();
        generator.writeArrayFieldStart("flags");
        for (OutputRecord output : render.outputs()) {
            for (String flag : Findings.flags(output.findings())) {
                generator.writeString(flag);
            }
        }
        for (String sentence : ReportTable.missing(render)) {
            generator.writeString(sentence);
        }
        generator.writeEndArray();
    }

    private static void dollars(JsonGenerator generator, String name, Money amount) throws IOException {
        generator.writeNumberField(name, RecordJson.dollars(amount));
    }
}

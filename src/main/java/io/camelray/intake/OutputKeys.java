package io.camelray.intake;

import io.camelray.ledger.PlanningLedger.PlannedOutput;
import io.camelray.model.Destination;
import io.camelray.model.OutputKind;
import io.camelray.model.Severity;
import io.camelray.model.Violation;
import io.camelray.rules.Stage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which files a variant delivers, and under which keys; none if its step is not delivered. */
final class OutputKeys {

    private final Campaign campaign;
    private final int room;

    OutputKeys(Campaign campaign) {
        this.campaign = campaign;
        this.room = campaign.manifest().destination() instanceof Destination.Bucket bucket
                ? KeyTemplate.MAX_BYTES - bucket.prefix().getBytes(StandardCharsets.UTF_8).length
                : KeyTemplate.MAX_BYTES;
    }

    /** @param sound whether every key is usable */
    record Outputs(List<PlannedOutput> list, boolean sound) {}

    Outputs of(Variant variant, Violations violations) {
        if (!campaign.delivers(variant.step(), variant.cell())) {
            return new Outputs(List.of(), true);
        }
        long before = violations.count();
        List<PlannedOutput> outputs = new ArrayList<>();
        for (OutputKind kind : campaign.manifest().outputs().of(variant)) {
            outputs.add(
                    switch (kind) {
                        case VIDEO -> output(kind, key(variant, kind, "mp4", violations), "");
                        case EXR ->
                            output(kind, key(variant, kind, "exr", violations), key(variant, kind, "zip", violations));
                        case THUMBNAIL ->
                            output(kind, key(variant, kind, "jpg", violations), key(variant, kind, "png", violations));
                    });
        }
        return new Outputs(outputs, violations.count() == before);
    }

    /** Every name that these outputs may come to take. */
    static Set<String> names(List<PlannedOutput> outputs) {
        Set<String> names = new LinkedHashSet<>();
        for (PlannedOutput output : outputs) {
            names.add(output.key());
            if (!output.alternateKey().isEmpty()) {
                names.add(output.alternateKey());
            }
        }
        return names;
    }

    private PlannedOutput output(OutputKind kind, String key, String alternateKey) {
        return new PlannedOutput(kind, campaign.manifest().destination(), key, alternateKey);
    }

    private String key(Variant variant, OutputKind kind, String ext, Violations violations) {
        Names names = variant.names().with(Map.of(Names.OUTPUT, kind.label(), Names.EXT, ext));
        String pointer = campaign.manifest().keyPointer();
        String folder = variant.step().draft() ? Drafts.FOLDER : "";
        return folder
                + campaign.manifest()
                        .key()
                        .render(
                                names,
                                room - folder.length(),
                                path -> violations.inVariant(
                                        Stage.REFERENCES,
                                        "key\n" + ext + '\n' + path,
                                        () -> Filler.unresolved(path, campaign.place(pointer), names)),
                                problem -> violations.inVariant(
                                        Stage.REFERENCES,
                                        "key\n" + ext + '\n' + problem.replaceAll("'.*'", ""),
                                        () -> new Violation(
                                                "key",
                                                Severity.ERROR,
                                                campaign.place(pointer),
                                                problem,
                                                "Change deliver.key.",
                                                variant.label())));
    }
}

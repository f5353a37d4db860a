package io.camelray.web;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelray.intake.ManifestSource;
import io.camelray.intake.PlanPreview;
import io.camelray.ledger.OperatorException;
import java.io.IOException;
import java.util.Optional;

/** Manifests that are shown to the status page: first their plan, then, if somebody wants it, into the inbox. */
final class PageManifests {

    private final PageParts parts;

    PageManifests(PageParts parts) {
        this.parts = parts;
    }

    /** What it would do. Nothing is sent and nothing stored. */
    ObjectNode preview(byte[] manifest) {
        return PlanDocument.of(look(manifest));
    }

    private PlanPreview look(byte[] manifest) {
        return parts.previewer()
                .apply(new ManifestSource(
                        "manifest" + ending(manifest),
                        manifest,
                        Optional.of(parts.home().resolve("inbox"))));
    }

    /**
     * Hands it over to the intake, which looks at it again.
     *
     * @throws OperatorException if it would be rejected, or nothing is taken in
     */
    ObjectNode accept(byte[] manifest) throws IOException {
        PlanPreview preview = look(manifest);
        if (!preview.acceptable()) {
            throw new OperatorException("The manifest would be rejected; look at its plan first");
        }
        String campaign = preview.campaign().orElse("campaign");
        String place = parts.intake().take(campaign + ending(manifest), manifest);
        return JsonNodeFactory.instance
                .objectNode()
                .put("campaign", campaign)
                .put(
                        "message",
                        "The manifest of " + campaign + " is in the inbox as " + place
                                + "; it is shown here as soon as it is planned");
    }

    private static String ending(byte[] manifest) {
        return manifest.length > 0 && manifest[0] == '{' ? ".json" : ".yaml";
    }
}

package io.camelray.intake;

import io.camelray.model.ProviderName;
import java.util.Map;
import java.util.Optional;

/** What belongs to a manifest but is not there yet: refused by name, never ignored. */
final class Unavailable {

    private static final String ONE_STEP =
            "Put the render fields (prompt, aspectRatio, …) at the top level: they make one generate step.";
    private static final String TEXT_ONLY = "Remove it; this version renders from text.";
    private static final String REMOVE = "Remove it.";

    private static final Map<String, String> FIELDS = Map.ofEntries(
            Map.entry("steps", ONE_STEP),
            Map.entry("operation", ONE_STEP),
            Map.entry("each", ONE_STEP),
            Map.entry("startFrame", TEXT_ONLY),
            Map.entry("endFrame", TEXT_ONLY),
            Map.entry("keyframes", TEXT_ONLY),
            Map.entry("source", TEXT_ONLY),
            Map.entry("sourcePosition", TEXT_ONLY),
            Map.entry("direction", TEXT_ONLY),
            Map.entry("edit", TEXT_ONLY),
            Map.entry("hold", "Remove it; a campaign is held when its expected price is above its budget."),
            Map.entry("draft", "Remove it, and set resolution to 360p for a cheap look."),
            Map.entry("readyBy", "Remove it, and set priority to rush for an urgent campaign."),
            Map.entry("ratios", "Use an axis: matrix: { aspectRatio: [\"16:9\", …] }."),
            Map.entry("retryOf", REMOVE),
            Map.entry("outputs", "Remove it; the video is delivered, and the EXR where exrExport is true."));

    private Unavailable() {}

    /** What to do instead, if this is the name of a field that is yet to come. */
    static Optional<String> remedy(String field) {
        return Optional.ofNullable(FIELDS.get(field));
    }

    static boolean isAvailable(ProviderName provider) {
        return provider == ProviderName.LUMA;
    }

    static String message(String what) {
        return what + " is not available in this version.";
    }
}

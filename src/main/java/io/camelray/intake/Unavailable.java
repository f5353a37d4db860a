package io.camelray.intake;

import java.util.Map;
import java.util.Optional;

/** What belongs to a manifest but is not there yet: refused by name, never ignored. */
final class Unavailable {

    private static final Map<String, String> FIELDS = Map.ofEntries(
            Map.entry("outputs", "Remove it; the video is delivered, and the EXR where exrExport is true."));

    private Unavailable() {}

    /** What to do instead, if this is the name of a field that is yet to come. */
    static Optional<String> remedy(String field) {
        return Optional.ofNullable(FIELDS.get(field));
    }

    static String message(String what) {
        return what + " is not available in this version.";
    }
}

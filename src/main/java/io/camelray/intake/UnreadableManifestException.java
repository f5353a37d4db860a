package io.camelray.intake;

import io.camelray.model.Place;

/** A manifest that cannot be read at all; tells the one place where reading ended. */
final class UnreadableManifestException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Place place;
    private final String remedy;

    UnreadableManifestException(Place place, String message, String remedy) {
        super(message);
        this.place = place;
        this.remedy = remedy;
    }

    Place place() {
        return place;
    }

    String remedy() {
        return remedy;
    }
}

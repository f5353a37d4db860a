package io.camelray.intake;

import io.camelray.model.Destination;

/** Looks whether something lies under a key already. Thread-safe; may ask a store. */
@FunctionalInterface
public interface TakenKeys {

    /** Nobody looks, because what is there may be replaced or is stored beside. */
    TakenKeys NOT_ASKED = (destination, key) -> Answer.FREE;

    /** What was found. */
    enum Answer {
        /** Nothing, or what an earlier render of ours has stored there. */
        FREE,
        TAKEN,
        /** The destination cannot be asked now. */
        UNKNOWN
    }

    Answer look(Destination destination, String key);
}

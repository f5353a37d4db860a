package io.camelray.sandbox;

import java.util.Locale;

/** Where a job is in its life. */
enum JobState {
    QUEUED,
    PROCESSING,
    COMPLETED,
    FAILED,
    /** Stopped while it ran. */
    CANCELED,
    /** Stopped before it ran. */
    ABORTED;

    boolean isTerminal() {
        return this != QUEUED && this != PROCESSING;
    }

    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}

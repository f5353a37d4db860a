package io.camelray.sandbox;

import java.util.Locale;

/** Where a job is in its life. */
enum JobState {
    QUEUED,
    PROCESSING,
    COMPLETED,
    FAILED;

    boolean isTerminal() {
        return this == COMPLETED || this == FAILED;
    }

    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}

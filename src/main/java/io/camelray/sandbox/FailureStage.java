package io.camelray.sandbox;

import java.util.Locale;

/** Where in a generation's life something goes wrong. */
public enum FailureStage {
    SUBMIT,
    POLL,
    JOB,
    DOWNLOAD,
    /** Replicate only. */
    WEBHOOK;

    /** The stage's name in a plan file. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}

package io.camelray.sandbox;

import java.util.Locale;

/** The simulated providers. */
enum Provider {
    LUMA,
    GMI,
    REPLICATE;

    /** The name in the ledger and in plan files. */
    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}

package io.camelray.pricing;

import io.camelray.model.Labelled;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** What a price counts. Whatever is started counts in full. */
enum BillingUnit implements Labelled {
    CLIP("clip", 0),
    /** Five seconds of output. */
    BLOCK("block", 5),
    SECOND("second", 1);

    private final String label;
    private final int seconds;

    BillingUnit(String label, int seconds) {
        this.label = label;
        this.seconds = seconds;
    }

    @Override
    public String label() {
        return label;
    }

    /** How many of these a clip of so many seconds is; never none. */
    long count(BigDecimal length) {
        if (this == CLIP) {
            return 1;
        }
        long started = length.divide(BigDecimal.valueOf(seconds), 0, RoundingMode.CEILING)
                .longValueExact();
        return Math.max(1, started);
    }
}

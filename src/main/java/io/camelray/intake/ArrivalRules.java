package io.camelray.intake;

import java.time.Duration;

/**
 * What makes a file in the inbox complete.
 *
 * @param patience how long it must have stayed as it is; zero: it is taken when it is first seen
 * @param doneSuffix what is behind the name of the file that says so, such as {@code .done}; empty: no such file is
 *     needed
 */
public record ArrivalRules(Duration patience, String doneSuffix) {

    /** The ending of a file that holds the SHA-256 of the one beside it, as {@code sha256sum} writes it. */
    static final String CHECKSUM = ".sha256";

    /** @throws IllegalArgumentException naming the property that is wrong */
    public ArrivalRules {
        if (patience.isNegative()) {
            throw new IllegalArgumentException("ray.intake.patience must not be negative, as " + patience + " is");
        }
        doneSuffix = doneSuffix.strip();
        if (doneSuffix.contains("/") || doneSuffix.contains("\\")) {
            throw new IllegalArgumentException(
                    "ray.intake.done-suffix must be an ending such as .done, not '" + doneSuffix + "'");
        }
    }

    boolean needsMarker() {
        return !doneSuffix.isEmpty();
    }
}

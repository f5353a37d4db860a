package io.camelray.sandbox;

import java.math.BigInteger;
import java.util.Comparator;

/** What was found out about a picture or a film; a picture lasts no time. */
record SourceShape(int width, int height, double seconds) {

    private static final double NEAR = 0.01;

    /** One of the usual ratios if it is near one, else its own, in hundredths. */
    String ratio() {
        double own = (double) width / height;
        return ClipShape.RATIOS.stream()
                .filter(ratio -> Math.abs(value(ratio) / own - 1) < NEAR)
                .min(Comparator.comparingDouble(ratio -> Math.abs(value(ratio) / own - 1)))
                .orElseGet(() -> inHundredths(own));
    }

    /** The length as a request states it: 5 for a clip of 121 frames at 24 per second. */
    double nominalSeconds() {
        return Math.max(1, Math.round(seconds * ClipShape.FRAMES_PER_SECOND) - 1)
                / (double) ClipShape.FRAMES_PER_SECOND;
    }

    static double value(String ratio) {
        String[] sides = ratio.split(":");
        return Double.parseDouble(sides[0]) / Double.parseDouble(sides[1]);
    }

    private static String inHundredths(double ratio) {
        BigInteger across = BigInteger.valueOf(Math.max(1, Math.round(ratio * 100)));
        BigInteger common = across.gcd(BigInteger.valueOf(100));
        return across.divide(common) + ":" + BigInteger.valueOf(100).divide(common);
    }
}

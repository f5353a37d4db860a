package io.camelray.sandbox;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;

/** What a job generates; part of the job, and enough to render its files. */
record ClipSpec(String resolution, String ratio, double seconds, boolean hdr, boolean exr) {

    /** The length as the price lists count it, without the clip's one frame more. */
    private static final double TOLERANCE = 0.06;

    /** Started blocks of five seconds. */
    int blocks() {
        return Math.max(1, (int) Math.ceil((seconds - TOLERANCE) / 5));
    }

    int startedSeconds() {
        return Math.max(1, (int) Math.ceil(seconds - TOLERANCE));
    }

    ClipShape shape() {
        return ClipShape.of(resolution, ratio, seconds);
    }

    String caption(String type) {
        String range = exr ? " · HDR+EXR" : hdr ? " · HDR" : "";
        return type + " · " + ratio + " · " + resolution + " · "
                + new DecimalFormat("0.##", new DecimalFormatSymbols(Locale.ROOT)).format(seconds) + " s" + range;
    }
}

package io.camelray.sandbox;

/** What a job generates; part of the job, and enough to render its files. */
record ClipSpec(String resolution, String ratio, int seconds, boolean hdr, boolean exr) {

    ClipShape shape() {
        return ClipShape.of(resolution, ratio, seconds);
    }

    String caption(String type) {
        String range = exr ? " · HDR+EXR" : hdr ? " · HDR" : "";
        return type + " · " + ratio + " · " + resolution + " · " + seconds + " s" + range;
    }
}

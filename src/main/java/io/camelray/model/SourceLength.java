package io.camelray.model;

/**
 * How long the clip is that an edit or a reframe works on: what its price depends on.
 *
 * @param expectedSeconds what is thought
 * @param longestSeconds the most it can be; the same where it was measured
 * @param assumed whether nobody measured it
 */
public record SourceLength(double expectedSeconds, double longestSeconds, boolean assumed) {

    /** For operations that work on no clip. */
    public static final SourceLength NONE = new SourceLength(0, 0, false);

    /** A file that was looked into. */
    public static SourceLength measured(double seconds) {
        return new SourceLength(seconds, seconds, false);
    }

    /** One of our own clips, nominally {@code seconds} long; its file carries a frame more (ray-api §3.6). */
    public static SourceLength nominal(double seconds) {
        return new SourceLength(seconds, seconds + 1.0 / Keyframe.FRAMES_PER_SECOND, false);
    }

    /** Nobody looked: the longest that is allowed. */
    public static SourceLength unknown(double longestAllowed) {
        return new SourceLength(longestAllowed, longestAllowed, true);
    }
}

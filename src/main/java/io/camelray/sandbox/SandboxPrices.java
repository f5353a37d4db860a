package io.camelray.sandbox;

import java.util.Map;

/**
 * What the simulated provider charges. Its own copy of the published grid, on purpose: a test that compares the
 * product's estimate with this must not compare one table with itself.
 */
final class SandboxPrices {

    private static final long MICROS_PER_CENT = 10_000;
    private static final Map<String, Integer> GENERATE_CENTS = Map.of("360p", 6, "540p", 15, "720p", 30, "1080p", 120);
    private static final Map<String, Integer> EDIT_BLOCK_CENTS =
            Map.of("360p", 54, "540p", 72, "720p", 108, "1080p", 216);
    private static final Map<String, Integer> REFRAME_SECOND_CENTS =
            Map.of("360p", 3, "540p", 6, "720p", 12, "1080p", 36);

    private SandboxPrices() {}

    /** The charge for a clip, in millionths of a dollar. For edit and reframe its length is that of the source. */
    static long micros(String type, ClipSpec clip) {
        int blocks = (clip.seconds() + 4) / 5;
        int range = clip.exr() ? 3 : clip.hdr() ? 2 : 1;
        int cents =
                switch (type) {
                    case "video_edit" -> EDIT_BLOCK_CENTS.get(clip.resolution()) * blocks * range;
                    case "video_reframe" -> REFRAME_SECOND_CENTS.get(clip.resolution()) * clip.seconds();
                    default -> GENERATE_CENTS.get(clip.resolution()) * (blocks > 1 ? 3 : 1) * range;
                };
        return cents * MICROS_PER_CENT;
    }
}

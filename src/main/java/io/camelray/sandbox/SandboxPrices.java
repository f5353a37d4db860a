package io.camelray.sandbox;

import java.util.Map;

/**
 * What the simulated providers charge. Its own copy of the published grids, on purpose: a test that compares the
 * product's estimate with this must not compare one table with itself.
 */
final class SandboxPrices {

    private static final long MICROS_PER_CENT = 10_000;
    private static final Map<String, Integer> GENERATE_CENTS = Map.of("360p", 6, "540p", 15, "720p", 30, "1080p", 120);
    private static final Map<String, Integer> EDIT_BLOCK_CENTS =
            Map.of("360p", 54, "540p", 72, "720p", 108, "1080p", 216);
    private static final Map<String, Integer> REFRAME_SECOND_CENTS =
            Map.of("360p", 3, "540p", 6, "720p", 12, "1080p", 36);
    private static final Map<String, Integer> GMI_GENERATE_HDR_CENTS = Map.of("720p", 120, "1080p", 480);
    private static final Map<String, Integer> GMI_GENERATE_EXR_CENTS = Map.of("720p", 210, "1080p", 840);
    private static final Map<String, Integer> GMI_EDIT_HDR_CENTS = Map.of("720p", 216, "1080p", 432);
    private static final Map<String, Integer> GMI_EDIT_EXR_CENTS = Map.of("720p", 378, "1080p", 756);

    private SandboxPrices() {}

    /** The charge for a clip, in millionths of a dollar. For edit and reframe its length is that of the source. */
    static long micros(Provider provider, String type, ClipSpec clip) {
        return MICROS_PER_CENT
                * switch (type) {
                    case "video_edit" -> (provider == Provider.GMI ? gmiEdit(clip) : edit(clip)) * clip.blocks();
                    // What GMI asks for a reframe is not published.
                    case "video_reframe" -> REFRAME_SECOND_CENTS.get(clip.resolution()) * clip.startedSeconds();
                    default ->
                        provider == Provider.GMI
                                ? gmiGenerate(clip) * clip.blocks()
                                : GENERATE_CENTS.get(clip.resolution()) * (clip.blocks() > 1 ? 3 : 1) * range(clip);
                };
    }

    private static int edit(ClipSpec clip) {
        return EDIT_BLOCK_CENTS.get(clip.resolution()) * range(clip);
    }

    private static int range(ClipSpec clip) {
        return clip.exr() ? 3 : clip.hdr() ? 2 : 1;
    }

    private static int gmiGenerate(ClipSpec clip) {
        return pick(clip, GENERATE_CENTS, GMI_GENERATE_HDR_CENTS, GMI_GENERATE_EXR_CENTS);
    }

    private static int gmiEdit(ClipSpec clip) {
        return pick(clip, EDIT_BLOCK_CENTS, GMI_EDIT_HDR_CENTS, GMI_EDIT_EXR_CENTS);
    }

    private static int pick(
            ClipSpec clip, Map<String, Integer> sdr, Map<String, Integer> hdr, Map<String, Integer> exr) {
        return (clip.exr() ? exr : clip.hdr() ? hdr : sdr).get(clip.resolution());
    }
}

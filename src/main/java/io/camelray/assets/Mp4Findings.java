package io.camelray.assets;

/**
 * What a complete MP4 says about itself.
 *
 * @param durationMillis 0 when it does not say (fragmented files)
 * @param width of the picture as shown, in pixels
 * @param height of the picture as shown, in pixels
 * @param codec four characters, such as {@code avc1}
 * @param frames 0 when it does not say
 * @param framesPerSecond 0 when it does not say
 * @param transfer the transfer characteristics of {@code colr nclx}: 16 is PQ, 18 is HLG, 0 is not said
 */
public record Mp4Findings(
        long durationMillis,
        int width,
        int height,
        String codec,
        long frames,
        double framesPerSecond,
        int transfer,
        boolean fragmented)
        implements Mp4Result {

    private static final int PQ = 16;
    private static final int HLG = 18;

    /** Whether the file says that it is HDR. */
    public boolean saysHdr() {
        return transfer == PQ || transfer == HLG || codec.startsWith("dv");
    }

    /** Whether the file says that it is not HDR: 8-bit H.264 does not carry it, nor does another named transfer. */
    public boolean saysSdr() {
        return !saysHdr() && (codec.startsWith("avc") || transfer != 0 && transfer != 2);
    }
}

package io.camelray.assets;

/** Ends a walk; becomes a {@link Mp4Defect} at its edge. */
final class BrokenMp4Exception extends Exception {
    private static final long serialVersionUID = 1L;

    BrokenMp4Exception(String sentence) {
        super(sentence, null, false, false);
    }
}

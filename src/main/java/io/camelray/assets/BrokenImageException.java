package io.camelray.assets;

/** An image does not say what its kind always says. */
final class BrokenImageException extends Exception {
    private static final long serialVersionUID = 1L;

    BrokenImageException(String sentence) {
        super(sentence, null, false, false);
    }
}

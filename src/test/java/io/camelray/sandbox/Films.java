package io.camelray.sandbox;

/** Films that any decoder takes. */
public final class Films {

    private Films() {}

    /** An MP4 of 360p; its file has one frame more than that. @param ratio such as {@code 16:9} */
    public static byte[] of(String ratio, int seconds) {
        return new ClipEncoder()
                .encode(ClipShape.of("360p", ratio, seconds), new ClipCard("source", "source", 1), false);
    }
}

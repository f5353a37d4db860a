package io.camelray.model;

/**
 * What a look into a media reference found.
 *
 * @param mediaType by its magic number, such as {@code image/png} or {@code video/mp4}
 * @param width pixels; 0 when not found
 * @param height pixels; 0 when not found
 * @param frames pictures of an image file (1 unless animated), frames of a video; 0 when not found
 * @param seconds of a video; 0 for images
 */
public record MediaFacts(String mediaType, long bytes, int width, int height, int frames, double seconds) {

    public boolean isImage() {
        return mediaType.startsWith("image/");
    }

    public boolean isVideo() {
        return mediaType.startsWith("video/");
    }
}

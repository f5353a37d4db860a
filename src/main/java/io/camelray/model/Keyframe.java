package io.camelray.model;

/** An image at a position. @param frame counted from 0 on a grid of 24 frames a second */
public record Keyframe(int frame, MediaRef image) {

    public static final int FRAMES_PER_SECOND = 24;
}

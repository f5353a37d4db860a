package io.camelray.model;

/**
 * Where the source lies on the canvas of a reframe, in fractions of the canvas (R93 to R95).
 *
 * @param x left edge, −2 to 2
 * @param y upper edge, −2 to 2
 * @param width above 0, at most 2
 * @param height above 0, at most 2
 */
public record SourcePosition(double x, double y, double width, double height) {}

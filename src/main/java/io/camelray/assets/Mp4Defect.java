package io.camelray.assets;

/**
 * The file is not a complete MP4.
 *
 * @param sentence what is wrong and where
 */
public record Mp4Defect(String sentence) implements Mp4Result {}

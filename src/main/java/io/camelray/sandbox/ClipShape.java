package io.camelray.sandbox;

import java.util.List;
import java.util.Map;

/**
 * What a generated clip measures: even sides in exactly the asked ratio, with the pixel count of the 16:9 picture of
 * that resolution, at 24 frames per second. A clip of n seconds has 24n + 1 frames.
 */
record ClipShape(int width, int height, double seconds) {

    static final int FRAMES_PER_SECOND = 24;
    static final List<String> RATIOS = List.of("9:16", "3:4", "1:1", "4:3", "16:9", "21:9");

    private static final Map<String, Integer> LINES = Map.of("360p", 360, "540p", 540, "720p", 720, "1080p", 1080);

    static ClipShape of(String resolution, String ratio, double seconds) {
        int lines = LINES.get(resolution);
        double pixels = lines * lines * 16.0 / 9;
        String[] sides = ratio.split(":");
        int across = Integer.parseInt(sides[0]);
        int down = Integer.parseInt(sides[1]);
        int unit = Math.max(2, 2 * (int) Math.round(Math.sqrt(pixels / (across * down)) / 2));
        return new ClipShape(across * unit, down * unit, seconds);
    }

    int frames() {
        return (int) Math.round(seconds * FRAMES_PER_SECOND) + 1;
    }

    int macroblocksAcross() {
        return (width + 15) / 16;
    }

    int macroblocksDown() {
        return (height + 15) / 16;
    }
}

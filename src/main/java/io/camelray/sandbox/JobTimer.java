package io.camelray.sandbox;

import java.util.Map;
import java.util.random.RandomGenerator;

/** Draws how long a job waits and works; the speed divides both. */
final class JobTimer {

    private static final Map<String, Range> GENERATE = Map.of(
            "360p", new Range(15, 25),
            "540p", new Range(30, 50),
            "720p", new Range(60, 100),
            "1080p", new Range(120, 240));
    private static final Range QUEUE = new Range(1, 4);
    private static final Range REFRAME = new Range(300, 900);

    private final double speed;

    JobTimer(double speed) {
        this.speed = speed;
    }

    Phases draw(String type, ClipSpec clip, RandomGenerator random) {
        double queued = QUEUE.draw(random);
        double works =
                switch (type) {
                    case "video_reframe" -> REFRAME.draw(random);
                    case "video_edit" -> generate(clip, random) * 1.5 * clip.blocks();
                    default -> generate(clip, random) * (clip.seconds() > 5 ? 2.5 : 1);
                };
        return new Phases(millis(queued), millis(works));
    }

    private static double generate(ClipSpec clip, RandomGenerator random) {
        double range = clip.exr() ? 2.5 : clip.hdr() ? 2 : 1;
        return GENERATE.get(clip.resolution()).draw(random) * range;
    }

    private long millis(double seconds) {
        return Math.round(seconds * 1000 / speed);
    }

    /** Milliseconds in the queue, then at work. */
    record Phases(long queued, long works) {}

    private record Range(double least, double most) {
        double draw(RandomGenerator random) {
            return least + random.nextDouble() * (most - least);
        }
    }
}

package io.camelray.chaos;

import io.camelray.cli.Launched;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * One kill: where, or after how long.
 *
 * @param point the named moment, or none for any moment
 * @param times at which pass of the point
 * @param millis how long the program has been at work when it is killed, where no point is named
 */
record Kill(Optional<KillPoint> point, int times, int millis) {

    private static final int LONGEST_MILLIS = 1500;
    private static final Duration READY = Duration.ofSeconds(60);
    private static final Duration AT_POINT = Duration.ofSeconds(20);

    /** For a program that is to go on. */
    static final Kill NEVER = new Kill(Optional.empty(), 0, 0);

    /** Two thirds are named points, all of them in turn; the rest comes at any moment. */
    static Kill numbered(int number, Random random) {
        int pass = random.nextInt(3);
        int millis = random.nextInt(LONGEST_MILLIS);
        if (number % 3 == 2) {
            return new Kill(Optional.empty(), 0, millis);
        }
        KillPoint[] points = KillPoint.values();
        int named = number / 3 * 2 + number % 3;
        KillPoint point = points[named % points.length];
        return new Kill(Optional.of(point), 1 + pass % point.passes(), millis);
    }

    /**
     * Waits until the program is where it is to be killed.
     *
     * @return whether it is at the named point. A point that this start does not pass, such as a third failure, is killed
     *     at wherever the program is after a while
     */
    boolean reaches(Launched program, Path marker) {
        if (point.isEmpty()) {
            program.await("it watches its inbox", READY, () -> program.output().contains("Watching"));
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
            return false;
        }
        long until = System.nanoTime() + AT_POINT.toNanos();
        while (System.nanoTime() < until && program.isAlive()) {
            if (Files.exists(marker)) {
                return true;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
        return false;
    }

    @Override
    public String toString() {
        return point.map(named -> named + " (pass " + times + ")").orElse(millis + " ms after it began to work");
    }
}

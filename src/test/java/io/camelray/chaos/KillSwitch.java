package io.camelray.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** What the instrumented methods call. Static, because code woven into a foreign class has nothing else to hold on to. */
public final class KillSwitch {

    private static final AtomicInteger LEFT = new AtomicInteger(Integer.MAX_VALUE);
    private static volatile Path file;

    private KillSwitch() {}

    static void arm(int times, Path marker) {
        file = marker;
        LEFT.set(times);
    }

    /** Counts down; at zero this thread says that it is there, and goes no further unless it is released. */
    public static void reached() {
        if (LEFT.decrementAndGet() != 0) {
            return;
        }
        try {
            Files.createFile(file);
        } catch (IOException e) {
            throw new IllegalStateException("The harness cannot be told: " + e, e);
        }
        Path released = releaseOf(file);
        while (!Files.exists(released)) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
    }

    /** Lets a thread go on that said that it is there. */
    static void release(Path marker) throws IOException {
        Files.createFile(releaseOf(marker));
    }

    private static Path releaseOf(Path marker) {
        return marker.resolveSibling(marker.getFileName() + ".released");
    }
}

package io.camelray.engine;

import io.camelray.bench.Child;
import io.camelray.bench.Figures;
import io.camelray.bench.Figures.Figure;
import io.camelray.sandbox.Sandbox;
import io.camelray.sandbox.SandboxOptions;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ten thousand renders in flight at once in one small process. */
class InFlightBench {

    private static final int RENDERS = Integer.getInteger("bench.inflight", 10_000);
    private static final double SPEED = Double.parseDouble(System.getProperty("bench.inflight.speed", "0.4"));

    @TempDir
    Path folder;

    @Test
    void renders_in_flight() throws Exception {
        SandboxOptions options = SandboxOptions.builder()
                .speed(SPEED)
                .seed(7)
                .requestsPerMinute(10_000_000)
                .maxConcurrent(10_000_000)
                .build();
        try (Sandbox sandbox = Sandbox.start(options)) {
            String[] said = Child.run(
                    folder,
                    InFlightRun.class,
                    List.of("-Xmx256m"),
                    sandbox.lumaBaseUrl().toString(),
                    String.valueOf(RENDERS),
                    folder.toString());
            Figures figures = Figures.standard();
            figures.add(Figure.of("in flight", "renders in flight at once, -Xmx256m", "")
                    .ours(number(said[0]))
                    .atLeast(10_000));
            figures.add(Figure.of("in flight", "heap per further render", "KB")
                    .ours(number(said[1]))
                    .atMost(10));
            figures.add(
                    Figure.of("in flight", "accepted and on disk", "renders/s").ours(RENDERS / number(said[2])));
            figures.add(Figure.of("in flight", "threads that poll", "")
                    .ours(number(said[3]))
                    .atMost(15));
            figures.add(Figure.of("in flight", "answer recorded later than planned, median", "s")
                    .ours(number(said[4])));
            figures.add(Figure.of("in flight", "answer recorded later than planned, p99", "s")
                    .ours(number(said[5]))
                    .atMost(0.5));
            figures.add(Figure.of("in flight", "answer recorded later than planned, worst", "s")
                    .ours(number(said[6])));
            figures.add(Figure.of("in flight", "polls per render", "")
                    .ours(number(said[7]) / RENDERS)
                    .atMost(12));
            figures.add(Figure.of("in flight", "CPU per render, all of its life but the sandbox's", "ms")
                    .ours(1000 * number(said[8]) / RENDERS));
        }
    }

    private static double number(String text) {
        return Double.parseDouble(text);
    }
}

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

/** Ten thousand renders in flight at once in one small process, and the same jobs in a plain Camel route. */
class InFlightBench {

    private static final int RENDERS = Integer.getInteger("bench.inflight", 10_000);
    private static final double SPEED = Double.parseDouble(System.getProperty("bench.inflight.speed", "0.4"));

    private static final String PEER = "Camel route with loop and delay, nothing durable";

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
            String[] peer = Child.run(
                    folder,
                    PlainRouteRun.class,
                    List.of("-Xmx256m"),
                    sandbox.lumaBaseUrl().toString(),
                    String.valueOf(RENDERS));
            tell(said, peer);
        }
    }

    private static void tell(String[] said, String[] peer) {
        Figures figures = Figures.standard();
        figures.add(
                figure("renders in flight at once, -Xmx256m", "", said, peer, 0).atLeast(10_000));
        figures.add(figure("heap per further render", "KB", said, peer, 1).atMost(10));
        figures.add(Figure.of("in flight", "accepted and on disk (the peer's: in memory)", "renders/s")
                .ours(RENDERS / number(said[2]))
                .peer(PEER, RENDERS / number(peer[2])));
        figures.add(figure("threads that poll", "", said, peer, 3).atMost(15));
        figures.add(figure("answer recorded later than planned, median", "s", said, peer, 4));
        figures.add(figure("answer recorded later than planned, p99", "s", said, peer, 5)
                .atMost(0.5));
        figures.add(figure("answer recorded later than planned, worst", "s", said, peer, 6));
        figures.add(Figure.of("in flight", "polls per render", "")
                .ours(number(said[7]) / RENDERS)
                .peer(PEER, number(peer[7]) / RENDERS)
                .atMost(12));
        figures.add(Figure.of("in flight", "CPU per render, all of its life but the sandbox's", "ms")
                .ours(1000 * number(said[8]) / RENDERS)
                .peer(PEER, 1000 * number(peer[8]) / RENDERS));
    }

    private static Figure figure(String what, String unit, String[] said, String[] peer, int place) {
        return Figure.of("in flight", what, unit).ours(number(said[place])).peer(PEER, number(peer[place]));
    }

    private static double number(String text) {
        return Double.parseDouble(text);
    }
}

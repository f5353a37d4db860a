package io.camelray.engine;

import io.camelray.bench.Child;
import io.camelray.bench.Figures;
import io.camelray.bench.Figures.Figure;
import io.camelray.sandbox.Sandbox;
import io.camelray.sandbox.SandboxOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Ten thousand renders in flight at once in one small process, and the same jobs in a plain Camel route; as workflows of
 * Temporal a tenth of them, and a fifth as long, so that all benchmarks fit into half an hour.
 */
class InFlightBench {

    private static final int RENDERS = Integer.getInteger("bench.inflight", 10_000);
    private static final double SPEED = Double.parseDouble(System.getProperty("bench.inflight.speed", "0.4"));
    private static final int WORKFLOWS = Integer.getInteger("bench.temporal", 1000);
    private static final double TEMPORAL_SPEED = Double.parseDouble(System.getProperty("bench.temporal.speed", "2"));

    private static final List<String> SMALL = List.of("-Xmx256m");
    private static final String PEER = "Camel route with loop and delay, nothing durable";
    private static final String TEMPORAL =
            String.format("Temporal's test server and worker, an activity that polls, %,d renders", WORKFLOWS);
    /** In src/bench/java. */
    private static final String TEMPORAL_RUN = "io.camelray.engine.TemporalRun";

    @TempDir
    Path folder;

    /** What a process said, and of how many renders. */
    private record Said(String name, int renders, String[] words) {

        double word(int place) {
            return Double.parseDouble(words[place]);
        }
    }

    @Test
    void renders_in_flight() throws Exception {
        Said ours;
        Said plain;
        try (Sandbox sandbox = sandbox(SPEED)) {
            String url = sandbox.lumaBaseUrl().toString();
            String renders = String.valueOf(RENDERS);
            ours = new Said("", RENDERS, Child.run(folder, InFlightRun.class, SMALL, url, renders, folder.toString()));
            plain = new Said(PEER, RENDERS, Child.run(folder, PlainRouteRun.class, SMALL, url, renders));
        }
        tell(ours, plain);
        try (Sandbox sandbox = sandbox(TEMPORAL_SPEED)) {
            String url = sandbox.lumaBaseUrl().toString();
            String[] said = Child.run(folder, TEMPORAL_RUN, SMALL, url, String.valueOf(WORKFLOWS));
            tell(ours, new Said(TEMPORAL, WORKFLOWS, said));
        }
    }

    private static Sandbox sandbox(double speed) {
        return Sandbox.start(SandboxOptions.builder()
                .speed(speed)
                .seed(7)
                .requestsPerMinute(10_000_000)
                .maxConcurrent(10_000_000)
                .build());
    }

    private static void tell(Said ours, Said peer) {
        tell(
                "renders in flight at once, -Xmx256m",
                "",
                ours,
                peer,
                said -> said.word(0),
                figure -> figure.atLeast(10_000));
        tell("heap per further render", "KB", ours, peer, said -> said.word(1), figure -> figure.atMost(10));
        tell(
                "accepted and on disk (the peer's: in memory)",
                "renders/s",
                ours,
                peer,
                said -> said.renders() / said.word(2),
                figure -> figure);
        tell("threads that poll", "", ours, peer, said -> said.word(3), figure -> figure.atMost(15));
        tell("answer recorded later than planned, median", "s", ours, peer, said -> said.word(4), figure -> figure);
        tell(
                "answer recorded later than planned, p99",
                "s",
                ours,
                peer,
                said -> said.word(5),
                figure -> figure.atMost(0.5));
        tell("answer recorded later than planned, worst", "s", ours, peer, said -> said.word(6), figure -> figure);
        tell("polls per render", "", ours, peer, said -> said.word(7) / said.renders(), figure -> figure.atMost(12));
        tell(
                "CPU per render, all of its life but the sandbox's",
                "ms",
                ours,
                peer,
                said -> 1000 * said.word(8) / said.renders(),
                figure -> figure);
        tell(
                "the same CPU by polls, whose number depends on the jobs",
                "ms",
                ours,
                peer,
                said -> 1000 * said.word(8) / said.word(7),
                figure -> figure);
    }

    private static void tell(
            String what,
            String unit,
            Said ours,
            Said peer,
            ToDoubleFunction<Said> value,
            UnaryOperator<Figure> target) {
        Figure figure = Figure.of("in flight", what, unit)
                .ours(value.applyAsDouble(ours))
                .peer(peer.name(), value.applyAsDouble(peer));
        Figures.standard().add(target.apply(figure));
    }
}

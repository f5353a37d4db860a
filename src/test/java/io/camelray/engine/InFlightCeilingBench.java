package io.camelray.engine;

import io.camelray.bench.Child;
import io.camelray.bench.Figures;
import io.camelray.bench.Figures.Figure;
import io.camelray.sandbox.Sandbox;
import io.camelray.sandbox.SandboxOptions;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * How many renders one small process can have in flight, and what gives first. Only when it is asked for
 * ({@code -Dbench.ceiling=40000}), because accepting them takes longer than all other benchmarks: they are of the longest
 * kind, 1080p and ten seconds, so that none is over before all are in flight.
 */
@EnabledIfSystemProperty(named = "bench.ceiling", matches = "[1-9].*")
class InFlightCeilingBench {

    private static final int RENDERS = Integer.getInteger("bench.ceiling", 0);
    private static final int WATCHED = Integer.getInteger("bench.ceiling.seconds", 180);
    private static final double SPEED = Double.parseDouble(System.getProperty("bench.ceiling.speed", "0.5"));

    @TempDir
    Path folder;

    @Test
    void renders_in_flight_beyond_ten_thousand() throws Exception {
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
                    folder.toString(),
                    String.valueOf(WATCHED));
            tell("renders in flight at once, -Xmx256m", "", said, 0);
            tell("heap per further render", "KB", said, 1);
            tell("heap in use at the end", "MB", said, 10);
            tell("threads that poll", "", said, 3);
            tell("answer recorded later than planned, median", "s", said, 4);
            tell("answer recorded later than planned, p99", "s", said, 5);
            add("accepted and on disk", "renders/s", RENDERS / Double.parseDouble(said[2]));
            add("questions answered", "polls/s", Double.parseDouble(said[7]) / WATCHED);
            add("cores in use while they were watched", "", Double.parseDouble(said[9]) / WATCHED);
        }
    }

    private static void tell(String what, String unit, String[] said, int place) {
        add(what, unit, Double.parseDouble(said[place]));
    }

    private static void add(String what, String unit, double value) {
        Figures.standard()
                .add(Figure.of("in flight", what, unit)
                        .ours(value)
                        .note(String.format("%,d renders of 1080p and 10 s", RENDERS)));
    }
}

package io.camelray.bench;

import io.camelray.bench.Figures.Figure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the command to a service that watches its inbox, and to a demo that submits. */
class StartBench {

    private static final int RUNS = Integer.getInteger("bench.starts", 5);
    private static final List<String> QUICK = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    @TempDir
    Path folder;

    private final Figures figures = Figures.standard();

    @Test
    void ready() throws Exception {
        Path archive = folder.resolve("camel-ray.jsa");
        try (Packaged once = new Packaged(
                folder,
                with(QUICK, "-XX:ArchiveClassesAtExit=" + archive, "-Xlog:cds=off", "-Xlog:cds+dynamic=off"),
                service(folder.resolve("archived"), "--once"))) {
            once.end();
        }
        double[] plain = ready(List.of());
        double[] quick = ready(QUICK);
        double[] shared = ready(with(QUICK, "-XX:SharedArchiveFile=" + archive));
        figures.add(Figure.of("start", "run ready, " + String.join(" ", QUICK), "s")
                .ours(quick[0])
                .peer("no flags", plain[0])
                .atMost(2));
        figures.add(Figure.of("start", "run ready, the same with a class archive", "s")
                .ours(shared[0])
                .peer("no flags", plain[0])
                .atMost(2));
        figures.add(Figure.of("start", "CPU until ready and stopped, with a class archive", "s")
                .ours(shared[1])
                .peer("no flags", plain[1]));
    }

    private static List<String> with(List<String> flags, String... more) {
        List<String> all = new ArrayList<>(flags);
        all.addAll(List.of(more));
        return all;
    }

    private static List<String> service(Path home, String... more) {
        List<String> arguments = new ArrayList<>(List.of("run", "--home", home.toString()));
        arguments.addAll(List.of(more));
        arguments.addAll(List.of("--set", "camel.component.ray.luma-api-key=luma-api-bench"));
        arguments.addAll(List.of("--set", "camel.component.ray.luma-base-url=http://127.0.0.1:9/v1"));
        return arguments;
    }

    /** @return medians of the seconds until it is ready, and of its CPU seconds until it has ended */
    private double[] ready(List<String> jvm) throws IOException, InterruptedException {
        double[] ready = new double[RUNS];
        double[] cpu = new double[RUNS];
        for (int i = 0; i < RUNS; i++) {
            Path home = Files.createTempDirectory(folder, "home");
            try (Packaged service = new Packaged(folder, jvm, service(home))) {
                ready[i] = service.await(() -> service.hasSaid("Watching "));
            }
            try (Packaged once = new Packaged(folder, jvm, service(home, "--once"))) {
                once.end();
                cpu[i] = once.cpu();
            }
        }
        Arrays.sort(ready);
        Arrays.sort(cpu);
        return new double[] {ready[RUNS / 2], cpu[RUNS / 2]};
    }

    @Test
    void first_submission_of_the_demo() throws Exception {
        double[] seconds = new double[RUNS];
        for (int i = 0; i < RUNS; i++) {
            Path home = Files.createTempDirectory(folder, "demo");
            Path receipts = home.resolve("ledger").resolve("receipts.log");
            try (Packaged demo =
                    new Packaged(folder, QUICK, List.of("demo", "--speed", "60", "--home", home.toString()))) {
                seconds[i] = demo.await(() -> receipts.toFile().length() > 0);
            }
        }
        Arrays.sort(seconds);
        figures.add(Figure.of("start", "demo: first submission answered, " + String.join(" ", QUICK), "s")
                .ours(seconds[RUNS / 2])
                .atMost(4));
    }
}

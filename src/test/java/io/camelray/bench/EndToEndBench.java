package io.camelray.bench;

import com.sun.management.OperatingSystemMXBean;
import io.camelray.bench.Figures.Figure;
import io.camelray.sandbox.Sandbox;
import io.camelray.sandbox.SandboxOptions;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A thousand short renders of two megabytes through the packaged program, beside a bare client. */
class EndToEndBench {

    private static final int RENDERS = Integer.getInteger("bench.renders", 1000);
    private static final int AT_ONCE = 32;
    private static final String NAMES = RENDERS + " renders of 3 s and 2 MB";

    @TempDir
    Path folder;

    private final Figures figures = Figures.standard();

    @Test
    void the_whole_way() throws Exception {
        SandboxOptions options = SandboxOptions.builder()
                .speed(7)
                .seed(11)
                .requestsPerMinute(10_000_000)
                .maxConcurrent(10_000_000)
                .outputBytes(2_000_000)
                .build();
        try (Sandbox sandbox = Sandbox.start(options)) {
            Path bare = Files.createDirectory(folder.resolve("bare"));
            String[] peer = Child.run(
                    folder,
                    BareClient.class,
                    List.of("-Xmx256m"),
                    sandbox.lumaBaseUrl().toString(),
                    String.valueOf(RENDERS),
                    String.valueOf(AT_ONCE),
                    bare.toString());
            double sandboxBefore = cpu();
            Path home = Files.createDirectories(folder.resolve("home"));
            drop(home.resolve("inbox"));
            Path profile = Files.createDirectories(Path.of("target", "bench")).resolve("end-to-end.jfr");
            List<String> jvm = List.of(
                    "-Xmx256m", "-XX:StartFlightRecording=filename=" + profile + ",settings=profile,dumponexit=true");
            try (Packaged program = new Packaged(folder, jvm, arguments(sandbox, home))) {
                double seconds = program.end();
                double ours = 1000 * program.cpu() / RENDERS;
                long delivered = delivered(home.resolve("outputs"));
                if (delivered != RENDERS) {
                    throw new IllegalStateException(delivered + " of " + RENDERS + " were delivered");
                }
                figures.add(Figure.of("end to end", NAMES + ": CPU of the program per render", "ms")
                        .ours(ours)
                        .peer("bare client, no ledger, no checks", 1000 * Double.parseDouble(peer[1]) / RENDERS));
                figures.add(Figure.of("end to end", NAMES + ": CPU of the sandbox per render", "ms")
                        .ours(1000 * (cpu() - sandboxBefore) / RENDERS));
                figures.add(Figure.of("end to end", NAMES + ": wall clock per render", "ms")
                        .ours(1000 * seconds / RENDERS)
                        .peer("bare client, " + AT_ONCE + " at once", 1000 * Double.parseDouble(peer[0]) / RENDERS));
            }
        }
    }

    private static double cpu() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime() / 1e9;
    }

    private static void drop(Path inbox) throws Exception {
        Files.createDirectories(inbox);
        StringBuilder takes = new StringBuilder();
        for (int i = 0; i < RENDERS; i++) {
            takes.append(i == 0 ? "" : ", ").append(i);
        }
        Path part = Files.writeString(
                inbox.resolve("bench.part"),
                """
                campaign: bench
                budget: 100000
                defaults: { resolution: 360p }
                matrix: { take: [%s] }
                prompt: "A mug, number {{take}}"
                aspectRatio: "16:9"
                """
                        .formatted(takes));
        Files.move(part, inbox.resolve("bench.yaml"));
    }

    private static List<String> arguments(Sandbox sandbox, Path home) {
        List<String> arguments = new ArrayList<>(List.of("run", "--once", "--home", home.toString()));
        Stream.of(
                        "camel.component.ray.luma-api-key=luma-api-bench",
                        "camel.component.ray.luma-base-url=" + sandbox.lumaBaseUrl(),
                        "camel.component.ray.requests-per-minute=1000000",
                        "camel.component.ray.max-concurrent=" + AT_ONCE,
                        "camel.component.ray.initial-poll-delay=500",
                        "camel.component.ray.poll-interval=500",
                        "camel.component.ray.read-accounts=false",
                        "ray.download.allow-private=true",
                        "ray.budget.daily=1000000",
                        "ray.deliver.parallel=4")
                .forEach(setting -> arguments.addAll(List.of("--set", setting)));
        return arguments;
    }

    private static long delivered(Path outputs) throws Exception {
        try (Stream<Path> files = Files.walk(outputs)) {
            return files.filter(file -> file.toString().endsWith(".mp4")).count();
        }
    }
}

package io.camelray.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.camelray.bench.Figures;
import io.camelray.bench.Figures.Figure;
import io.camelray.bench.Packaged;
import io.camelray.engine.AccountSimulation.Outcome;
import io.camelray.ledger.AccountLimits;
import io.camelray.model.RenderRequest;
import io.camelray.model.Resolution;
import io.camelray.sandbox.Sandbox;
import io.camelray.sandbox.SandboxLedger;
import io.camelray.sandbox.SandboxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whether the simulation tells the truth: a hundred short jobs through the packaged program in real time, and the very
 * same jobs, whose submissions are answered as late, in the simulation.
 */
class RealTimeBench {

    private static final int JOBS = 100;
    private static final AccountLimits LIMITS = new AccountLimits(600, 20, 4);
    /** Jobs of 360p take 8 to 14 seconds then, about half of what the plan begins with. */
    private static final double SPEED = 2;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String NAME = "600 rpm, 20 slots, 100 jobs of 8 to 14 s: ";

    @TempDir
    Path folder;

    private final Figures figures = Figures.standard();

    /** One job as the sandbox had it, in milliseconds since the epoch, and how long its submission took as we saw it. */
    private record Ran(Duration reply, long accepted, long ended) {

        AccountSimulation.Job again() {
            return new AccountSimulation.Job(reply, Duration.ofMillis(ended - accepted));
        }
    }

    @Test
    void a_run_in_real_time_beside_its_simulation() throws Exception {
        Path state = folder.resolve("jobs.jsonl");
        SandboxOptions options = SandboxOptions.builder()
                .speed(SPEED)
                .seed(5)
                .requestsPerMinute(LIMITS.requestsPerMinute())
                .maxConcurrent(LIMITS.maxConcurrent())
                .stateFile(state)
                .build();
        try (Sandbox sandbox = Sandbox.start(options)) {
            Path home = Files.createDirectories(folder.resolve("home"));
            drop(home.resolve("inbox"));
            try (Packaged program = new Packaged(folder, List.of("-Xmx256m"), arguments(sandbox, home))) {
                program.end();
            }
            compare(ran(state, replies(home)), sandbox.ledger());
        }
    }

    private void compare(List<Ran> ran, SandboxLedger truth) {
        if (ran.size() != JOBS) {
            throw new IllegalStateException(ran.size() + " jobs were accepted");
        }
        RenderTime prior = RenderTime.prior(RenderRequest.textToVideo("a mug").toBuilder()
                .resolution(Resolution.P360)
                .build());
        Outcome simulated = new AccountSimulation(
                        LIMITS, ran.stream().map(Ran::again).toList(), 1, () -> PollHabit.ours(prior))
                .run();
        String peer = "the simulation of the same jobs";
        figures.add(Figure.of("submit", NAME + "share of what the account allows, in real time", "")
                .ours(utilisation(ran))
                .peer(peer, simulated.utilisation()));
        figures.add(Figure.of("submit", NAME + "how far apart the two are", "%")
                .ours(100 * Math.abs(utilisation(ran) / simulated.utilisation() - 1))
                .atMost(5));
        figures.add(Figure.of("submit", NAME + "refusals per job, in real time", "")
                .ours((truth.posts() - JOBS) / (double) JOBS)
                .peer(peer, simulated.refusalsPerJob())
                .atMost(0.01));
        figures.add(Figure.of("poll", NAME + "polls per render, in real time", "")
                .ours(truth.polls() / (double) JOBS)
                .peer(peer, simulated.pollsPerJob()));
    }

    /** As the simulation counts it: slots that are in use, from the first submission to the last. */
    private static double utilisation(List<Ran> ran) {
        long first = ran.get(0).accepted();
        long last = ran.get(JOBS - 1).accepted();
        long busy = ran.stream()
                .mapToLong(job -> Math.min(job.ended(), last) - job.accepted())
                .sum();
        return busy / (double) (LIMITS.maxConcurrent() * (last - first));
    }

    /** How long each submission took, from being bound until its reply was there, as the program's ledger has it. */
    private static Map<String, Duration> replies(Path home) throws SQLException {
        Map<String, Duration> replies = new HashMap<>();
        try (Connection ledger =
                        DriverManager.getConnection("jdbc:h2:file:" + home.resolve("ledger/ledger"), "sa", "");
                Statement statement = ledger.createStatement();
                ResultSet attempts = statement.executeQuery("SELECT job, replied_at - bound_at FROM ray_attempt")) {
            while (attempts.next()) {
                replies.put(attempts.getString(1), Duration.of(attempts.getLong(2), ChronoUnit.MICROS));
            }
        }
        return replies;
    }

    private static List<Ran> ran(Path state, Map<String, Duration> replies) throws IOException {
        List<Ran> ran = new ArrayList<>();
        for (String line : Files.readAllLines(state)) {
            JsonNode job = JSON.readTree(line);
            ran.add(new Ran(
                    replies.get(job.required("id").asText()),
                    job.required("acceptedAt").asLong(),
                    job.required("endsAt").asLong()));
        }
        ran.sort(Comparator.comparingLong(Ran::accepted));
        return ran;
    }

    private static void drop(Path inbox) throws Exception {
        Files.createDirectories(inbox);
        String takes = IntStream.range(0, JOBS).mapToObj(String::valueOf).collect(Collectors.joining(", "));
        Path part = Files.writeString(
                inbox.resolve("bench.part"),
                """
                campaign: bench
                budget: 10000
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
                        "camel.component.ray.requests-per-minute=" + LIMITS.requestsPerMinute(),
                        "camel.component.ray.max-concurrent=" + LIMITS.maxConcurrent(),
                        "camel.component.ray.max-posting=" + LIMITS.maxPosting(),
                        "ray.download.allow-private=true",
                        "ray.budget.daily=10000")
                .forEach(setting -> arguments.addAll(List.of("--set", setting)));
        return arguments;
    }
}
